import { describe, expect, it } from 'vitest';
import { instancePerMount } from './instances.ts';
import { isolation } from './isolation.ts';
import { directory, done, observe, pinned } from './observation.test-data.ts';
import type { Shown } from './observation.test-data.ts';

type Sees = Readonly<Record<string, Shown>>;

const scene = (sees: Sees) => observe({ processes: { 1: { sees } } });
const along = (shown: Shown): Shown => ({ ...shown, way: 'along-a-link' });

/** A path along a symbolic link leads through other instances than the one that it shows. */
describe('isolation, where a symbolic link is on the way', () => {
  const both: Sees = { '/a': directory(1), '/b': directory(2) };
  const mkdir = done(1, { call: 'mkdir', path: '/a/x' });
  const judge = (from: Sees, to: Sees): boolean =>
    isolation.holds(scene({ ...both, ...from }), mkdir, scene({ ...both, ...to }));

  it('lets a path that led along it show something else', () => {
    expect(judge({ '/b/x': along(pinned(1, 2)) }, {})).toBe(true);
    expect(judge({ '/b/x': pinned(1, 2) }, {})).toBe(false);
  });

  it('lets a path that leads along it now show something else', () => {
    expect(judge({}, { '/b/x': along(pinned(1, 2)) })).toBe(true);
    expect(judge({}, { '/b/x': pinned(1, 2) })).toBe(false);
  });

  it('lets no other path change', () => {
    const [before, after] = [{ '/a/y': along(pinned(1, 1)) }, { '/b/x': pinned(1, 2) }];
    expect(judge(before, { ...before, ...after })).toBe(false);
  });
});

describe('instance-per-mount, where a symbolic link leads to the target', () => {
  const mount = done(1, { call: 'mount', target: '/a' });
  const judge = (from: Sees): boolean => instancePerMount.holds(scene(from), mount, scene(from));

  it('says nothing, since the mount may have covered the way there', () => {
    expect(judge({ '/a': along(directory(1)) })).toBe(true);
    expect(judge({ '/a': directory(1) })).toBe(false);
    expect(judge({ '/a': directory(1), '/b': along(directory(2)) })).toBe(false);
  });
});
