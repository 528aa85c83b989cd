/** Which names of a scope's paths are the same to every call but for their spelling. */
import type { HostEntry } from '../state/host.ts';
import type { SearchOptions } from './search-options.types.ts';

/** The paths of a scope, as lists of components: those that are arguments, that are watched, that links lead to. */
export interface SpelledPaths {
  readonly tried: readonly string[];
  readonly watched: readonly string[];
  readonly targets: readonly string[];
}

export function spelledPaths({ paths, targets = [], odd = {} }: SearchOptions): SpelledPaths {
  const texts = (odd.paths ?? []).flatMap((path) => (path === null ? [] : [path]));
  const starts = (odd.starts ?? []).map(({ fd, path }) => `${fd}:/${path ?? ''}`);
  return { tried: [...paths, ...texts, ...starts], watched: paths, targets };
}

const plain = /^[a-z]\w*$/;
const components = (path: string): readonly string[] => path.split('/');

/** Whether a list holds every path that comes of exchanging one name for another in one place. */
function isClosed(paths: readonly string[], from: string, to: string): boolean {
  return paths.every((path) => {
    const parts = components(path);
    return parts.every((part, k) => part !== from || paths.includes(parts.with(k, to).join('/')));
  });
}

/** Puts what may be exchanged pairwise into classes; of one there is none. */
function classesOf<T>(
  all: readonly T[],
  alike: (a: T, b: T) => boolean,
): readonly (readonly T[])[] {
  const classes: T[][] = [];
  for (const one of all) {
    const own = classes.find(([first]) => first !== undefined && alike(first, one));
    if (own === undefined) classes.push([one]);
    else own.push(one);
  }
  return classes.filter(({ length }) => length > 1);
}

/**
 * Names that may be exchanged in any one directory of an instance and not in others: no host entry has
 * them, no link leads along them, and each can be put in the place of another in every path.
 */
export function exchangeableNames(
  { tried, watched, targets }: SpelledPaths,
  entries: readonly HostEntry[],
): readonly (readonly string[])[] {
  const led = new Set(targets.flatMap(components));
  const names = ownNames(tried, entries).filter((name) => plain.test(name) && !led.has(name));
  const alike = (a: string, b: string): boolean =>
    [tried, watched].every((paths) => isClosed(paths, a, b) && isClosed(paths, b, a));
  return classesOf(names, alike);
}

/** The names that paths have for what is no host entry, dots aside. */
const ownNames = (tried: readonly string[], entries: readonly HostEntry[]): readonly string[] => {
  const known = new Set(['', '.', '..', ...entries.map(({ name }) => name)]);
  return [...new Set(tried.flatMap(components))].filter(
    (name) => !known.has(name) && !name.endsWith(':'),
  );
};

/** Names, and places in the root of the host tree, that keep their spelling although there are several. */
export function spellingsKept(
  paths: SpelledPaths,
  entries: readonly HostEntry[],
): readonly string[] {
  const names = ownNames(paths.tried, entries);
  const places = entries.flatMap(({ parent, name }, k) => (k > 0 && parent === 0 ? [name] : []));
  const exchanged = exchangeableNames(paths, entries).flat();
  const moved = exchangeablePlaces(paths, entries).flat();
  return [
    ...(names.length > 1 && exchanged.length < names.length
      ? ['names, which are not all tried alike']
      : []),
    ...(places.length > 1 && moved.length < places.length
      ? ['places of the host tree, which are not all tried alike']
      : []),
  ];
}

/**
 * Host entries, by their place in the list, that may be exchanged: empty ones of one kind in the root,
 * whose names stand first in paths only.
 */
export function exchangeablePlaces(
  { tried, watched, targets }: SpelledPaths,
  entries: readonly HostEntry[],
): readonly (readonly number[])[] {
  const all = [...tried, ...targets];
  const inRoot = entries.flatMap(({ parent, name }, k) => {
    const isEmpty = k > 0 && parent === 0 && !entries.some((other) => other.parent === k);
    const isFirst = all.every((path) =>
      components(path).every(
        (part, place) => part !== name || (place === 1 && path.startsWith('/')),
      ),
    );
    return isEmpty && isFirst && !targets.some((path) => components(path).includes(name))
      ? [k]
      : [];
  });
  const nameOf = (k: number): string => entries[k]?.name ?? '';
  const swapped = (path: string, a: string, b: string): string =>
    components(path)
      .map((part) => (part === a ? b : part === b ? a : part))
      .join('/');
  return classesOf(inRoot, (a, b) => {
    if (entries[a]?.kind !== entries[b]?.kind) return false;
    return [tried, watched].every((paths) =>
      paths.every((path) => paths.includes(swapped(path, nameOf(a), nameOf(b)))),
    );
  });
}
