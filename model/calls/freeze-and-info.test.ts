import { describe, expect, it } from 'vitest';
import { profileNames, type ProfileName, type World } from '../index.ts';
import { infoOf, type Call, type MapType, type Outcome } from '../index.ts';
import { roomy, worldOf } from '../replayed.test-data.ts';

const newer: readonly ProfileName[] = ['linux-6.1', 'linux-6.12', 'linux-6.18'];
const older = profileNames.filter((profile) => !newer.includes(profile));

const mapOf = (type: MapType, maxEntries = 2, innerFd?: number): Call => ({
  call: 'BPF_MAP_CREATE',
  type,
  keySize: 4,
  valueSize: 4,
  maxEntries,
  ...(innerFd === undefined ? {} : { innerFd }),
});
const hash = mapOf('BPF_MAP_TYPE_HASH');
const load = (mapFd: number | null): Call => ({ call: 'BPF_PROG_LOAD', mapFd });
const freeze = (fd: number): Call => ({ call: 'BPF_MAP_FREEZE', fd });
const info = (fd: number): Call => ({ call: 'BPF_OBJ_GET_INFO_BY_FD', fd });
const update = (fd: number, value = 1): Call => ({
  call: 'BPF_MAP_UPDATE_ELEM',
  fd,
  key: 0,
  value,
  flag: 'BPF_ANY',
});
const place: Call = { call: 'open', path: '/a', flag: 'O_PATH' };

interface Told {
  readonly row: string;
  readonly outcome?: Outcome;
}

function steps(world: World, ...calls: readonly Call[]): Told {
  const told = calls.map((call): Told => world.step(1, call));
  return told.at(-1) ?? { row: 'none' };
}

const failing = (row: string, errno: string): unknown => ({
  kind: 'outcome',
  outcome: { ok: false, errno },
  row,
});
const row = (id: string): unknown => expect.objectContaining({ row: id });

describe.each(older)('under %s', (profile) => {
  it('there is neither BPF_MAP_FREEZE nor BPF_OBJ_GET_INFO_BY_FD', () => {
    const world = worldOf(profile);
    expect(steps(world, hash, freeze(3))).toEqual(failing('freeze.unknown-command', 'EINVAL'));
    expect(steps(world, info(3))).toEqual(failing('info.unknown-command', 'EINVAL'));
  });
});

describe.each(newer)('a frozen map under %s', (profile) => {
  it('is written no more, through whatever descriptor, and read as before', () => {
    const world = worldOf(profile);
    steps(world, hash, update(3), { call: 'mount', target: '/a' });
    steps(world, { call: 'BPF_OBJ_PIN', path: '/a/m', fd: 3 });
    expect(steps(world, freeze(3))).toEqual(row('freeze.ok'));
    expect(steps(world, freeze(3))).toEqual(failing('freeze.frozen', 'EPERM'));
    steps(world, { call: 'close', fd: 3 }, { call: 'BPF_OBJ_GET', path: '/a/m' });
    expect(steps(world, update(3))).toEqual(failing('update.frozen', 'EPERM'));
    expect(steps(world, { call: 'BPF_MAP_DELETE_ELEM', fd: 3, key: null })).toEqual(
      failing('delete.frozen', 'EPERM'),
    );
    expect(steps(world, { call: 'BPF_MAP_LOOKUP_ELEM', fd: 3, key: 0 })).toEqual({
      kind: 'outcome',
      outcome: { ok: true, value: 1 },
      row: 'lookup.ok',
    });
  });

  it('leaves its row unfrozen when it dies', () => {
    const [frozen, plain] = [worldOf(profile), worldOf(profile)];
    steps(frozen, hash, freeze(3), { call: 'close', fd: 3 });
    steps(plain, hash, { call: 'close', fd: 3 });
    expect(frozen.save()).toEqual(plain.save());
  });

  it('has to be a map', () => {
    const world = worldOf(profile);
    expect(steps(world, freeze(9))).toEqual(failing('freeze.fd-closed', 'EBADF'));
    expect(steps(world, load(null), freeze(3))).toEqual(failing('freeze.not-a-map', 'EINVAL'));
    expect(steps(world, place, freeze(4))).toEqual(failing('freeze.fd-closed', 'EBADF'));
  });

  it('is a bound where a world has none', () => {
    const world = worldOf(profile, { ...roomy, freezing: 0 });
    expect(steps(world, hash, freeze(3))).toEqual({ kind: 'bound', row: 'bound.freezing' });
  });
});

describe.each(newer)('what is told of an object under %s', (profile) => {
  const told = (world: World, fd: number): unknown => {
    const { outcome } = steps(world, info(fd));
    return outcome?.ok === true ? infoOf(outcome.value) : outcome;
  };

  it('is the shape of a map and the number of maps of a program', () => {
    const world = worldOf(profile);
    steps(world, hash, mapOf('BPF_MAP_TYPE_ARRAY', 7), load(null), load(3));
    expect([3, 4, 5, 6].map((fd) => told(world, fd))).toEqual([
      { kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 2 },
      { kind: 'map', type: 'BPF_MAP_TYPE_ARRAY', maxEntries: 7 },
      { kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 0 },
      { kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 1 },
    ]);
  });

  it('names the types of maps that hold objects', () => {
    const world = worldOf(profile);
    steps(world, hash, mapOf('BPF_MAP_TYPE_PROG_ARRAY', 3));
    steps(world, mapOf('BPF_MAP_TYPE_ARRAY_OF_MAPS', 1, 3));
    expect([4, 5].map((fd) => told(world, fd))).toEqual([
      { kind: 'map', type: 'BPF_MAP_TYPE_PROG_ARRAY', maxEntries: 3 },
      { kind: 'map', type: 'BPF_MAP_TYPE_ARRAY_OF_MAPS', maxEntries: 1 },
    ]);
  });

  it('needs an object behind the descriptor', () => {
    const world = worldOf(profile);
    expect(steps(world, info(9))).toEqual(failing('info.fd-closed', 'EBADFD'));
    expect(steps(world, info(0))).toEqual(failing('info.not-an-object', 'EINVAL'));
    expect(steps(world, place, info(3))).toEqual(failing('info.fd-closed', 'EBADFD'));
  });
});
