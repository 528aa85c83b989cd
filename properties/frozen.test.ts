import { describe, expect, it } from 'vitest';
import { frozenMapReopened, frozenMapsStay } from './frozen.ts';
import { done, observe, pinned, refused } from './observation.test-data.ts';
import type { Observation } from '../model/index.ts';
import type { ObjectScene } from './observation.test-data.ts';

const freeze = { call: 'BPF_MAP_FREEZE', fd: 3 } as const;
const update = {
  call: 'BPF_MAP_UPDATE_ELEM',
  fd: 3,
  key: 0,
  value: 1,
  flag: 'BPF_ANY',
} as const;
const remove = { call: 'BPF_MAP_DELETE_ELEM', fd: 3, key: 0 } as const;

/** Process 1 has the map, as it is told, at descriptor 3. */
const open = (map: ObjectScene): Observation =>
  observe({ processes: { 1: { fds: { 3: 1 } } }, objects: { 1: map } });

const plain: ObjectScene = { content: 5 };
const frozen: ObjectScene = { content: 5, frozen: 1 };

describe('frozen-maps-stay', () => {
  const { holds } = frozenMapsStay;

  it('holds where a map is frozen, read, and refuses to be written', () => {
    expect(holds(open(plain), done(1, freeze), open(frozen))).toBe(true);
    expect(holds(open(frozen), refused(1, update), open(frozen))).toBe(true);
    expect(holds(open(plain), done(1, update), open({ content: 9 }))).toBe(true);
  });

  it('is broken by a call that freezes nothing', () => {
    expect(holds(open(plain), done(1, freeze), open(plain))).toBe(false);
  });

  it('is broken by a frozen map that is written, whether that shows or not', () => {
    expect(holds(open(frozen), done(1, update), open(frozen))).toBe(false);
    expect(holds(open(frozen), done(1, remove), open(frozen))).toBe(false);
    expect(holds(open(frozen), refused(1, update), open({ ...frozen, content: 9 }))).toBe(false);
  });

  it('is broken by a map that thaws', () => {
    expect(holds(open(frozen), refused(1, freeze), open(plain))).toBe(false);
  });

  it('has nothing to say of contents that nobody can read, and of the dead', () => {
    expect(holds(open(frozen), refused(1, update), open({ ...frozen, content: -1 }))).toBe(true);
    const gone = observe({ processes: { 1: {} }, objects: { 1: { alive: false } } });
    expect(holds(open(frozen), done(1, { call: 'close', fd: 3 }), gone)).toBe(true);
  });
});

describe('frozen-map-reopened', () => {
  const { reachedBy } = frozenMapReopened;
  const get = { call: 'BPF_OBJ_GET', path: '/a/x' } as const;
  const sees = { '/a/x': pinned(1, 1) };
  const scene = (map: ObjectScene, fds: Readonly<Record<number, number>>): Observation =>
    observe({ processes: { 1: { sees, fds } }, objects: { 1: map } });

  it('is reached by a get of a frozen map that contains something', () => {
    expect(reachedBy(scene(frozen, {}), done(1, get, 3), scene(frozen, { 3: 1 }))).toBe(true);
  });

  it('is not reached by other maps, other calls, and calls that fail', () => {
    expect(reachedBy(scene(plain, {}), done(1, get, 3), scene(plain, { 3: 1 }))).toBe(false);
    const empty = { ...frozen, content: 0 };
    expect(reachedBy(scene(empty, {}), done(1, get, 3), scene(empty, { 3: 1 }))).toBe(false);
    expect(reachedBy(scene(frozen, {}), refused(1, get), scene(frozen, {}))).toBe(false);
    const dup = { call: 'dup', fd: 3 } as const;
    expect(reachedBy(scene(frozen, { 3: 1 }), done(1, dup, 4), scene(frozen, { 4: 1 }))).toBe(
      false,
    );
  });
});
