import { describe, expect, it } from 'vitest';
import { aliveIffHeld, refcntEqualsHolders } from './counts.ts';
import { directory, observe, pinned } from './observation.test-data.ts';
import type { ObjectScene, Scene } from './observation.test-data.ts';

describe('refcount-equals-holders', () => {
  const holds = (one: ObjectScene, pending = 0): boolean =>
    refcntEqualsHolders.holds(observe({ objects: { 1: one }, pending }));
  const map = { descriptions: 2, inodes: 1, programs: 1 } as const;
  const program = { kind: 'program', descriptions: 1, inodes: 1 } as const;

  it('holds when the counts are those of the holders', () => {
    expect(holds(map)).toBe(true);
    expect(holds(program)).toBe(true);
    expect(holds({ alive: false })).toBe(true);
  });

  it('breaks when refcnt is one off in either direction', () => {
    for (const refcnt of [3, 5]) {
      expect(holds({ ...map, refcnt }), String(refcnt)).toBe(false);
    }
    expect(holds({ ...program, refcnt: 1 })).toBe(false);
    expect(holds({ ...program, refcnt: 3 }, 1)).toBe(false);
  });

  it('breaks when usercnt counts a program as a user, misses a user, or a program has users', () => {
    for (const usercnt of [2, 4]) {
      expect(holds({ ...map, usercnt }), String(usercnt)).toBe(false);
    }
    expect(holds({ ...program, usercnt: 2 })).toBe(false);
  });

  it('lets an outstanding release stand for one reference to a map, found as a holder or not', () => {
    expect(holds({ programs: 1 }, 1)).toBe(true);
    expect(holds({ programs: 0, refcnt: 1 }, 1)).toBe(true);
    expect(holds({ programs: 0, refcnt: 2 }, 1)).toBe(false);
    const two = { programs: 0, refcnt: 1 };
    expect(refcntEqualsHolders.holds(observe({ objects: { 1: two, 2: two }, pending: 1 }))).toBe(
      false,
    );
  });

  it('breaks when something that is gone is still held', () => {
    expect(holds({ alive: false, inodes: 1, refcnt: 0, usercnt: 0 })).toBe(false);
  });
});

describe('alive-iff-held', () => {
  const holds = (scene: Scene): boolean => aliveIffHeld.holds(observe(scene));
  const visible = {
    processes: { 1: { fds: { 3: 1 }, sees: { '/a': directory(1), '/a/x': pinned(2, 1) } } },
  } as const;

  it('holds when all that is open or pinned is alive and nothing else is', () => {
    expect(holds({ ...visible, objects: { 1: { descriptions: 1 }, 2: { inodes: 1 } } })).toBe(true);
    expect(holds({})).toBe(true);
  });

  it('breaks when an object dies behind a descriptor or a pin, even where holders are unknown', () => {
    for (const without of [[], ['holders', 'pending', 'counts']] as const) {
      expect(holds({ ...visible, without, objects: { 2: { inodes: 1 } } })).toBe(false);
      expect(holds({ ...visible, without, objects: { 1: { descriptions: 1 } } })).toBe(false);
    }
  });

  it('breaks when an object lives that nothing holds', () => {
    expect(holds({ objects: { 1: {} } })).toBe(false);
    expect(holds({ objects: { 1: { kind: 'program' } } })).toBe(false);
  });

  it('breaks when an object is gone that something holds', () => {
    for (const held of [{ descriptions: 1 }, { inodes: 1 }, { programs: 1 }]) {
      expect(holds({ objects: { 1: { ...held, alive: false } } })).toBe(false);
      expect(holds({ objects: { 3: { ...held, alive: false } } })).toBe(false);
    }
  });

  it('lets a map live by a program, and by an outstanding release', () => {
    expect(holds({ objects: { 1: { programs: 1 } } })).toBe(true);
    expect(holds({ objects: { 1: {} }, pending: 1 })).toBe(true);
    expect(holds({ objects: { 1: {}, 2: {} }, pending: 1 })).toBe(false);
    expect(holds({ objects: { 1: { kind: 'program' } }, pending: 1 })).toBe(false);
  });

  it('does not judge the life of what nobody sees where holders or releases are unknown', () => {
    expect(holds({ objects: { 1: {} }, without: ['holders'] })).toBe(true);
    expect(holds({ objects: { 1: {} }, without: ['pending'] })).toBe(true);
  });
});
