import { describe, expect, it } from 'vitest';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { Scene } from './observation.test-data.ts';
import { getReturnsWhatWasPinned, unlinkSparesOpenDescriptors } from './pinning.ts';

const root = { '/a': directory(1) };
const withPin = { ...root, '/a/x': pinned(1, 1) };
const objects = { 1: { content: 7 }, 2: { content: 8 } };

describe('get-returns-what-was-pinned, for a get', () => {
  const { holds } = getReturnsWhatWasPinned;
  const get = done(1, { call: 'BPF_OBJ_GET', path: '/a/x' }, 4);
  const before = observe({ processes: { 1: { sees: withPin, fds: { 3: 2 } } }, objects });
  const afterwards = (fds: Record<number, number>, more: Scene = { objects }): boolean =>
    holds(before, get, observe({ processes: { 1: { sees: withPin, fds } }, ...more }));

  it('holds when the new descriptor has the object that was at the path', () => {
    expect(afterwards({ 3: 2, 4: 1 })).toBe(true);
  });

  it('breaks when the descriptor has another object, none, or was there before', () => {
    expect(afterwards({ 3: 2, 4: 2 })).toBe(false);
    expect(afterwards({ 3: 2 })).toBe(false);
    const reused = done(1, { call: 'BPF_OBJ_GET', path: '/a/x' }, 3);
    const after = observe({ processes: { 1: { sees: withPin, fds: { 3: 1 } } }, objects });
    expect(holds(before, reused, after)).toBe(false);
  });

  it('breaks when the path showed no pin', () => {
    const none = observe({ processes: { 1: { sees: root } }, objects });
    const after = observe({ processes: { 1: { sees: root, fds: { 4: 1 } } }, objects });
    expect(holds(none, get, after)).toBe(false);
    const atMount = done(1, { call: 'BPF_OBJ_GET', path: '/a' }, 4);
    expect(holds(none, atMount, after)).toBe(false);
    const unwatched = done(1, { call: 'BPF_OBJ_GET', path: '/a/z' }, 4);
    expect(holds(none, unwatched, after)).toBe(true);
  });

  it('breaks when a content changes, unless it cannot be read', () => {
    const content = (value: number): Scene => ({ objects: { ...objects, 1: { content: value } } });
    expect(afterwards({ 3: 2, 4: 1 }, content(0))).toBe(false);
    expect(afterwards({ 3: 2, 4: 1 }, content(-1))).toBe(true);
  });
});

describe('get-returns-what-was-pinned, for a pin', () => {
  const { holds } = getReturnsWhatWasPinned;
  const pin = done(1, { call: 'BPF_OBJ_PIN', path: '/a/./x', fd: 3 });
  const before = observe({ processes: { 1: { sees: root, fds: { 3: 1, 4: 2 } } }, objects });
  const afterwards = (scene: Scene['processes'], content = 7): boolean =>
    holds(
      before,
      pin,
      observe({ processes: scene ?? {}, objects: { ...objects, 1: { content } } }),
    );
  const fds = { 3: 1, 4: 2 };

  it('holds when the path shows the object behind the descriptor', () => {
    expect(afterwards({ 1: { sees: withPin, fds } })).toBe(true);
  });

  it('breaks when the path shows nothing or another object', () => {
    expect(afterwards({ 1: { sees: root, fds } })).toBe(false);
    expect(afterwards({ 1: { sees: { ...root, '/a/x': pinned(2, 1) }, fds } })).toBe(false);
  });

  it('breaks when the descriptor is consumed or a content changes', () => {
    expect(afterwards({ 1: { sees: withPin, fds: { 4: 2 } } })).toBe(false);
    expect(afterwards({ 1: { sees: withPin, fds } }, 0)).toBe(false);
  });

  it('breaks when there is nothing behind the descriptor', () => {
    for (const fd of [0, 5, -1, 6]) {
      const nothing = done(1, { call: 'BPF_OBJ_PIN', path: '/a/x', fd });
      expect(holds(before, nothing, before), String(fd)).toBe(false);
    }
  });

  it('says nothing of failures and of other calls', () => {
    const gone = observe({});
    expect(holds(before, refused(1, { call: 'BPF_OBJ_GET', path: '/a/x' }), gone)).toBe(true);
    expect(holds(before, done(1, { call: 'unshare' }), gone)).toBe(true);
  });
});

describe('unlink-spares-open-descriptors', () => {
  const { holds } = unlinkSparesOpenDescriptors;
  const unlink = done(1, { call: 'unlink', path: '/a/x' });
  const before = observe({
    processes: { 1: { sees: withPin, fds: { 3: 1 } }, 2: { fds: { 4: 1 } } },
    objects,
  });
  const spared = { 1: { sees: root, fds: { 3: 1 } }, 2: { fds: { 4: 1 } } };

  it('holds when descriptors stay and their objects live on', () => {
    expect(holds(before, unlink, observe({ processes: spared, objects: { 1: {} } }))).toBe(true);
  });

  it('breaks when a descriptor goes, or its object dies', () => {
    const lost = observe({ processes: { ...spared, 2: {} }, objects });
    const first = observe({ processes: { ...spared, 1: {} }, objects });
    const gained = observe({ processes: { ...spared, 3: { fds: { 3: 1 } } }, objects });
    const dead = observe({ processes: spared, objects: { 2: {} } });
    const names = { from: '/a/y', to: '/a/x' } as const;
    for (const after of [lost, first, gained, dead]) {
      expect(holds(before, unlink, after)).toBe(false);
      // What was at the new name goes, and the object that had no other.
      expect(holds(before, done(1, { call: 'rename', ...names }), after)).toBe(false);
      const moved = { call: 'renameat2', ...names, flag: 'RENAME_EXCHANGE' } as const;
      expect(holds(before, done(1, moved), after)).toBe(false);
      expect(holds(before, done(2, { call: 'rmdir', path: '/a/y' }), after)).toBe(false);
      expect(holds(before, done(2, { call: 'umount2', target: '/a', flag: 'none' }), after)).toBe(
        false,
      );
    }
  });

  it('says nothing of failures and of calls that take no name away', () => {
    const lost = observe({ processes: { 1: {} } });
    expect(holds(before, refused(1, { call: 'unlink', path: '/a/x' }), lost)).toBe(true);
    expect(holds(before, done(1, { call: 'close', fd: 3 }), lost)).toBe(true);
    expect(holds(before, done(1, { call: 'link', from: '/a/x', to: '/a/y' }), lost)).toBe(true);
  });
});
