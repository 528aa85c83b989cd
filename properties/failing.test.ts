import { describe, expect, it } from 'vitest';
import { failedCallChangesNothing } from './failing.ts';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { ObjectScene, Scene } from './observation.test-data.ts';

const { holds } = failedCallChangesNothing;
const step = refused(1, { call: 'close', fd: 9 });
const sees = { '/a': directory(1, 1), '/a/x': pinned(1, 1) };
const one: ObjectScene = { descriptions: 1, inodes: 1, content: 4 };
const scene: Scene = {
  processes: { 1: { fds: { 3: 1 }, sees }, 2: { namespace: 2 } },
  objects: { 1: one, 2: { kind: 'program', descriptions: 1 } },
};

const changes = (from: Scene, to: Scene): boolean => !holds(observe(from), step, observe(to));
const withObject = (object: ObjectScene): Scene => ({
  ...scene,
  objects: { ...scene.objects, 1: object },
});

describe('failed-call-changes-nothing', () => {
  it('holds when nothing has changed, and says nothing of success', () => {
    expect(changes(scene, scene)).toBe(false);
    expect(holds(observe(scene), done(1, { call: 'close', fd: 3 }), observe({}))).toBe(true);
  });

  it('breaks for any change of processes, descriptors and paths', () => {
    const { 1: first, 2: second } = { 1: { fds: { 3: 1 }, sees }, 2: { namespace: 2 } };
    const others: Scene['processes'][] = [
      { 1: first },
      { 1: first, 2: second, 3: {} },
      { 1: first, 2: { namespace: 1 } },
      { 1: { ...first, fds: {} }, 2: second },
      { 1: { ...first, fds: { 3: 2 } }, 2: second },
      { 1: { ...first, sees: { ...sees, '/a/y': pinned(1, 1) } }, 2: second },
      { 1: { ...first, sees: { ...sees, '/a/x': directory(1) } }, 2: second },
      { 1: { ...first, sees: { ...sees, '/a/x': pinned(2, 1) } }, 2: second },
      { 1: { ...first, sees: { ...sees, '/a/x': pinned(1, 2) } }, 2: second },
      { 1: { ...first, sees: { ...sees, '/a': directory(1, 2) } }, 2: second },
    ];
    for (const processes of others) {
      expect(changes(scene, { ...scene, processes: processes ?? {} })).toBe(true);
    }
  });

  it('breaks for another table of descriptors, and for another object in a slot', () => {
    const shared = {
      ...scene,
      processes: { 1: { fds: { 3: 1 }, sees, files: 2 }, 2: { namespace: 2 } },
    };
    expect(changes(scene, shared)).toBe(true);
    expect(changes(withObject({ ...one, holds: [2] }), withObject({ ...one, holds: [0] }))).toBe(
      true,
    );
  });

  it('breaks for any change of an object', () => {
    const others: ObjectScene[] = [
      { ...one, content: 5 },
      { ...one, refcnt: 3 },
      { ...one, usercnt: 3 },
      { ...one, kind: 'program', usercnt: 2 },
      { ...one, descriptions: 2, refcnt: 2, usercnt: 2 },
      { ...one, inodes: 0, refcnt: 2, usercnt: 2 },
      { ...one, programs: 1, refcnt: 2 },
      { ...one, alive: false },
    ];
    for (const object of others) {
      expect(changes(scene, withObject(object)), JSON.stringify(object)).toBe(true);
    }
    expect(changes(scene, { ...scene, objects: { ...scene.objects, 3: {} } })).toBe(true);
  });

  it('does not compare what could not be read', () => {
    expect(changes(scene, withObject({ ...one, content: -1 }))).toBe(false);
  });
});

describe('failed-call-changes-nothing, while deferred effects complete', () => {
  const waiting = (object: ObjectScene, pending: number): Scene => ({
    ...scene,
    pending,
    objects: { ...scene.objects, 3: object },
  });
  const released = waiting({ alive: false }, 0);

  it('lets an object die that nothing reachable held', () => {
    expect(changes(waiting({ programs: 1 }, 1), released)).toBe(false);
    expect(changes(waiting({ refcnt: 1 }, 1), released)).toBe(false);
    const unknown = (from: Scene): Scene => ({ ...from, without: ['pending'] });
    expect(changes(unknown(waiting({ programs: 1 }, 0)), unknown(released))).toBe(false);
  });

  it('lets a map that lives on lose the program that held it too', () => {
    const from = waiting({ descriptions: 1, programs: 1 }, 1);
    expect(changes(from, waiting({ descriptions: 1 }, 0))).toBe(false);
    expect(changes(from, waiting({ descriptions: 1, refcnt: 0 }, 0))).toBe(true);
    expect(changes(from, waiting({ descriptions: 0, programs: 0 }, 0))).toBe(true);
    expect(changes(waiting({ descriptions: 1 }, 1), from)).toBe(true);
  });

  it('breaks when nothing was outstanding, or is still so', () => {
    expect(changes(waiting({ programs: 1 }, 0), released)).toBe(true);
    expect(changes(waiting({ programs: 1 }, 1), waiting({ alive: false }, 1))).toBe(true);
  });

  it('breaks when more die than were outstanding, or something new is', () => {
    const from = { ...waiting({ programs: 1 }, 1) };
    const two: Scene = { ...from, objects: { 1: one, 2: { programs: 1 }, 3: { programs: 1 } } };
    expect(changes(two, { ...scene, objects: { 1: one } })).toBe(true);
    expect(changes(scene, { ...scene, pending: 1 })).toBe(true);
  });

  it('breaks when what dies is open, pinned or held by an inode that nobody sees', () => {
    const dead = { ...withObject({ alive: false }), pending: 0 };
    expect(changes({ ...scene, pending: 1 }, dead)).toBe(true);
    const pinnedOnly: Scene = { processes: { 1: { sees } }, without: ['pending', 'holders'] };
    const openOnly: Scene = { processes: { 1: { fds: { 3: 1 } } }, without: ['pending'] };
    for (const held of [pinnedOnly, openOnly]) {
      expect(changes({ ...held, objects: { 1: {} } }, held)).toBe(true);
    }
    expect(changes(waiting({ inodes: 1 }, 1), released)).toBe(true);
    expect(changes(waiting({ descriptions: 1 }, 1), released)).toBe(true);
  });
});
