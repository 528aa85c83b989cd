import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { rawDelete, rawLookup, rawNextKey, rawUpdate, u32 } from './raw.test-data.ts';
import type { KernelName } from './releases.ts';
import { old, recent, startScenario } from './scenario.test-data.ts';

const hash = 'BPF_MAP_TYPE_HASH';
const array = 'BPF_MAP_TYPE_ARRAY';

/** A hash behind 3 and an array behind 4. */
function start(kernel: KernelName) {
  const caller = startScenario(createReference(kernel)).by(1);
  caller.create(hash);
  caller.create(array);
  return caller;
}

describe.each([...old, ...recent])('elements by raw attributes under %s', (kernel) => {
  it('are written, found, walked and deleted', () => {
    const caller = start(kernel);
    expect(caller.bpf(...rawLookup())).toBe('ENOENT');
    expect(caller.bpf(...rawUpdate({ value: [0xffff_fff7] }))).toBe(0);
    expect(caller.lookup(3, 5)).toBe(0xffff_fff7);
    expect(caller.bpf(...rawLookup())).toBe(0);
    expect(caller.bpf(...rawNextKey({ key: [1] }))).toBe(0);
    expect(caller.bpf(...rawNextKey())).toBe('ENOENT');
    expect(caller.bpf(...rawDelete())).toBe(0);
    expect(caller.bpf(...rawDelete())).toBe('ENOENT');
  });

  it('need a map before they need a key', () => {
    const caller = start(kernel);
    for (const [fd, errno] of [
      [9, 'EBADF'],
      [0xffff_ffff, 'EBADF'],
      [0, 'EINVAL'],
    ] as const) {
      for (const raw of [rawLookup, rawUpdate, rawDelete, rawNextKey]) {
        expect(caller.bpf(...raw({ fd, key: 0 }))).toBe(errno);
      }
    }
  });

  it('need a key and a value that are there, before the map is asked', () => {
    const caller = start(kernel);
    for (const nowhere of [0, 1]) {
      for (const raw of [rawLookup, rawUpdate, rawDelete]) {
        expect(caller.bpf(...raw({ key: nowhere }))).toBe('EFAULT');
      }
      expect(caller.bpf(...rawUpdate({ value: nowhere }))).toBe('EFAULT');
      expect(caller.bpf(...rawUpdate({ value: nowhere, flags: 3 }))).toBe('EFAULT');
      expect(caller.bpf(...rawUpdate({ fd: 4, key: [9], value: nowhere }))).toBe('EFAULT');
    }
    expect(caller.bpf(...rawUpdate({ flags: 3 }))).toBe('EINVAL');
  });

  it('need room for what is found, and only if something is found', () => {
    const caller = start(kernel);
    for (const raw of [rawLookup, rawNextKey]) {
      expect(caller.bpf(...raw({ value: 0 }))).toBe('ENOENT');
    }
    caller.update(3, 5, 1);
    expect(caller.bpf(...rawLookup({ value: 0 }))).toBe('EFAULT');
    expect(caller.bpf(...rawNextKey({ key: [1], value: 1 }))).toBe('EFAULT');
  });

  it('have flags of 8 bytes, all of which count', () => {
    const caller = start(kernel);
    expect(caller.bpf(...rawUpdate({ flags: 2 }))).toBe('ENOENT');
    expect(caller.bpf(...rawUpdate({ flags: 1 }))).toBe(0);
    expect(caller.bpf(...rawUpdate({ flags: 1 }))).toBe('EEXIST');
    const [command, attr, size] = rawUpdate();
    const high = typeof attr === 'number' ? attr : [...attr, u32(28, 1)];
    expect(caller.bpf(command, high, size)).toBe('EINVAL');
    expect(caller.bpf(command, high, 28)).toBe(0);
  });

  it('have no flags that are two, whatever the map', () => {
    const caller = start(kernel);
    caller.create('BPF_MAP_TYPE_PROG_ARRAY');
    for (const [fd, key] of [
      [3, 5],
      [4, 0],
      // The flags are looked at before the index and before the descriptor that is the value.
      [4, 9],
      [5, 0],
      [5, 9],
    ] as const) {
      expect(caller.update(fd, key, 99, 'BPF_NOEXIST|BPF_EXIST')).toBe('EINVAL');
      expect(caller.update(fd, key, 99, 'BPF_F_LOCK')).toBe('EINVAL');
    }
  });
});

describe('a typed call with a NULL pointer', () => {
  it.each([...old, ...recent])('is a fault where a key or a value is read under %s', (kernel) => {
    const caller = start(kernel);
    expect(caller.update(3, null, 1)).toBe('EFAULT');
    expect(caller.update(3, 1, null)).toBe('EFAULT');
    expect(caller.update(3, null, null, 'BPF_NOEXIST|BPF_EXIST')).toBe('EFAULT');
    expect(caller.lookup(3, null)).toBe('EFAULT');
    // What no array ever does needs a key all the same.
    expect(caller.remove(4, null)).toBe('EFAULT');
    expect(caller.lookup(9, null)).toBe('EBADF');
    expect(caller.update(0, null, null)).toBe('EINVAL');
    expect(caller.remove(0, null)).toBe('EINVAL');
  });
});

describe('a lock that no map has', () => {
  it.each(recent)('is refused before the key is read under %s', (kernel) => {
    const caller = start(kernel);
    expect(caller.update(3, null, 1, 'BPF_F_LOCK')).toBe('EINVAL');
    expect(caller.update(9, null, 1, 'BPF_F_LOCK')).toBe('EBADF');
    expect(caller.bpf(...rawUpdate({ key: 0, flags: 5 }))).toBe('EINVAL');
    expect(caller.bpf(...rawUpdate({ key: 0, flags: 8 }))).toBe('EFAULT');
    expect(caller.bpf(...rawLookup({ fd: 9, flags: 4 }))).toBe('EBADF');
    expect(caller.bpf(...rawLookup({ key: 0, flags: 4 }))).toBe('EINVAL');
  });

  it.each(recent)('is the only flag of a look-up under %s', (kernel) => {
    for (const flags of [1, 2, 3, 5, 8]) {
      expect(start(kernel).bpf(...rawLookup({ fd: 9, flags }))).toBe('EINVAL');
    }
  });

  it.each(old)('is no flag of its own under %s', (kernel) => {
    const caller = start(kernel);
    expect(caller.update(3, null, 1, 'BPF_F_LOCK')).toBe('EFAULT');
    expect(caller.bpf(...rawLookup({ fd: 9, flags: 4 }))).toBe('EINVAL');
  });
});

describe('flags of a map that holds maps', () => {
  /** Such a map behind 5. */
  function startOuter(type: 'BPF_MAP_TYPE_ARRAY_OF_MAPS' | 'BPF_MAP_TYPE_HASH_OF_MAPS') {
    const caller = start('linux-6.18');
    caller.createOuter(type, 3);
    return caller;
  }

  it('are looked at before the descriptor that is the value in an array', () => {
    const caller = startOuter('BPF_MAP_TYPE_ARRAY_OF_MAPS');
    expect(caller.update(5, 0, 99, 'BPF_NOEXIST|BPF_EXIST')).toBe('EINVAL');
  });

  it('are looked at after it in a hash', () => {
    const caller = startOuter('BPF_MAP_TYPE_HASH_OF_MAPS');
    expect(caller.update(5, 0, 99, 'BPF_NOEXIST|BPF_EXIST')).toBe('EBADF');
    expect(caller.update(5, 0, 3, 'BPF_NOEXIST|BPF_EXIST')).toBe('EINVAL');
    expect(caller.update(5, 0, 3)).toBe(0);
    expect(caller.bpf(...rawUpdate({ fd: 5, value: [3] }))).toBe(0);
  });
});

describe('the key before the first, by raw attributes', () => {
  it.each(old)('has no pointer under %s', (kernel) => {
    expect(start(kernel).bpf(...rawNextKey({ fd: 4, key: 0 }))).toBe('EFAULT');
  });

  it.each(recent)('is NULL, and no other address that leads nowhere, under %s', (kernel) => {
    const caller = start(kernel);
    expect(caller.bpf(...rawNextKey({ fd: 4, key: 0 }))).toBe(0);
    expect(caller.bpf(...rawNextKey({ fd: 4, key: 1 }))).toBe('EFAULT');
  });
});
