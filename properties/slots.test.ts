import { describe, expect, it } from 'vitest';
import { done, observe, pinned } from './observation.test-data.ts';
import {
  mapInSlotOnly,
  pinnedArrayHoldsProgram,
  programInSlotOnly,
  slotsStayWhileReachable,
  tailCallFails,
} from './slots.ts';

const close = done(1, { call: 'close', fd: 3 });
const holding = { descriptions: 1, holds: [2] } as const;
const empty = { descriptions: 1, holds: [0] } as const;

describe('slots that stay while the map is reachable', () => {
  const { holds } = slotsStayWhileReachable;
  const open = (array: object) =>
    observe({ processes: { 1: { fds: { 3: 1 } } }, objects: { 1: array, 2: { slots: 1 } } });
  const onlyPinned = (array: object) =>
    observe({
      processes: { 1: { sees: { '/a/x': pinned(1, 1) } } },
      objects: { 1: array, 2: { slots: 1 } },
    });

  it('hold as long as nothing changes', () => {
    expect(holds(open(holding), close, open(holding))).toBe(true);
  });

  it('break when a close empties an array that is open', () => {
    expect(holds(open(holding), close, open(empty))).toBe(false);
  });

  it('break when a close empties an array that is still pinned', () => {
    expect(holds(onlyPinned(holding), close, onlyPinned(empty))).toBe(false);
  });

  it('say nothing of an array that nobody can reach any more', () => {
    const gone = observe({ processes: { 1: {} }, objects: { 1: { ...empty, descriptions: 0 } } });
    expect(holds(open(holding), close, gone)).toBe(true);
  });

  it('say nothing of slots that are not known', () => {
    const unknown = { descriptions: 1, holds: [-1] };
    expect(holds(open(holding), close, open(unknown))).toBe(true);
    expect(holds(open(unknown), close, open(empty))).toBe(true);
  });

  it('let updates and deletions change them', () => {
    const update = done(1, { call: 'BPF_MAP_DELETE_ELEM', fd: 3, key: 0 });
    expect(holds(open(holding), update, open(empty))).toBe(true);
  });
});

describe('goals about slots', () => {
  const inSlot = { slots: 1 } as const;

  it('see a program, or a map, that only a slot holds', () => {
    const program = observe({ objects: { 1: holding, 2: { ...inSlot, kind: 'program' } } });
    const map = observe({ objects: { 1: holding, 2: inSlot } });
    expect(programInSlotOnly.reached(program)).toBe(true);
    expect(programInSlotOnly.reached(map)).toBe(false);
    expect(mapInSlotOnly.reached(map)).toBe(true);
    expect(mapInSlotOnly.reached(program)).toBe(false);
  });

  it('do not take a program for held by its slot only when it is open', () => {
    const both = { ...inSlot, descriptions: 1, kind: 'program' } as const;
    expect(programInSlotOnly.reached(observe({ objects: { 1: holding, 2: both } }))).toBe(false);
  });

  it('see a pinned array that keeps a program', () => {
    const pinnedOnly = observe({
      processes: { 1: { sees: { '/a/x': pinned(1, 1) } } },
      objects: { 1: { inodes: 1, holds: [2] }, 2: { ...inSlot, kind: 'program' } },
    });
    expect(pinnedArrayHoldsProgram.reached(pinnedOnly)).toBe(true);
    const otherPinned = observe({
      processes: { 1: { fds: { 3: 1 }, sees: { '/a/x': pinned(3, 1) } } },
      objects: { 1: holding, 2: { ...inSlot, kind: 'program' }, 3: { inodes: 1 } },
    });
    expect(pinnedArrayHoldsProgram.reached(otherPinned)).toBe(false);
  });

  it('see a tail call that falls through', () => {
    const run = { call: 'BPF_PROG_TEST_RUN', fd: 3 } as const;
    const o = observe({ processes: { 1: {} } });
    expect(tailCallFails.reachedBy(o, done(1, run, 1), o)).toBe(true);
    expect(tailCallFails.reachedBy(o, done(1, run, 0), o)).toBe(false);
    const full = observe({ objects: { 1: holding, 2: inSlot } });
    expect(tailCallFails.reachedBy(full, done(1, run, 1), full)).toBe(false);
  });
});
