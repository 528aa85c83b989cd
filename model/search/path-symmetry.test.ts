import { describe, expect, it } from 'vitest';
import { hostEntries } from '../state/host.ts';
import {
  exchangeableNames,
  exchangeablePlaces,
  spelledPaths,
  spellingsKept,
} from './path-symmetry.ts';
import type { SearchOptions } from './search-options.types.ts';

type Paths = Pick<SearchOptions, 'paths' | 'targets' | 'odd'>;

const spelled = (options: Paths) => spelledPaths(options as SearchOptions);
const names = (options: Paths): unknown =>
  exchangeableNames(spelled(options), hostEntries(['/a/', '/b/']));
const places = (options: Paths, host = ['/a/', '/b/']): readonly (readonly string[])[] => {
  const entries = hostEntries(host);
  return exchangeablePlaces(spelled(options), entries).map((own) =>
    own.map((k) => entries[k]?.name ?? ''),
  );
};

describe('names in a directory may be exchanged', () => {
  it('if each can be put in the place of the other in every path', () => {
    expect(names({ paths: ['/a', '/a/x', '/a/y'] })).toEqual([['x', 'y']]);
    expect(names({ paths: ['/a/x/x', '/a/x/y', '/a/y/x', '/a/y/y', '/a/x', '/a/y'] })).toEqual([
      ['x', 'y'],
    ]);
  });

  it('but not if one is tried in more ways than the other', () => {
    expect(names({ paths: ['/a/x', '/a/y', '/a/x/y'] })).toEqual([]);
    expect(names({ paths: ['/a/x', '/a/y'], odd: { paths: ['/a/x/'] } })).toEqual([]);
    expect(names({ paths: ['/a/x', '/a/y'], odd: { starts: [{ fd: 3, path: 'x' }] } })).toEqual([]);
  });

  it('but not if a call looks at how they are spelled, or a link leads along one', () => {
    expect(names({ paths: ['/a/x', '/a/.x'] })).toEqual([]);
    expect(names({ paths: ['/a/x', '/a/y'], targets: ['/a/y'] })).toEqual([]);
  });

  it('but not if a host entry has one', () => {
    expect(names({ paths: ['/a/x', '/a/b'] })).toEqual([]);
  });
});

describe('what keeps its spelling', () => {
  const kept = (options: Paths): readonly string[] =>
    spellingsKept(spelled(options), hostEntries(['/a/', '/b/']));

  it('is told where there are several, and not all may be exchanged', () => {
    expect(kept({ paths: ['/a', '/b', '/a/x', '/a/y', '/b/x', '/b/y'] })).toEqual([]);
    expect(kept({ paths: ['/a', '/b', '/a/x', '/b/x'] })).toEqual([]);
    expect(kept({ paths: ['/a', '/b', '/a/x', '/a/y', '/b/x'] })).toEqual([
      'names, which are not all tried alike',
      'places of the host tree, which are not all tried alike',
    ]);
  });
});

describe('places of the host tree may be exchanged', () => {
  it('if that maps the paths to themselves', () => {
    expect(places({ paths: ['/a', '/b', '/a/x', '/b/x'] })).toEqual([['a', 'b']]);
    expect(places({ paths: ['/a', '/b', '/a/x'] })).toEqual([]);
  });

  it('but not if they differ, hold something, or a link leads there', () => {
    expect(places({ paths: ['/a', '/b'] }, ['/a/', '/b'])).toEqual([]);
    expect(places({ paths: ['/a', '/b'] }, ['/a/', '/b/', '/b/c'])).toEqual([]);
    expect(places({ paths: ['/a', '/b'], targets: ['/b'] })).toEqual([]);
  });
});
