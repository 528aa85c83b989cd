import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { rawCreate, u32 } from './raw.test-data.ts';
import type { KernelName } from './releases.ts';
import { recent, startScenario } from './scenario.test-data.ts';

function start(kernel: KernelName) {
  return startScenario(createReference(kernel)).by(1);
}

describe.each(recent)('the next id under %s', (kernel) => {
  it('skips the other kind and the dead', () => {
    const caller = start(kernel);
    caller.create();
    caller.load();
    caller.create();
    caller.load();
    caller.create();
    expect([0, 1, 2, 3, 4, 5].map((id) => caller.nextMap(id))).toEqual([1, 3, 3, 5, 5, 'ENOENT']);
    expect([0, 2, 4].map((id) => caller.nextProg(id))).toEqual([2, 4, 'ENOENT']);
    caller.close(5);
    caller.close(4);
    expect([0, 1, 3, 5, 9].map((id) => caller.nextMap(id))).toEqual([1, 5, 5, 'ENOENT', 'ENOENT']);
    expect([0, 1, 2, 4].map((id) => caller.nextProg(id))).toEqual([4, 4, 4, 'ENOENT']);
  });

  it('is none where nothing is', () => {
    const caller = start(kernel);
    expect([caller.nextMap(0), caller.nextProg(0)]).toEqual(['ENOENT', 'ENOENT']);
  });

  it('counts what was created, in whatever form, and nothing that failed', () => {
    const caller = start(kernel);
    caller.create('BPF_MAP_TYPE_HASH', 0);
    caller.load(9);
    while (typeof caller.dup(0) === 'number');
    expect([caller.create(), caller.load()]).toEqual(['EMFILE', 'EMFILE']);
    expect([caller.nextMap(0), caller.nextProg(0)]).toEqual(['ENOENT', 'ENOENT']);
    for (const fd of [3, 4, 5]) caller.close(fd);
    expect(caller.bpf(...rawCreate(1))).toBe(3);
    expect(caller.load()).toBe(4);
    expect([caller.nextMap(0), caller.nextProg(0)]).toEqual([1, 2]);
    expect(caller.mapById(1)).toBe(5);
  });

  it('is 1 again in the next run', () => {
    const adapter = createReference(kernel);
    startScenario(adapter).by(1).create();
    const caller = startScenario(adapter).by(1);
    expect(caller.nextMap(0)).toBe('ENOENT');
    caller.create();
    expect(caller.nextMap(0)).toBe(1);
  });
});

describe('raw commands on ids', () => {
  it.each([11, 12, 13, 14])('are unknown at first, and later beyond this one: %d', (command) => {
    const answers = (['linux-4.7', ...recent] as const).map((kernel) => {
      const caller = start(kernel);
      caller.create();
      return caller.bpf(command, [u32(0, 1)], 16);
    });
    expect(answers).toEqual(['EINVAL', ...Array<string>(3).fill('EOPNOTSUPP')]);
  });
});
