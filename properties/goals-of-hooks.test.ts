import { describe, expect, it } from 'vitest';
import { infoValue } from '../model/index.ts';
import {
  linkByPinOnly,
  linkDefunct,
  programInLinkOnly,
  programKeptByCgroup,
  programOutlivesEverybody,
} from './goals-of-hooks.ts';
import { done, observe, refused } from './observation.test-data.ts';
import type { ObjectScene, Scene } from './observation.test-data.ts';

const withObject = (object: ObjectScene, more: Scene = {}) =>
  observe({ objects: { 2: object }, ...more });

const ended = (object: ObjectScene, more: Scene = {}) =>
  withObject({ kind: 'program', attachments: 1, ...object }, more);

describe('goals about what outlives every process', () => {
  it('tell the cgroup from the device that keeps a program', () => {
    const [byCgroup, byDevice] = [ended({ hookedBy: 'cgroup' }), ended({ hookedBy: 'device' })];
    expect(programKeptByCgroup.reached(byCgroup)).toBe(true);
    expect(programKeptByCgroup.reached(byDevice)).toBe(false);
    expect(programOutlivesEverybody.reached(byDevice)).toBe(true);
    expect(programOutlivesEverybody.reached(byCgroup)).toBe(false);
  });

  it.each([
    [programKeptByCgroup, 'cgroup'],
    [programOutlivesEverybody, 'device'],
  ] as const)('see no program that a process or an effect may still hold: $id', (goal, by) => {
    expect(goal.reached(ended({ hookedBy: by }, { processes: { 1: {} } }))).toBe(false);
    expect(goal.reached(ended({ hookedBy: by }, { pending: 1 }))).toBe(false);
    expect(goal.reached(ended({ hookedBy: by, alive: false }))).toBe(false);
    expect(goal.reached(ended({ hookedBy: by, kind: 'map' }))).toBe(false);
    expect(goal.reached(ended({}))).toBe(false);
  });
});

describe('goals about links', () => {
  it('see a program that nothing but a link holds', () => {
    const { reached } = programInLinkOnly;
    expect(reached(withObject({ kind: 'program', links: 1 }))).toBe(true);
    expect(reached(withObject({ kind: 'program', links: 1, descriptions: 1 }))).toBe(false);
    expect(reached(withObject({ kind: 'program', attachments: 1 }))).toBe(false);
    expect(reached(withObject({ kind: 'map', links: 1 }))).toBe(false);
    expect(reached(withObject({ kind: 'program', links: 1 }, { pending: 1 }))).toBe(false);
  });

  it('see a link that nothing but its pin holds', () => {
    const { reached } = linkByPinOnly;
    expect(reached(withObject({ kind: 'link', inodes: 1 }))).toBe(true);
    expect(reached(withObject({ kind: 'link', inodes: 1, descriptions: 1 }))).toBe(false);
    expect(reached(withObject({ kind: 'program', inodes: 1 }))).toBe(false);
    expect(reached(withObject({ kind: 'link', inodes: 1 }, { pending: 1 }))).toBe(false);
  });

  it('see a link told to be attached to nothing, and alive', () => {
    const { reachedBy } = linkDefunct;
    const ask = { call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 } as const;
    const told = (state: 'attached' | 'defunct') =>
      done(1, ask, infoValue({ kind: 'link', state }));
    const map = infoValue({ kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 1 });
    const processes = { 1: { fds: { 3: 2 } } };
    const o = withObject({ kind: 'link', descriptions: 1 }, { processes });
    const dead = withObject({ kind: 'link', alive: false }, { processes });
    expect(reachedBy(o, told('defunct'), o)).toBe(true);
    expect(reachedBy(o, told('attached'), o)).toBe(false);
    expect(reachedBy(o, told('defunct'), dead)).toBe(false);
    expect(reachedBy(o, done(1, ask, map), o)).toBe(false);
    expect(reachedBy(o, refused(1, ask), o)).toBe(false);
    expect(reachedBy(o, done(1, { call: 'dup', fd: 3 }, 4), o)).toBe(false);
  });
});
