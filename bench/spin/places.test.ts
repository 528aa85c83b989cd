import { describe, expect, it } from 'vitest';
import { judgedScopes } from './judged-scopes.ts';
import { placesOf } from './places.ts';
import type { SpinScope } from './scope.types.ts';

function scopeWith(tree: Pick<SpinScope, 'host' | 'hostFiles' | 'paths'>): SpinScope {
  const [first] = judgedScopes;
  if (first === undefined) throw new Error('There are no scopes.');
  return { ...first.scope, ...tree, profile: 'linux-6.18' };
}

describe('the places of a scope', () => {
  it('walk what lies above an argument, too', () => {
    const { walks, arguments: given } = placesOf(scopeWith({ host: ['/b'], paths: ['/b/x/y'] }));
    expect(walks.map(({ path, parent }) => [path, parent])).toEqual([
      ['/b', null],
      ['/b/x', 0],
      ['/b/x/y', 1],
    ]);
    expect(given).toEqual([2]);
  });

  it('number the dentries of the host above the bounded ones, directories first', () => {
    const places = placesOf(scopeWith({ host: ['/b'], hostFiles: ['/b/f'], paths: ['/b'] }));
    expect(places.host.map(({ dentry, parent }) => [dentry, parent])).toEqual([
      [2, 0],
      [3, 2],
    ]);
    expect(places.lastHostDirectory).toBe(2);
  });

  it.each([['/'], ['b'], ['/b/'], ['/b/../c'], ['/a.b']])('refuse the path %s', (path) => {
    expect(() => placesOf(scopeWith({ host: ['/b'], paths: [path] }))).toThrow(RangeError);
  });

  it('refuse a path that is listed twice and a host entry without its parent', () => {
    expect(() => placesOf(scopeWith({ host: ['/b'], paths: ['/b', '/b'] }))).toThrow('twice');
    expect(() => placesOf(scopeWith({ host: ['/b/c'], paths: ['/b'] }))).toThrow('parent');
  });
});
