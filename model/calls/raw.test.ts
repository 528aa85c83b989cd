import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type ProfileName, type World } from '../index.ts';
import type { AttrField, Bpf, Call, StepResult } from '../index.ts';
import { worldOf } from '../replayed.test-data.ts';

const u32 = (offset: number, value: number): AttrField => ({ offset, width: 4, value });
const u64 = (offset: number, value: AttrField['value']): AttrField => ({
  offset,
  width: 8,
  value,
});
const stray = (offset: number): AttrField => ({ offset, width: 1, value: 1 });

const raw = (command: number, attr: Bpf['attr'], size: number): Bpf => ({
  call: 'bpf',
  command,
  attr,
  size,
});

const pinOf = (size: number, ...more: readonly AttrField[]): Bpf =>
  raw(6, [u64(0, '/a/m'), u32(8, 3), ...more], size);
const getOf = (size: number, ...more: readonly AttrField[]): Bpf =>
  raw(7, [u64(0, '/a/m'), ...more], size);
const element = (command: number, key: AttrField['value'], value: AttrField['value'], flags = 0) =>
  raw(command, [u32(0, 3), u64(8, key), u64(16, value), u32(24, flags)], 32);

/** A world with a hash of two entries at descriptor 3, pinned at /a/m if `pinned`. */
function worldWithHash(profile: ProfileName): World {
  const world = worldOf(profile);
  world.step(1, hash);
  world.step(1, { call: 'mount', target: '/a' });
  return world;
}

const hash: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_HASH',
  keySize: 4,
  valueSize: 4,
  maxEntries: 2,
};

/** What a step came to: the row and, for an outcome, the error or the value. */
function told(result: StepResult): string {
  if (result.kind === 'bound') return result.row;
  const { outcome, row } = result;
  return outcome.ok ? `${row} ${outcome.value}` : `${row} ${outcome.errno}`;
}

const older: readonly ProfileName[] = ['seed-2015', 'linux-4.4', 'linux-4.6', 'linux-4.7'];
const newer: readonly ProfileName[] = ['linux-6.1', 'linux-6.12', 'linux-6.18'];

describe.each(profileNames)('raw attributes under %s', (profile) => {
  const answer = (call: Bpf): string => told(worldWithHash(profile).step(1, call));

  it('may be as short as their fields, or as long as a page of zeros', () => {
    expect([12, 16, 48, 128, 4096].map((size) => answer(pinOf(size)))).toEqual(
      [12, 16, 48, 128, 4096].map(() => 'pin.ok 0'),
    );
    expect(answer(pinOf(4097))).toBe('bpf.too-long E2BIG');
  });

  it('are cut at their size', () => {
    // The descriptor that is not read is 0: /dev/null.
    expect(answer(pinOf(8))).toMatch(/^pin\.not-an-object EINVAL/);
    expect(answer(raw(6, [u64(0, '/a/m'), u32(8, 3), stray(40)], 12))).toBe('pin.ok 0');
  });

  it('are refused behind the last field, and behind those that the kernel knows', () => {
    expect(answer(pinOf(48, stray(40)))).toBe('bpf.unused EINVAL');
    expect(answer(pinOf(4096, stray(1000)))).toBe('bpf.tail E2BIG');
    expect(answer(raw(9999, [stray(1000)], 4096))).toBe('bpf.tail E2BIG');
  });

  it('are not found at an address that leads nowhere, unless none are asked for', () => {
    expect(answer(raw(6, 0, 12))).toBe('bpf.unreadable EFAULT');
    expect(answer(raw(9999, 1, 200))).toBe('bpf.unreadable EFAULT');
    expect(answer(raw(9999, 0, 0))).toBe('bpf.unknown-command EINVAL');
  });

  it('of size 0 ask to pin /dev/null at NULL', () => {
    const isOld = older.includes(profile);
    expect(answer(raw(6, 0, 0))).toBe(isOld ? 'path.fault EFAULT' : 'pin.not-an-object EINVAL');
  });

  it('lead to the errors of the command, in its order', () => {
    expect(answer(pinOf(12))).toBe('pin.ok 0');
    expect(answer(raw(6, [u64(0, 1), u32(8, 3)], 12))).toBe('path.fault EFAULT');
    expect(answer(raw(6, [u64(0, '/a/m')], 12))).toBe('pin.not-an-object EINVAL');
    expect(answer(getOf(8))).toBe('walk.missing ENOENT');
    expect(answer(getOf(12, u32(8, 1)))).toBe('bpf.flags EINVAL');
  });

  it('get what was pinned, by number', () => {
    const world = worldWithHash(profile);
    expect(told(world.step(1, pinOf(12)))).toBe('pin.ok 0');
    expect(told(world.step(1, getOf(8)))).toBe('get.ok 4');
  });

  it('make maps of the types that the kernel has', () => {
    const made = (type: number): Bpf =>
      raw(0, [u32(0, type), u32(4, 4), u32(8, 4), u32(12, 1)], 16);
    expect(answer(made(1))).toBe('create.ok 4');
    expect(answer(made(0))).toBe('bpf.unknown-type EINVAL');
    expect(answer(made(999))).toBe('bpf.unknown-type EINVAL');
    const isOldest = profile === 'seed-2015' || profile === 'linux-4.4';
    expect(answer(made(6))).toBe(isOldest ? 'bpf.unknown-type EINVAL' : 'bound.attributes');
  });

  it('write and find elements, and say where memory is missing', () => {
    const world = worldWithHash(profile);
    const told1 = (call: Bpf): string => told(world.step(1, call));
    expect(told1(element(1, [5], [0]))).toBe('lookup.missing ENOENT');
    expect(told1(element(2, [5], [7]))).toBe('update.ok 0');
    expect(told1(element(1, [5], [0]))).toBe('lookup.ok 0');
    expect(told1(element(1, [5], 1))).toBe('bpf.result EFAULT');
    expect(told1(element(1, 1, 1))).toBe('lookup.key-fault EFAULT');
    expect(told1(element(2, 0, [7]))).toBe('update.key-fault EFAULT');
    expect(told1(element(2, [5], 0))).toBe('update.value-fault EFAULT');
    expect(told1(raw(3, [u32(0, 3), u64(8, 0)], 16))).toBe('delete.key-fault EFAULT');
    expect(told1(raw(3, [u32(0, 3), u64(8, [5])], 16))).toBe('delete.ok 0');
  });

  it('have three flags of an update that are one', () => {
    const updated = (flags: number): string => answer(element(2, [5], [7], flags));
    expect(updated(3)).toBe('update.flags EINVAL');
    expect(updated(8)).toBe('update.flags EINVAL');
    expect(updated(4)).toBe(older.includes(profile) ? 'update.flags EINVAL' : 'update.lock EINVAL');
    // The key is read before the map looks at the flags, and after BPF_F_LOCK was seen.
    expect(answer(element(2, 0, [7], 3))).toBe('update.key-fault EFAULT');
  });
});

describe('raw attributes of one kernel and not of another', () => {
  const answer = (profile: ProfileName, call: Bpf): string =>
    told(worldWithHash(profile).step(1, call));

  it.each(older)('have nothing behind byte 48 under %s', (profile) => {
    expect(answer(profile, pinOf(49, stray(48)))).toBe('bpf.tail E2BIG');
    expect(answer(profile, raw(8, [], 48))).toBe('bpf.unknown-command EINVAL');
    expect(answer(profile, raw(22, [u32(0, 3)], 4))).toBe('bpf.unknown-command EINVAL');
    expect(answer(profile, element(1, [5], [0], 1))).toBe('bpf.unused EINVAL');
    expect(answer(profile, pinOf(16, stray(12)))).toBe('bpf.unused EINVAL');
  });

  it.each([
    ['linux-6.1', 144],
    ['linux-6.12', 152],
    ['linux-6.18', 168],
  ] as const)('of %s end at byte %i', (profile, size) => {
    expect(answer(profile, pinOf(size, stray(size - 1)))).toBe('bpf.unused EINVAL');
    expect(answer(profile, pinOf(size + 1, stray(size)))).toBe('bpf.tail E2BIG');
  });

  it.each(newer)('have flags under %s', (profile) => {
    expect(answer(profile, pinOf(16, stray(12)))).toBe('bpf.flags EINVAL');
    expect(answer(profile, getOf(16, u32(12, 8)))).toBe('walk.missing ENOENT');
    expect(answer(profile, element(1, [5], [0], 1))).toBe('bpf.flags EINVAL');
    expect(answer(profile, element(1, [5], [0], 4))).toBe('bound.attributes');
    expect(answer(profile, raw(8, [], 48))).toBe('bound.attributes');
    expect(answer(profile, raw(22, [u32(0, 3)], 4))).toBe('freeze.ok 0');
  });

  it('have 64 flags of an update, of which one is looked at before the key', () => {
    const updated = raw(2, [u32(0, 3), u64(16, [7]), u32(24, 4), u32(28, 2 ** 31)], 32);
    expect(answer('linux-6.18', updated)).toBe('update.lock EINVAL');
    expect(answer('linux-4.4', updated)).toBe('update.key-fault EFAULT');
  });

  it('know the flag of such a descriptor since they have the field', () => {
    expect(answer('linux-6.1', pinOf(16, u32(12, 2 ** 14)))).toBe('bpf.flags EINVAL');
    // The descriptor of the directory is 0 then, which an absolute path does not look at.
    expect(answer('linux-6.12', pinOf(16, u32(12, 2 ** 14)))).toBe('pin.ok 0');
  });

  it('take a descriptor of a directory with its flag only', () => {
    expect(answer('linux-6.18', pinOf(20, u32(16, 5)))).toBe('bpf.flags EINVAL');
    expect(answer('linux-6.1', pinOf(20, u32(16, 5)))).toBe('bpf.unused EINVAL');
  });
});

it('a raw call that fails, or is none of the specification, changes nothing', () => {
  const world = createWorld({
    switches: profiles['linux-6.18'],
    bounds: worldOf('linux-6.18').bounds,
    host: ['/a/'],
  });
  world.step(1, hash);
  const before = world.save();
  for (const call of [pinOf(12), pinOf(4097), raw(9999, [], 12), raw(8, [], 48), getOf(8)]) {
    world.step(1, call);
    expect(world.save()).toEqual(before);
  }
});
