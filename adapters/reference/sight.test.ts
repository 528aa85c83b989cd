import { expect, it } from 'vitest';
import type { Call, Step } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';

const givenUp: readonly Call[] = [{ call: 'setresuid', uid: 65534 }, { call: 'unshare-user' }];

it.each(givenUp)('shows paths as root sees them, whatever the process may after $call', (call) => {
  const adapter = createReference('linux-6.18');
  adapter.reset({
    host: ['/a/'],
    descriptors: 13,
    watch: ['/a', '/a/d'],
    unprivilegedBpf: 'allowed',
  });
  const steps: readonly Step[] = [
    { pid: 1, call: { call: 'mount', target: '/a' } },
    { pid: 1, call: { call: 'mkdir', path: '/a/d' } },
    { pid: 1, call: { call: 'chmod', path: '/a', mode: 0 } },
    { pid: 1, call },
    { pid: 1, call: { call: 'mkdir', path: '/a/e' } },
  ];
  const answers = adapter.play(steps, 'last');
  expect(answers.at(-1)?.outcome).toEqual({ ok: false, errno: 'EACCES' });
  const paths = answers.at(-1)?.sight?.processes[0]?.paths.map(({ path }) => path);
  expect(paths).toEqual(['/a', '/a/d']);
});
