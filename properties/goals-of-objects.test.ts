import { describe, expect, it } from 'vitest';
import {
  mapHeldByProgramOnly,
  mapReleasePending,
  mapReopenedThroughItsPin,
  objectDies,
  pinnedMapOutlivesItsCreator,
  programPinned,
  unlinkedButBound,
} from './goals-of-objects.ts';
import { directory, done, observe, pinned, refused, watch } from './observation.test-data.ts';

const sees = { '/a': directory(1), '/a/x': pinned(1, 1) };
const exit = done(2, { call: 'exit_group' });
const objects = { 1: { inodes: 1 } };

describe('goals about objects', () => {
  it('know a pinned map that outlives the only process that had it open', () => {
    const before = observe({ processes: { 1: { sees }, 2: { sees, fds: { 3: 1 } } }, objects });
    const after = observe({ processes: { 1: { sees } }, objects });
    const { reachedBy } = pinnedMapOutlivesItsCreator;
    expect(reachedBy(before, exit, after)).toBe(true);
    expect(reachedBy(before, done(1, { call: 'kill', pid: 2 }), after)).toBe(true);
    expect(reachedBy(after, exit, after)).toBe(false);
    expect(reachedBy(before, exit, observe({ processes: { 1: {} }, objects }))).toBe(false);
    const open = observe({ processes: { 1: { sees, fds: { 4: 1 } } }, objects });
    expect(reachedBy(before, exit, open)).toBe(false);
    expect(reachedBy(before, done(2, { call: 'close', fd: 3 }), after)).toBe(false);
  });

  it('know a map that is opened again by its pin', () => {
    const before = observe({ processes: { 1: { sees } }, objects });
    const after = observe({ processes: { 1: { sees, fds: { 3: 1 } } }, objects });
    const get = done(1, { call: 'BPF_OBJ_GET', path: '/a/x' }, 3);
    const { reachedBy } = mapReopenedThroughItsPin;
    expect(reachedBy(before, get, after)).toBe(true);
    expect(reachedBy(after, get, after)).toBe(false);
    expect(reachedBy(before, get, before)).toBe(false);
    expect(reachedBy(before, exit, after)).toBe(false);
  });

  it('tell a map that a program holds from one whose release is pending', () => {
    const alone = { objects: { 1: { programs: 1 } } };
    expect(mapHeldByProgramOnly.reached(observe(alone))).toBe(true);
    expect(mapReleasePending.reached(observe(alone))).toBe(false);
    expect(mapHeldByProgramOnly.reached(observe({ ...alone, pending: 1 }))).toBe(false);
    expect(mapReleasePending.reached(observe({ ...alone, pending: 1 }))).toBe(true);
    for (const one of [{ descriptions: 1 }, { inodes: 1 }, { kind: 'program' as const }]) {
      const held = { objects: { 1: { ...one, programs: 1 } } };
      expect(mapHeldByProgramOnly.reached(observe(held))).toBe(false);
      expect(mapReleasePending.reached(observe({ ...held, pending: 1 }))).toBe(false);
    }
  });

  it('know a death by a call that succeeds', () => {
    const close = { call: 'close', fd: 3 } as const;
    const [before, after] = [observe({ objects }), observe({})];
    expect(objectDies.reachedBy(before, done(1, close), after)).toBe(true);
    expect(objectDies.reachedBy(before, refused(1, close), after)).toBe(false);
    expect(objectDies.reachedBy(before, done(1, close), before)).toBe(false);
    expect(objectDies.reachedBy(after, done(1, close), before)).toBe(false);
  });

  it('know a pinned program', () => {
    const shown = { '/a/x': { kind: 'program', instance: 1, object: 2 } } as const;
    expect(programPinned.reached(observe({ processes: { 2: { sees: shown } } }))).toBe(true);
    expect(programPinned.reached(observe({ processes: { 2: { sees } } }))).toBe(false);
  });

  it('know a pin whose inode outlives its name', () => {
    const unlink = { call: 'unlink', path: '/a/x' } as const;
    const { reachedBy } = unlinkedButBound;
    const before = observe({ processes: { 1: { sees } }, objects });
    expect(reachedBy(before, done(1, unlink), observe({ objects }))).toBe(true);
    expect(reachedBy(before, done(1, unlink), observe({ objects: { 1: {} } }))).toBe(false);
    expect(reachedBy(before, refused(1, unlink), before)).toBe(false);
    expect(reachedBy(before, done(1, { ...unlink, path: '/c' }), before)).toBe(false);
    expect(watch.paths).toContain(unlink.path);
  });
});
