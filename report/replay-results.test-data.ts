/** For tests: what replaying found. */
import type { ReplayReport } from './replay.types.ts';

const plainVerdict = { property: null, skippedFrom: null };

export const replayed: ReplayReport = {
  file: 'corpus/pin.trace',
  title: 'what a pin answers',
  profile: 'linux-4.4',
  targets: ['linux', 'exec:./mine'],
  rows: [
    {
      line: 5,
      call: '1 fork()',
      recorded: '2',
      allowed: [{ answer: '2', clause: 'fork.ok', source: null }],
      answers: ['2', '2'],
    },
    {
      line: 7,
      call: '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/n", bpf_fd=4}, 16)',
      recorded: null,
      allowed: [
        { answer: 'EBADF', clause: 'pin.fd-closed', source: 'kernel/bpf/syscall.c' },
        { answer: '0', clause: 'pin.ok', source: null },
      ],
      answers: ['EINVAL', null],
    },
  ],
  verdicts: [
    { of: 'trace', verdict: 'conforms', row: null, reason: '', ...plainVerdict },
    { of: 'linux', verdict: 'deviates', row: 1, reason: '', ...plainVerdict },
    {
      of: 'exec:./mine',
      verdict: 'deviates',
      row: 1,
      reason: 'the program ended',
      ...plainVerdict,
    },
  ],
};

export const beyondBounds: ReplayReport = {
  ...replayed,
  file: 'big.trace',
  title: null,
  targets: [],
  rows: [
    { line: 1, call: '1 fork()', recorded: '3', allowed: [], answers: [] },
    { line: 2, call: '3 dup(3)', recorded: '4', allowed: [], answers: [] },
  ],
  verdicts: [
    { of: 'trace', verdict: 'inconclusive', row: 0, reason: 'bound.processes', ...plainVerdict },
  ],
};
