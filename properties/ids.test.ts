import { describe, expect, it } from 'vitest';
import { idOpensItsObject, mapOpenedById } from './ids.ts';
import { done, observe, pinned, refused } from './observation.test-data.ts';

const map = (id: number) => ({ call: 'BPF_MAP_GET_FD_BY_ID', id }) as const;
const program = (id: number) => ({ call: 'BPF_PROG_GET_FD_BY_ID', id }) as const;
const objects = { 1: {}, 2: {}, 3: { kind: 'program' } } as const;
const before = observe({ processes: { 1: {} }, objects });
const after = observe({ processes: { 1: { fds: { 3: 1 } } }, objects });

describe('id-opens-its-object', () => {
  const { holds } = idOpensItsObject;

  it('holds where the very object is opened, or nothing', () => {
    expect(holds(before, done(1, map(1), 3), after)).toBe(true);
    expect(holds(before, refused(1, map(9)), before)).toBe(true);
    expect(holds(before, done(1, { call: 'fork' }, 2), before)).toBe(true);
  });

  it('is broken by another object behind the descriptor', () => {
    expect(holds(before, done(1, map(2), 3), after)).toBe(false);
    expect(holds(before, done(1, map(1), 4), after)).toBe(false);
  });

  it('is broken by what is dead, or of the other kind', () => {
    const dead = observe({ processes: { 1: {} }, objects: { 1: { alive: false } } });
    expect(holds(dead, done(1, map(1), 3), after)).toBe(false);
    expect(holds(before, done(1, program(1), 3), after)).toBe(false);
    const opened = observe({ processes: { 1: { fds: { 3: 3 } } }, objects });
    expect(holds(before, done(1, program(3), 3), opened)).toBe(true);
    expect(holds(before, done(1, map(3), 3), opened)).toBe(false);
  });
});

describe('map-opened-by-id', () => {
  const { reachedBy } = mapOpenedById;

  it('is reached by a map that no descriptor and no pin led to', () => {
    expect(reachedBy(before, done(1, map(1), 3), after)).toBe(true);
  });

  it('is not reached by a map that was open or pinned, another call or one that fails', () => {
    const twice = observe({ processes: { 1: { fds: { 3: 1, 4: 1 } } }, objects });
    expect(reachedBy(after, done(1, map(1), 4), twice)).toBe(false);
    const seen = observe({ processes: { 1: { sees: { '/a/x': pinned(1, 1) } } }, objects });
    expect(reachedBy(seen, done(1, map(1), 3), after)).toBe(false);
    expect(reachedBy(before, refused(1, map(1)), before)).toBe(false);
    expect(reachedBy(before, done(1, program(3), 3), after)).toBe(false);
  });
});
