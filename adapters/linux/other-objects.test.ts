/** Objects behind descriptors that the specification has no name for, on Linux 6.18. */
import { describe, expect, it, type TestContext } from 'vitest';
import { create as createMap } from './raw-fields.test-data.ts';
import { by, last, withLinux } from './session.test-data.ts';
import { bpf, info, load } from './short-calls.test-data.ts';
import { withWrapped } from './wrapped-agent.test-data.ts';

/**
 * BPF_BTF_GET_FD_BY_ID, which opens types. No raw call may have its number (raw-refusals.ts), so that
 * the agent has to make it of another one.
 */
const openTypes = `
  #include <sys/syscall.h>
  long __real_syscall(long number, ...);
  long __wrap_syscall(long number, ...) {
    long a[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_bpf && (int)a[0] == 9999) a[0] = 19;
    return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  }`;
const types = bpf(9999, [[0, 4, 1]], 4);

/** A queue, of which there is nothing in this specification. */
const queue = bpf(
  createMap,
  [
    [0, 4, 22],
    [8, 4, 4],
    [12, 4, 2],
  ],
  16,
);

describe('what the specification has no name for', () => {
  it('is a failure of the harness when it is asked for: a map of another type', (context) =>
    withLinux(context, async (adapter) => {
      await expect(adapter.play(by(1, queue, info(3)), 'none')).rejects.toMatchObject({
        name: 'AdapterFailure',
        blame: 'harness',
        message:
          'BPF_OBJ_GET_INFO_BY_FD told of a map of type 22, which this specification has no value for.',
      });
    }));

  it('is a failure of the harness when it is asked for: neither a map nor a program nor a link', (context: TestContext) =>
    withWrapped(context, 'syscall', openTypes, async (adapter) => {
      const [opened] = await adapter.play(by(1, types), 'none');
      if (opened?.outcome.ok !== true) {
        context.skip('this kernel has no types of its own (CONFIG_DEBUG_INFO_BTF)');
      }
      await expect(adapter.play(by(1, info(3)), 'none')).rejects.toMatchObject({
        name: 'AdapterFailure',
        blame: 'harness',
        message:
          'BPF_OBJ_GET_INFO_BY_FD told of neither a map nor a program nor a link, which this specification has no value for.',
      });
    }));

  it('is told from maps and programs all the same: a queue, a map that may not be read, types', (context: TestContext) =>
    withWrapped(context, 'syscall', openTypes, async (adapter) => {
      const writeOnly = bpf(
        createMap,
        [
          [0, 4, 1],
          [4, 4, 4],
          [8, 4, 4],
          [12, 4, 2],
          [16, 4, 1 << 4],
        ],
        20,
      );
      const answers = await adapter.play(by(1, queue, writeOnly, load(), types), 'last');
      const { sight } = last(answers);
      expect(sight?.processes[0]?.descriptors.map(({ fd }) => fd)).toEqual([3, 4, 5]);
      expect(new Map(sight?.objects.map(({ id, kind }) => [id, kind]))).toEqual(
        new Map([
          [answers[0]?.object, 'map'],
          [answers[1]?.object, 'map'],
          [answers[2]?.object, 'program'],
        ]),
      );
    }));
});
