import { describe, expect, it } from 'vitest';
import {
  execCloses,
  execKeeps,
  execSparesSharers,
  filterDetached,
  filterHoldsProgram,
  objectInFlightOnly,
  objectReceived,
  streamEnds,
} from './goals-of-holders.ts';
import { done, observe } from './observation.test-data.ts';

const open = observe({ processes: { 1: { fds: { 3: 1 } } }, objects: { 1: { descriptions: 1 } } });
const inFlight = observe({ processes: { 1: {} }, objects: { 1: { descriptions: 1 } } });
const dead = observe({ processes: { 1: {} } });

describe('goals about messages', () => {
  it('see an object that nothing but a message holds', () => {
    expect(objectInFlightOnly.reached(inFlight)).toBe(true);
    expect(objectInFlightOnly.reached(open)).toBe(false);
  });

  it('see an object that is open again because it was received', () => {
    const receive = done(1, { call: 'recvmsg', fd: 4, room: 1, flag: 'none' });
    expect(objectReceived.reachedBy(inFlight, receive, open)).toBe(true);
    expect(objectReceived.reachedBy(open, receive, open)).toBe(false);
    expect(objectReceived.reachedBy(inFlight, done(1, { call: 'close', fd: 4 }), open)).toBe(false);
  });
});

describe('the goal about streams', () => {
  it('sees the end, and takes no message for it', () => {
    const receive = { call: 'recvmsg', fd: 4, room: 1, flag: 'none' } as const;
    expect(streamEnds.reachedBy(open, done(1, receive, 0), open)).toBe(true);
    expect(streamEnds.reachedBy(open, done(1, receive, 1), open)).toBe(false);
    expect(streamEnds.reachedBy(dead, done(1, receive, 0), open)).toBe(false);
  });
});

describe('goals about filters', () => {
  it('see a filter detached', () => {
    const detach = done(1, { call: 'SO_DETACH_FILTER', fd: 3 });
    const objects = { 1: { kind: 'program', attachments: 1 } } as const;
    const [before, after] = [observe({ objects }), observe({ objects, pending: 1 })];
    expect(filterDetached.reachedBy(before, detach, after)).toBe(true);
    expect(filterDetached.reachedBy(before, detach, before)).toBe(false);
    expect(filterDetached.reachedBy(before, detach, observe({ pending: 1 }))).toBe(false);
    expect(filterDetached.reachedBy(before, done(1, { call: 'close', fd: 3 }), after)).toBe(false);
    const elsewhere = { 1: { ...objects[1], hookedBy: 'cgroup' } } as const;
    const onCgroup = observe({ objects: elsewhere, pending: 1 });
    expect(filterDetached.reachedBy(before, detach, onCgroup)).toBe(false);
  });

  it('see a program that only a filter holds, once nothing is outstanding', () => {
    const objects = { 1: { kind: 'program', attachments: 1 } } as const;
    expect(filterHoldsProgram.reached(observe({ objects }))).toBe(true);
    expect(filterHoldsProgram.reached(observe({ objects, pending: 1 }))).toBe(false);
    expect(filterHoldsProgram.reached(open)).toBe(false);
    for (const hookedBy of ['cgroup', 'device'] as const) {
      const elsewhere = { 1: { ...objects[1], hookedBy } };
      expect(filterHoldsProgram.reached(observe({ objects: elsewhere }))).toBe(false);
    }
  });
});

describe('goals about exec', () => {
  const exec = done(1, { call: 'execve' });

  it('see an object die by exec', () => {
    expect(execCloses.reachedBy(open, exec, dead)).toBe(true);
    expect(execCloses.reachedBy(open, exec, open)).toBe(false);
    expect(execCloses.reachedBy(open, done(1, { call: 'close', fd: 3 }), dead)).toBe(false);
  });

  it('see a descriptor that exec leaves open', () => {
    expect(execKeeps.reachedBy(open, exec, open)).toBe(true);
    expect(execKeeps.reachedBy(open, exec, dead)).toBe(false);
    expect(execKeeps.reachedBy(open, done(1, { call: 'close', fd: 4 }), open)).toBe(false);
  });

  it('see that others go on with a table that exec has left', () => {
    const fds = { 3: 1 } as const;
    const objects = { 1: { descriptions: 1 } } as const;
    const shared = observe({ processes: { 1: { fds, files: 1 }, 2: { fds, files: 1 } }, objects });
    const left = observe({ processes: { 1: { files: 2 }, 2: { fds, files: 1 } }, objects });
    const apart = observe({ processes: { 1: { fds }, 2: { fds } }, objects });
    expect(execSparesSharers.reachedBy(shared, exec, left)).toBe(true);
    expect(execSparesSharers.reachedBy(apart, exec, left)).toBe(false);
    expect(execSparesSharers.reachedBy(shared, exec, shared)).toBe(false);
    expect(execSparesSharers.reachedBy(shared, done(1, { call: 'fork' }, 3), left)).toBe(false);
  });
});
