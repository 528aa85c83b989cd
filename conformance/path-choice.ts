import type { Path } from '../model/vocabulary/index.ts';
import { isInCgroups } from './host-cgroups.ts';
import type { Prospects } from './prospects.ts';

/** Where a call wants to point. */
export type PathPurpose = 'new-name' | 'pin' | 'directory' | 'mount-point' | 'mounted';

const names = ['x', 'y', 'd'] as const;

/** Paths that lead nowhere, or that a kernel refuses, in the order of preference. */
function oddPaths(directory: string): readonly Path[] {
  return [
    null,
    '',
    '/',
    `${directory}/missing/x`,
    `${directory}/a.b`,
    `${directory}/.x`,
    `${directory}/..`,
    `${directory}/x/`,
    `${directory}/x/x`,
    `${directory}/d/.`,
    `${directory}/d/../y`,
    `/${directory}//x`,
    '/file',
    '/file/x',
    '/missing',
    `${directory}/${'n'.repeat(256)}`,
    `/${'long/'.repeat(820)}x`,
  ];
}

/**
 * A path for a call: usually one that fits the purpose in the run so far, sometimes one that fits
 * another purpose, sometimes an odd one. `place` and `taste` are choices of a run.
 */
export function choosePath(
  purpose: PathPurpose,
  place: number,
  taste: number,
  prospects: Prospects,
  host: readonly string[],
): Path {
  const bases = directoriesToUse(prospects, host);
  const rest = Math.floor(place / bases.length);
  const base = pick(bases, place);
  if (taste % 8 === 7) return pick(oddPaths(base), rest);
  if (taste % 8 === 6) return `${base}/${pick(names, rest)}`;
  switch (purpose) {
    case 'new-name':
      return `${base}/${pick(names, rest)}`;
    case 'pin':
      return pickOr(prospects.pins(), place, `${base}/${pick(names, rest)}`);
    case 'directory':
      return pickOr(prospects.directories(), place, `${base}/${pick(names, rest)}`);
    case 'mount-point':
      return pick(
        [...hostDirectories(host), ...prospects.directories(), ...prospects.pins()],
        place,
      );
    case 'mounted':
      return pickOr(prospects.mounted(), place, base);
  }
}

/** Directories in which names can be made: those on a bpffs, or the host's if there is none. */
function directoriesToUse(prospects: Prospects, host: readonly string[]): readonly string[] {
  const known = [...prospects.mounted(), ...prospects.directories()];
  return known.length > 0 ? known : hostDirectories(host);
}

/** The host's directories that hold no other and are no cgroups, without the "/" at the end; "/" if there is none. */
export function hostDirectories(host: readonly string[]): readonly string[] {
  const directories = host.filter((path) => path.endsWith('/') && !isInCgroups(path));
  const leaves = directories.filter((path) =>
    host.every((other) => other === path || !other.startsWith(path)),
  );
  return leaves.length > 0 ? leaves.map((path) => path.slice(0, -1)) : ['/'];
}

/** The member of a list that a number chooses. @throws if the list is empty. */
export function pick<T>(list: readonly T[], number: number): T {
  const chosen = list[number % list.length];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

function pickOr(list: readonly string[], number: number, otherwise: string): string {
  return list.length > 0 ? pick(list, number) : otherwise;
}
