import { describe, expect, it } from 'vitest';
import type { KernelName } from './index.ts';
import { createReference } from './index.ts';
import { startScenario } from './scenario.test-data.ts';
import type { Caller } from './scenario.test-data.ts';

const processes = 32;
const each = 1024;
const setup = { host: ['/a/'], watch: [], descriptors: each + 8 };

/** Processes that have opened a map 32767 times together, besides its pin; the first created it. */
function opened(kernel: KernelName): Caller {
  const scenario = startScenario(createReference(kernel), setup);
  const first = scenario.by(1);
  first.mount('/a');
  for (let pid = 2; pid <= processes; pid++) first.fork();
  first.create();
  first.pin('/a/m', 3);
  for (let pid = 1; pid <= processes; pid++) {
    const caller = scenario.by(pid);
    for (let got = pid === 1 ? 2 : 0; got < each; got++) caller.get('/a/m');
  }
  return first;
}

describe('the references to a map', () => {
  it.each(['linux-4.6', 'linux-4.7'] as const)('end at 32768 in %s', (kernel) => {
    const caller = opened(kernel);
    expect([caller.get('/a/m'), caller.pin('/a/n', 3), caller.load(3)]).toEqual([
      'EBUSY',
      'EINVAL',
      'EBUSY',
    ]);
    caller.close(3);
    expect([caller.get('/a/m'), caller.get('/a/m')]).toEqual([3, 'EBUSY']);
  });

  it.each(['linux-4.4', 'linux-6.18'] as const)('have no end in %s', (kernel) => {
    const caller = opened(kernel);
    expect([caller.get('/a/m'), caller.pin('/a/n', 3)]).toEqual([each + 2, 0]);
  });
});
