/** Where the kernel gives no ids, maps are known by cookies; here, where the agent is told that it gives none. */
import { describe, expect, it } from 'vitest';
import { check, specify } from '../../conformance/index.ts';
import type { Call } from '../../model/vocabulary/index.ts';
import { by, hashMap, last, outcomes, setup, withLinux, leftOver } from './session.test-data.ts';
import { withWrapped } from './wrapped-agent.test-data.ts';

const withoutIds = `
#include <sys/syscall.h>
long __real_syscall(long, ...);
long __wrap_syscall(long number, ...) {
  long given[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) given[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_bpf && ((given[0] >= 11 && given[0] <= 16) || given[0] == 30 || given[0] == 31)) {
    errno = EINVAL;
    return -1;
  }
  return __real_syscall(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}`;

const array = { ...hashMap, type: 'BPF_MAP_TYPE_ARRAY' } as const;

/** Everything that a run can ask of a map of words. */
const asks = (fd: number): readonly Call[] => [
  { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: null },
  { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: 0 },
  ...[0, 1, 2].flatMap((key): readonly Call[] => [
    { call: 'BPF_MAP_LOOKUP_ELEM', fd, key },
    { call: 'BPF_MAP_UPDATE_ELEM', fd, key, value: key + 7, flag: 'BPF_ANY' },
    { call: 'BPF_MAP_LOOKUP_ELEM', fd, key },
  ]),
  { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: 0 },
  { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: 1 },
  { call: 'BPF_MAP_DELETE_ELEM', fd, key: 0 },
  { call: 'BPF_MAP_DELETE_ELEM', fd, key: 1 },
  { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: 0 },
  { call: 'BPF_MAP_LOOKUP_ELEM', fd, key: null },
  { call: 'BPF_MAP_UPDATE_ELEM', fd, key: 0, value: null, flag: 'BPF_ANY' },
  {
    call: 'bpf',
    command: 4,
    size: 24,
    attr: [
      { offset: 0, width: 4, value: fd },
      { offset: 8, width: 8, value: [9] },
      { offset: 16, width: 8, value: [0] },
    ],
  },
];

/** A hash of one element: in which order more of them come differs from map to map. */
const one = { ...hashMap, maxEntries: 1 };

const questions = by(1, one, ...asks(3), array, ...asks(4), { ...hashMap, maxEntries: 0 });

const pinned = by(
  1,
  hashMap,
  array,
  { call: 'BPF_MAP_UPDATE_ELEM', fd: 4, key: 0, value: 7, flag: 'BPF_ANY' },
  { call: 'mount', target: '/b' },
  { call: 'BPF_OBJ_PIN', fd: 4, path: '/b/m' },
  { call: 'BPF_PROG_LOAD', mapFd: null },
  { call: 'fork' },
);
const gotten = by(2, { call: 'BPF_OBJ_GET', path: '/b/m' });

describe('cookies in maps', () => {
  it('are seen by no call of a run', (context) =>
    withLinux(context, async (adapter) => {
      const plainly = outcomes(await adapter.play(questions, 'none'));
      await withWrapped(context, 'syscall', withoutIds, async (blind) => {
        expect(blind.hello).toMatchObject({ observes: [], identities: 'cookies', lacks: {} });
        await blind.reset(setup);
        expect(outcomes(await blind.play(questions, 'none'))).toEqual(plainly);
      });
    }));

  it('tell which map it is through a pin, when the process that made it is gone', (context) =>
    withWrapped(context, 'syscall', withoutIds, async (adapter) => {
      await adapter.reset(setup);
      const made = await adapter.play([...pinned, ...by(1, { call: 'exit_group' })], 'none');
      const [hash, other, , , , program] = made.map(({ object }) => object);
      expect(program).toBeUndefined();
      expect(hash).not.toBe(other);
      const answer = last(await adapter.play(gotten, 'last'));
      expect(answer.object).toBe(other);
      expect(answer.alive).toBeUndefined();
      const [process] = answer.sight?.processes ?? [];
      expect(process?.paths.map(({ path, object }) => [path, object])).toContainEqual([
        '/b/m',
        other,
      ]);
      expect(process?.descriptors.map(({ object }) => object).sort()).toEqual(
        [hash, other, other].sort(),
      );
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('are not asked for at paths by who cannot look there', (context) => {
    const noViews = `${withoutIds}
int __wrap_chroot(void) { errno = EPERM; return -1; }`;
    return withWrapped(context, 'syscall,--wrap=chroot', noViews, async (adapter) => {
      expect(adapter.hello).toMatchObject({
        identities: 'cookies',
        hides: [{ fields: ['paths', 'instances'] }],
      });
      const size = { runs: 60, length: 20, seed: 1, phase: 'random' } as const;
      const result = await check(adapter, specify('linux-6.18'), size);
      // This kernel has ids, of which it says here that it has none: that does deviate.
      const texts = result.deviations.map(({ text }) => text);
      expect(texts.filter((text) => !text.startsWith('answered EINVAL'))).toEqual([]);
      expect(result.compared).toBeGreaterThan(100);
    });
  });
});
