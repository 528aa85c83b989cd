import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';

const hash = 'BPF_MAP_TYPE_HASH';
const array = 'BPF_MAP_TYPE_ARRAY';
const progArray = 'BPF_MAP_TYPE_PROG_ARRAY';
const arrayOfMaps = 'BPF_MAP_TYPE_ARRAY_OF_MAPS';
const hashOfMaps = 'BPF_MAP_TYPE_HASH_OF_MAPS';
const start = (kernel: KernelName = 'linux-6.18') => startScenario(createReference(kernel));

describe.each(['linux-4.4', 'linux-6.18'] as const)('a program array under %s', (kernel) => {
  it.each([
    [8, 4, 1],
    [4, 8, 1],
    [4, 4, 0],
  ])('is not made with sizes %d and %d for %d programs', (keySize, valueSize, maxEntries) => {
    const call = {
      call: 'BPF_MAP_CREATE',
      type: progArray,
      keySize,
      valueSize,
      maxEntries,
    } as const;
    expect(start(kernel).by(1).call(call)).toBe('EINVAL');
  });

  it('holds the programs in its slots, as long as they are there', () => {
    const run = start(kernel);
    const caller = run.by(1);
    expect(caller.create(progArray)).toBe(3);
    caller.load();
    expect(caller.update(3, 1, 4)).toBe(0);
    caller.close(4);
    const program = run.object(1)?.id;
    expect(run.object(1)).toMatchObject({ refcnt: 1, holders: { slots: 1, descriptions: 0 } });
    expect(run.object(0)).toMatchObject({ slots: [0, program] });
    expect(run.object(0)).not.toHaveProperty('content');
    caller.load();
    expect(caller.update(3, 1, 4)).toBe(0);
    expect(run.object(1)).toMatchObject({ refcnt: 2, holders: { slots: 1, descriptions: 1 } });
    expect(run.alive()).toBe(2);
    caller.close(4);
    expect(caller.remove(3, 1)).toBe(0);
    expect(run.alive()).toBe(1);
  });

  it('looks at the flag, then at the key, then at the program', () => {
    const caller = start(kernel).by(1);
    caller.create(progArray, 1);
    caller.create(array, 1);
    expect(caller.update(3, 1, 9, 'BPF_EXIST')).toBe('EINVAL');
    expect(caller.update(3, 1, 9)).toBe('E2BIG');
    expect(caller.update(3, 0, 9)).toBe('EBADF');
    expect(caller.update(3, 0, 0)).toBe('EINVAL');
    expect(caller.update(3, 0, 4)).toBe('EINVAL');
    expect(caller.remove(3, 0)).toBe('ENOENT');
    expect(caller.remove(3, 1)).toBe('E2BIG');
    expect([0, 1].map((key) => caller.nextKey(3, key))).toEqual(['ENOENT', 0]);
  });

  it('shows what is in it by id since 4.13, and nothing before', () => {
    const caller = start(kernel).by(1);
    caller.create(progArray, 1);
    expect(caller.lookup(3, 0)).toBe('ENOENT');
    caller.load();
    caller.update(3, 0, 4);
    expect(caller.lookup(3, 0)).toBe(kernel === 'linux-4.4' ? 'ENOENT' : 0);
    expect(caller.lookup(3, 1)).toBe('ENOENT');
  });
});

describe('maps of maps', () => {
  it.each(['seed-2015', 'linux-4.4', 'linux-4.6', 'linux-4.7'] as const)(
    'are unknown to %s, and so is the descriptor of an example',
    (kernel) => {
      const caller = start(kernel).by(1);
      caller.create(array);
      expect(caller.createOuter(arrayOfMaps, 3)).toBe('EINVAL');
      expect(caller.createOuter(hashOfMaps, 3)).toBe('EINVAL');
      expect(caller.createOuter(array, 3)).toBe('EINVAL');
    },
  );

  it.each([arrayOfMaps, hashOfMaps] as const)('%s wants a plain map for an example', (type) => {
    const caller = start().by(1);
    caller.create(array);
    caller.create(progArray);
    caller.load();
    caller.createOuter(type, 3);
    expect(caller.createOuter(type, 9)).toBe('EBADF');
    expect(caller.createOuter(type, 0)).toBe('EINVAL');
    expect(caller.createOuter(type, 4)).toBe('ENOTSUPP');
    expect(caller.createOuter(type, 5)).toBe('EINVAL');
    expect(caller.createOuter(type, 6)).toBe('EINVAL');
    expect(caller.createOuter(type, 9, 0)).toBe('EINVAL');
    expect(caller.create(type)).toBe('EINVAL');
  });

  it('do not hold the example', () => {
    const run = start();
    run.by(1).create(array);
    run.by(1).createOuter(arrayOfMaps, 3);
    run.by(1).close(3);
    expect(run.alive()).toBe(1);
  });

  it.each([
    [array, 2, 0],
    [array, 3, 'EINVAL'],
    [hash, 2, 'EINVAL'],
    [progArray, 2, 'EINVAL'],
  ] as const)('made for arrays of two answer to %s of %d: %s', (type, maxEntries, result) => {
    const caller = start().by(1);
    caller.create(array, 2);
    caller.createOuter(arrayOfMaps, 3);
    caller.createOuter(hashOfMaps, 3);
    expect(caller.create(type, maxEntries)).toBe(6);
    expect(caller.update(4, 0, 6)).toBe(result);
    expect(caller.update(5, 0, 6)).toBe(result);
  });

  it('made for hashes take hashes of any length, and no map of maps', () => {
    const caller = start().by(1);
    caller.create(hash, 1);
    caller.createOuter(arrayOfMaps, 3);
    caller.create(hash, 9);
    expect(caller.update(4, 0, 5)).toBe(0);
    expect(caller.update(4, 0, 4)).toBe('EINVAL');
  });

  it.each([
    [4, 8],
    [8, 4],
  ])('made for hashes of words take none of sizes %d and %d', (keySize, valueSize) => {
    const caller = start().by(1);
    caller.create(hash);
    caller.createOuter(hashOfMaps, 3);
    caller.call({ call: 'BPF_MAP_CREATE', type: hash, keySize, valueSize, maxEntries: 2 });
    expect(caller.update(4, 0, 5)).toBe('EINVAL');
  });

  it('that are hashes look at the map first, then at flag and room', () => {
    const caller = start().by(1);
    caller.create(array);
    caller.createOuter(hashOfMaps, 3, 1);
    expect(caller.update(4, 0, 9, 'BPF_EXIST')).toBe('EBADF');
    expect(caller.update(4, 0, 0, 'BPF_EXIST')).toBe('EINVAL');
    expect(caller.update(4, 0, 3, 'BPF_EXIST')).toBe('ENOENT');
    expect(caller.lookup(4, 0)).toBe('ENOENT');
    expect(caller.update(4, 0, 3)).toBe(0);
    expect(caller.lookup(4, 0)).toBe(0);
    expect(caller.update(4, 0, 3, 'BPF_NOEXIST')).toBe('EEXIST');
    expect(caller.update(4, 1, 3)).toBe('E2BIG');
    expect(caller.nextKey(4, null)).toBe(0);
    expect(caller.remove(4, 0)).toBe(0);
    expect(caller.remove(4, 0)).toBe('ENOENT');
  });

  it.each([arrayOfMaps, hashOfMaps] as const)('%s holds the maps in it, for no user', (type) => {
    const run = start();
    const caller = run.by(1);
    caller.create(array);
    caller.createOuter(type, 3);
    caller.update(4, 0, 3);
    caller.update(4, 1, 3);
    caller.update(4, 1, 3);
    caller.close(3);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 0, holders: { slots: 2 } });
    caller.remove(4, 1);
    expect(run.object(0)).toMatchObject({ refcnt: 1, holders: { slots: 1 } });
    caller.close(4);
    expect(run.sight()).toMatchObject({
      objects: [{ refcnt: 1, holders: { slots: 1 } }],
      pending: 1,
    });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
  });
});

describe('a program that is run', () => {
  it('is unknown before 4.12, whatever is asked for', () => {
    const caller = start('linux-4.7').by(1);
    caller.load();
    expect(caller.run(3)).toBe('EINVAL');
    expect(caller.run(9)).toBe('EINVAL');
  });

  it('has to be one', () => {
    const caller = start().by(1);
    caller.create();
    expect([9, 0, 3].map(caller.run)).toEqual(['EBADF', 'EINVAL', 'EINVAL']);
  });

  it('returns 0, or what the programs return that it calls, or 1 if there is none', () => {
    const caller = start().by(1);
    caller.create(progArray);
    caller.load();
    caller.load(3);
    expect(caller.run(4)).toBe(0);
    expect(caller.run(5)).toBe(1);
    caller.update(3, 0, 4);
    expect(caller.run(5)).toBe(0);
  });

  it('gives up after 33 calls, one after the other', () => {
    const setup = { host: [], watch: [], descriptors: 99 };
    const caller = startScenario(createReference('linux-6.18'), setup).by(1);
    let last = Number(caller.load());
    const answers: unknown[] = [];
    for (let calls = 1; calls <= 34; calls += 1) {
      const array = Number(caller.create(progArray));
      caller.update(array, 0, last);
      last = Number(caller.load(array));
      answers.push(caller.run(last));
    }
    expect(answers).toEqual([...Array.from({ length: 33 }, () => 0), 1]);
  });

  it('gives up if it calls itself', () => {
    const caller = start().by(1);
    caller.create(progArray);
    caller.load(3);
    caller.update(3, 0, 4);
    expect(caller.run(4)).toBe(1);
  });
});
