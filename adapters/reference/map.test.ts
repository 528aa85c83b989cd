import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

const kernels = ['linux-4.4', 'linux-6.18'] as const;
const hash = 'BPF_MAP_TYPE_HASH';
const array = 'BPF_MAP_TYPE_ARRAY';

describe.each(kernels)('maps under %s', (kernel) => {
  const start = () => startScenario(createReference(kernel)).by(1);

  it.each([
    [array, 4, 8, 1, 3],
    [array, 8, 4, 1, 'EINVAL'],
    [array, 4, 0, 1, 'EINVAL'],
    [array, 4, 4, 0, 'EINVAL'],
    [hash, 8, 8, 1, 3],
    [hash, 0, 4, 1, 'EINVAL'],
    [hash, 4, 0, 1, 'EINVAL'],
    [hash, 4, 4, 0, 'EINVAL'],
  ] as const)(
    'of %s %d %d %d: creation answers %s',
    (type, keySize, valueSize, maxEntries, result) => {
      const call = { call: 'BPF_MAP_CREATE', type, keySize, valueSize, maxEntries } as const;
      expect(start().call(call)).toBe(result);
    },
  );

  it('have keys of a hash that fit on a stack, or any', () => {
    const shape = { type: hash, keySize: 513, valueSize: 4, maxEntries: 1 } as const;
    const answer = start().call({ call: 'BPF_MAP_CREATE', ...shape });
    expect(answer).toBe(kernel === 'linux-4.4' ? 'E2BIG' : 3);
  });

  it('are refused for their parameters before they are for want of a descriptor', () => {
    const full = startScenario(createReference(kernel), { host: [], watch: [], descriptors: 3 });
    expect(full.by(1).create(array, 0)).toBe('EINVAL');
    expect(full.by(1).create(array, 1)).toBe('EMFILE');
  });

  it('are reached through descriptors of maps only', () => {
    const caller = start();
    expect(caller.load()).toBe(3);
    for (const [fd, errno] of [
      [9, 'EBADF'],
      [0, 'EINVAL'],
      [3, 'EINVAL'],
    ] as const) {
      expect(caller.lookup(fd, 0)).toBe(errno);
      expect(caller.update(fd, 0, 1)).toBe(errno);
      expect(caller.load(fd)).toBe(errno);
    }
  });

  it('that are arrays have all their elements from the start', () => {
    const caller = start();
    caller.create(array, 2);
    expect(caller.lookup(3, 1)).toBe(0);
    expect(caller.lookup(3, 2)).toBe('ENOENT');
    expect(caller.update(3, 2, 9, 'BPF_NOEXIST')).toBe('E2BIG');
    expect(caller.update(3, 1, 9, 'BPF_NOEXIST')).toBe('EEXIST');
    expect(caller.update(3, 1, 9, 'BPF_EXIST')).toBe(0);
    expect(caller.lookup(3, 1)).toBe(9);
  });

  it('that are hashes have the elements that were written', () => {
    const caller = start();
    caller.create(hash, 1);
    expect(caller.lookup(3, 5)).toBe('ENOENT');
    expect(caller.update(3, 5, 1, 'BPF_EXIST')).toBe('ENOENT');
    expect(caller.update(3, 5, 1, 'BPF_NOEXIST')).toBe(0);
    expect(caller.update(3, 5, 2, 'BPF_NOEXIST')).toBe('EEXIST');
    expect(caller.update(3, 5, 3)).toBe(0);
    expect(caller.update(3, 6, 1)).toBe('E2BIG');
    expect(caller.lookup(3, 5)).toBe(3);
  });
});

describe('a full hash', () => {
  it('refuses BPF_EXIST for a missing key with E2BIG under linux-4.4, ENOENT under linux-6.18', () => {
    const answers = kernels.map((kernel) => {
      const caller = startScenario(createReference(kernel)).by(1);
      caller.create(hash, 1);
      caller.update(3, 0, 0);
      return caller.update(3, 1, 0, 'BPF_EXIST');
    });
    expect(answers).toEqual(['E2BIG', 'ENOENT']);
  });
});
