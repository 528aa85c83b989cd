/** Program arrays that only programs hold, by id: Linux 6.18 leaks one that is opened too early. */
import { describe, expect, it, type TestContext } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import { filter, loadProgram, none } from './raw-fields.test-data.ts';
import { by, outcomes, withLinux, leftOver } from './session.test-data.ts';
import { bpf, close, create, freeze, load, mapById, update } from './short-calls.test-data.ts';
import { withWrapped } from './wrapped-agent.test-data.ts';

const times = (count: number, calls: readonly Call[]): readonly Call[] =>
  Array.from({ length: count }, () => calls).flat();

/** An array 3 as a raw call, of two programs. */
const createRaw = bpf(
  0,
  [
    [0, 4, 3],
    [4, 4, 4],
    [8, 4, 4],
    [12, 4, 2],
  ],
  16,
);

/** To empty the array takes long when programs that call what is in it have to be changed. */
const filled = (programs: number): readonly Call[] => [
  create('PROG_ARRAY'),
  load(),
  ...times(programs, [load(3)]),
  ...times(12, [update(3, 0, 4), close(3), mapById(1), close(3), mapById(1)]),
  close(3),
  ...Array.from({ length: programs + 1 }, (_, index) => close(4 + index)),
];

/** What is opened and closed, and in the end nothing is held. */
const histories: readonly (readonly [what: string, calls: readonly Call[]])[] = [
  [
    'opened and closed 200 times',
    [create('PROG_ARRAY'), load(3), close(3), ...times(200, [mapById(1), close(3)]), close(4)],
  ],
  [
    'of a raw call, opened and closed 200 times',
    [createRaw, load(3), close(3), ...times(200, [mapById(1), close(3)]), close(4)],
  ],
  ['filled each time, with a program that calls into it', filled(1)],
  ['filled each time, with four programs that call into it', filled(4)],
  [
    'filled and frozen',
    [
      ...[create('PROG_ARRAY'), load(), ...times(4, [load(3)]), update(3, 0, 4), freeze(3)],
      ...[close(3), ...times(20, [mapById(1), close(3)])],
      ...[4, 5, 6, 7, 8].map(close),
    ],
  ],
];

describe('a program array that a program holds leaves nothing on the machine', () => {
  for (const [what, calls] of histories) {
    it(what, (context: TestContext) =>
      withLinux(context, async (adapter) => {
        const answers = await adapter.play(by(1, ...calls), 'none');
        expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
        expect(await leftOver(adapter)).toEqual([]);
      }),
    );
  }
});

/**
 * A raw call cannot spell a program, whose bytes are zero in part: where it has none, this gives it
 * one. Whoever opens a map of the machine by id is killed.
 */
const spelledPrograms = `
  #include <linux/bpf.h>
  #include <sys/syscall.h>
  #include <unistd.h>
  static const struct bpf_insn instructions[] = {{.code = 0xb7}, {.code = 0x95}};
  long __real_syscall(long number, ...);
  long __wrap_syscall(long number, ...) {
    long a[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
    va_end(arguments);
    union bpf_attr *attr = (union bpf_attr *)a[1];
    if (number == SYS_bpf && a[0] == BPF_PROG_LOAD && attr->insns == 0) {
      attr->insns = (unsigned long)instructions;
    }
    if (number == SYS_bpf && a[0] == BPF_MAP_GET_FD_BY_ID && attr->map_id != 0) _exit(9);
    return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  }`;

describe('a program of a raw call', () => {
  it('is no array: by its number no map that others have is opened', (context: TestContext) =>
    withWrapped(context, 'syscall', spelledPrograms, async (adapter) => {
      const raw = bpf(loadProgram, filter(2, none, 'GPL'), 48);
      expect(outcomes(await adapter.play(by(1, raw, mapById(1)), 'none'))).toEqual([3, 'ENOENT']);
    }));
});
