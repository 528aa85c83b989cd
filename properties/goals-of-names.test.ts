import { describe, expect, it } from 'vitest';
import { statValue } from '../model/index.ts';
import { pinHasTwoNames, pinSeenAlongALink } from './goals-of-names.ts';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { Shown } from './observation.test-data.ts';

const scene = (sees: Readonly<Record<string, Shown>>) => observe({ processes: { 2: { sees } } });
const alongALink = { way: 'along-a-link' } as const;

describe('the goal about two names', () => {
  const { reachedBy } = pinHasTwoNames;
  const stat = { call: 'stat', path: '/a/x' } as const;
  const shows = (kind: 'directory' | 'file', nlink: number) =>
    done(1, stat, statValue({ kind, nlink }));
  const somePin = scene({ '/a/x': pinned(1, 1) });

  it('is reached when stat shows a file of two names, and some pin is seen', () => {
    expect(reachedBy(somePin, shows('file', 2), somePin)).toBe(true);
    expect(reachedBy(somePin, shows('file', 2), scene({ '/a': directory(1) }))).toBe(false);
  });

  it('is not reached by a file of one name, a directory, a failure or another call', () => {
    expect(reachedBy(somePin, shows('file', 1), somePin)).toBe(false);
    expect(reachedBy(somePin, shows('directory', 2), somePin)).toBe(false);
    expect(reachedBy(somePin, refused(1, stat), somePin)).toBe(false);
    const { outcome } = shows('file', 2);
    const get = { ...done(1, { call: 'BPF_OBJ_GET', path: '/a/x' }), outcome };
    expect(reachedBy(somePin, get, somePin)).toBe(false);
  });
});

describe('the goal about symbolic links', () => {
  const { reached } = pinSeenAlongALink;

  it('is reached by a pin along one, at the first path as at the last', () => {
    for (const path of ['/a', '/b/x']) {
      expect(reached(scene({ [path]: { ...pinned(1, 1), ...alongALink } }))).toBe(true);
    }
    const last = observe({
      processes: { 3: { sees: { '/b/x': { ...pinned(1, 1), ...alongALink } } } },
    });
    expect(reached(last)).toBe(true);
  });

  it('is not reached by what is no pin, or along no link', () => {
    expect(reached(scene({ '/a/x': pinned(1, 1) }))).toBe(false);
    const apart = { '/a': { ...directory(1), ...alongALink }, '/a/x': pinned(1, 1) };
    expect(reached(scene(apart))).toBe(false);
  });
});
