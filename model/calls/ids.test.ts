import { describe, expect, it } from 'vitest';
import { profileNames, type Call, type MapType, type ProfileName, type World } from '../index.ts';
import { roomy, worldOf } from '../replayed.test-data.ts';

const newer: readonly ProfileName[] = ['linux-6.1', 'linux-6.12', 'linux-6.18'];

const mapOf = (type: MapType): Call => ({
  call: 'BPF_MAP_CREATE',
  type,
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
});
const hash = mapOf('BPF_MAP_TYPE_HASH');
const programs = mapOf('BPF_MAP_TYPE_PROG_ARRAY');
const load = (mapFd: number | null): Call => ({ call: 'BPF_PROG_LOAD', mapFd });
const close = (fd: number): Call => ({ call: 'close', fd });
const map = (id: number): Call => ({ call: 'BPF_MAP_GET_FD_BY_ID', id });
const program = (id: number): Call => ({ call: 'BPF_PROG_GET_FD_BY_ID', id });
const nextMap = (id: number): Call => ({ call: 'BPF_MAP_GET_NEXT_ID', id });
const nextProgram = (id: number): Call => ({ call: 'BPF_PROG_GET_NEXT_ID', id });
const fill = (fd: number, value: number): Call => ({
  call: 'BPF_MAP_UPDATE_ELEM',
  fd,
  key: 0,
  value,
  flag: 'BPF_ANY',
});
const find = (fd: number): Call => ({ call: 'BPF_MAP_LOOKUP_ELEM', fd, key: 0 });

/** What each call came to: the row, and the value or the error. */
function told(world: World, ...calls: readonly Call[]): readonly string[] {
  return calls.map((call) => {
    const result = world.step(1, call);
    if (result.kind === 'bound') return result.row;
    const { outcome } = result;
    return `${result.row} ${outcome.ok ? outcome.value : outcome.errno}`;
  });
}

function settle(world: World): void {
  for (const action of world.pending()) world.settle(action);
}

describe.each(profileNames.filter((profile) => !newer.includes(profile)))('%s', (profile) => {
  it('has no ids', () => {
    expect(told(worldOf(profile), hash, map(1), program(1), nextMap(0), nextProgram(0))).toEqual([
      'create.ok 3',
      'map-by-id.unknown-command EINVAL',
      'program-by-id.unknown-command EINVAL',
      'next-map.unknown-command EINVAL',
      'next-program.unknown-command EINVAL',
    ]);
  });
});

describe.each(newer)('ids under %s', (profile) => {
  it('open what somebody holds, and nothing else', () => {
    const world = worldOf(profile);
    expect(told(world, hash, load(3), close(3), map(1), program(2))).toEqual([
      'create.ok 3',
      'load.ok 4',
      'close.ok 0',
      'map-by-id.ok 3',
      'program-by-id.ok 5',
    ]);
    expect(told(world, map(2), map(0), map(7), program(1))).toEqual([
      'map-by-id.missing ENOENT',
      'map-by-id.missing ENOENT',
      'map-by-id.missing ENOENT',
      'program-by-id.missing ENOENT',
    ]);
  });

  it('are not those of the dead, nor of what waits to let go of its maps', () => {
    const world = worldOf(profile);
    told(world, hash, load(3), close(3), close(4));
    expect(world.pending()).toHaveLength(1);
    // The map is still held by the program that is gone.
    expect(told(world, program(2), map(1))).toEqual([
      'program-by-id.missing ENOENT',
      'map-by-id.ok 3',
    ]);
    told(world, close(3));
    settle(world);
    expect(told(world, map(1), nextMap(0))).toEqual([
      'map-by-id.missing ENOENT',
      'next-map.none ENOENT',
    ]);
  });

  it('are listed in the order of creation, each kind for itself', () => {
    const world = worldOf(profile);
    told(world, hash, load(null), hash, close(3), load(null));
    expect(told(world, nextMap(0), nextMap(1), nextMap(3))).toEqual([
      'next-map.ok 3',
      'next-map.ok 3',
      'next-map.none ENOENT',
    ]);
    expect(told(world, nextProgram(0), nextProgram(2), nextProgram(4))).toEqual([
      'next-program.ok 2',
      'next-program.ok 4',
      'next-program.none ENOENT',
    ]);
  });

  it('bring back a program array that its last user left, empty and ready to be filled', () => {
    const world = worldOf(profile);
    told(world, programs, load(3), fill(3, 4), close(3));
    expect(told(world, map(1))).toEqual(['bound.clearing']);
    settle(world);
    expect(told(world, map(1), find(3), fill(3, 4), find(3))).toEqual([
      'map-by-id.ok 3',
      'lookup.missing ENOENT',
      'update.ok 0',
      'lookup.ok 0',
    ]);
    told(world, close(3));
    settle(world);
    expect(told(world, map(1), find(3))).toEqual(['map-by-id.ok 3', 'lookup.missing ENOENT']);
  });

  it('of an array without users need a number, lest it be emptied once more', () => {
    const world = worldOf(profile, { ...roomy, descriptors: 2 });
    told(world, programs, load(3), close(3), hash);
    settle(world);
    expect(told(world, map(1))).toEqual(['bound.clearing']);
  });

  it('show that a program which got no descriptor keeps its map: a bound', () => {
    const world = worldOf(profile, { ...roomy, descriptors: 1 });
    expect(told(world, hash, load(3), load(null))).toEqual([
      'create.ok 3',
      'bound.failed-load',
      'load.no-descriptor EMFILE',
    ]);
  });

  it('need a number for the descriptor', () => {
    const world = worldOf(profile, { ...roomy, descriptors: 1 });
    expect(told(world, hash, map(1), map(9))).toEqual([
      'create.ok 3',
      'map-by-id.no-descriptor EMFILE',
      'map-by-id.missing ENOENT',
    ]);
    const other = worldOf(profile, { ...roomy, descriptors: 1 });
    expect(told(other, load(null), program(1))).toEqual([
      'load.ok 3',
      'program-by-id.no-descriptor EMFILE',
    ]);
  });
});
