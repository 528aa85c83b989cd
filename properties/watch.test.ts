import { describe, expect, it } from 'vitest';
import { watch } from './observation.test-data.ts';
import { watchedAt, watchedParent, watchPaths } from './watch.ts';

describe('watched paths', () => {
  it('are found however a call spells them', () => {
    for (const path of ['/a/x', '//a///x', '/a/./x', '/b/../a/x', '/a//x', '/../a/x', '/a/x/']) {
      expect(watchedAt(watch, path), path).toBe(1);
    }
  });

  it('are not found where nobody looks', () => {
    for (const path of [null, '', '/', '/..', '/a/z', '/ab', '/a/x/y', 'a/x', 'x', '.']) {
      expect(watchedAt(watch, path), String(path)).toBe(-1);
    }
  });

  it('are left by "..", as long as a text can tell where that leads', () => {
    expect(watchedAt(watch, '/a/..//b')).toBe(3);
    expect(watchedAt(watch, '/../../b/x')).toBe(4);
    expect(watchedAt(watch, '/a/../..')).toBe(-1);
    // Behind /a/y, which may be a symbolic link, ".." is wherever the link leads.
    for (const path of ['/a/y/../x', '/a/y/..', '/a/y/../../b', '/b/x/../../a']) {
      expect(watchedAt(watch, path), path).toBe(-1);
      expect(watchedParent(watch, path), path).toBe(-1);
    }
    expect(watchedParent(watch, '/b/../a/z')).toBe(0);
  });

  it('know their parents, which a path that is not watched may have as well', () => {
    expect(Array.from(watch.parent)).toEqual([-1, 0, 0, -1, 3]);
    expect(watchedParent(watch, '/b/x')).toBe(3);
    expect(watchedParent(watch, '/a//z')).toBe(0);
    expect(watchedParent(watch, '/a')).toBe(-1);
    expect(watchedParent(watch, '/c/z')).toBe(-1);
    expect(watchedParent(watch, null)).toBe(-1);
  });

  it('know what lies strictly below them, by whole names', () => {
    const { below, paths } = watchPaths(['/a', '/a/x', '/ab', '/a/x/y']);
    const pairs = paths.flatMap((upper, at) =>
      paths.filter((_, there) => below[at * paths.length + there] === 1).map((p) => [upper, p]),
    );
    expect(pairs).toEqual([
      ['/a', '/a/x'],
      ['/a', '/a/x/y'],
      ['/a/x', '/a/x/y'],
    ]);
  });

  it('leave the root out, on which a mount cannot be seen', () => {
    const { index, parent } = watchPaths(['/', '/a']);
    expect(index.has('/')).toBe(false);
    expect(Array.from(parent)).toEqual([-1, -1]);
  });
});
