import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';

const hash = 'BPF_MAP_TYPE_HASH';
const array = 'BPF_MAP_TYPE_ARRAY';
const start = (kernel: KernelName) => startScenario(createReference(kernel)).by(1);

describe.each(['linux-4.4', 'linux-6.18'] as const)('elements under %s', (kernel) => {
  it('are deleted from a hash, and never from an array', () => {
    const caller = start(kernel);
    caller.create(hash);
    caller.create(array);
    caller.update(3, 5, 1);
    expect(caller.remove(3, 5)).toBe(0);
    expect(caller.lookup(3, 5)).toBe('ENOENT');
    expect(caller.remove(3, 5)).toBe('ENOENT');
    expect(caller.remove(4, 0)).toBe('EINVAL');
    expect(caller.remove(4, 9)).toBe('EINVAL');
  });

  it('are deleted and walked through descriptors of maps only', () => {
    const caller = start(kernel);
    for (const [fd, errno] of [
      [9, 'EBADF'],
      [0, 'EINVAL'],
    ] as const) {
      expect(caller.remove(fd, 0)).toBe(errno);
      expect(caller.nextKey(fd, 0)).toBe(errno);
      expect(caller.nextKey(fd, null)).toBe(errno);
    }
  });

  it('of an array are walked in order, and from the start behind a key that is none', () => {
    const caller = start(kernel);
    caller.create(array, 3);
    expect([0, 1, 2, 3, 9].map((key) => caller.nextKey(3, key))).toEqual([1, 2, 'ENOENT', 0, 0]);
  });

  it('of a hash are walked until the last, and from the start behind a key that is none', () => {
    const caller = start(kernel);
    caller.create(hash);
    expect(caller.nextKey(3, 0)).toBe('ENOENT');
    caller.update(3, 5, 0);
    expect(caller.nextKey(3, 0)).toBe(5);
    expect(caller.nextKey(3, 5)).toBe('ENOENT');
    caller.update(3, 6, 0);
    const first = Number(caller.nextKey(3, 9));
    expect(new Set([first, caller.nextKey(3, first)])).toEqual(new Set([5, 6]));
  });
});

describe('the key before the first', () => {
  it('can be asked for with a NULL pointer since 4.12', () => {
    const answers = (['linux-4.4', 'linux-4.7', 'linux-6.1'] as const).map((kernel) => {
      const caller = start(kernel);
      caller.create(array, 2);
      caller.create(hash, 2);
      caller.update(4, 5, 0);
      return [caller.nextKey(3, null), caller.nextKey(4, null)];
    });
    expect(answers).toEqual([
      ['EFAULT', 'EFAULT'],
      ['EFAULT', 'EFAULT'],
      [0, 5],
    ]);
  });
});

describe('a full hash', () => {
  it.each([
    ['seed-2015', 'E2BIG', 'E2BIG', 'EEXIST', 0],
    ['linux-4.4', 'E2BIG', 'E2BIG', 'EEXIST', 0],
    ['linux-4.6', 'E2BIG', 'ENOENT', 'EEXIST', 'E2BIG'],
    ['linux-4.7', 'E2BIG', 'ENOENT', 'EEXIST', 'E2BIG'],
    ['linux-6.1', 'E2BIG', 'ENOENT', 'EEXIST', 0],
    ['linux-6.18', 'E2BIG', 'ENOENT', 'EEXIST', 0],
  ] as const)(
    'under %s answers %s to a new key, %s to a missing one, %s to one there, %s to an old key',
    (kernel, fresh, missing, existing, old) => {
      const caller = start(kernel);
      caller.create(hash, 1);
      caller.update(3, 0, 0);
      expect(caller.update(3, 1, 7)).toBe(fresh);
      expect(caller.update(3, 1, 7, 'BPF_EXIST')).toBe(missing);
      expect(caller.update(3, 0, 7, 'BPF_NOEXIST')).toBe(existing);
      expect(caller.update(3, 0, 7)).toBe(old);
      expect(caller.update(3, 0, 7, 'BPF_EXIST')).toBe(old);
      expect(caller.lookup(3, 0)).toBe(old === 0 ? 7 : 0);
    },
  );
});
