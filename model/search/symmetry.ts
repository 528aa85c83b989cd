/**
 * Which rows and names of a scope's states may be permuted, from its schema, its calls and its
 * arguments. A permutation is allowed where the arguments that a search tries are mapped to
 * arguments that it tries, and no call compares what would be permuted with anything else.
 */
import type { Names } from '../names.ts';
import { hostEntries } from '../state/host.ts';
import type { Tables } from '../state/tables.ts';
import {
  exchangeableNames,
  exchangeablePlaces,
  spelledPaths,
  spellingsKept,
} from './path-symmetry.ts';
import type { SearchOptions } from './search-options.types.ts';
import type { Symmetry } from './symmetry.types.ts';

const firstFd = 3;

/** Tables whose rows are constants of the host tree. */
const ofTheHost = ['cgroup', 'qdisc'];

export function symmetryOf(w: Tables, options: SearchOptions, names: Names): Symmetry {
  const paths = spelledPaths(options);
  const entries = hostEntries(options.host);
  const fixed = [
    ...(options.calls.some((call) => call.endsWith('_GET_NEXT_ID')) ? ['object'] : []),
    ...(numberedDescriptors(options) === undefined ? [] : ['descriptor']),
  ];
  const ids = exchangeableNames(paths, entries).map((own) => own.map((name) => names.nameId(name)));
  const rows = exchangeablePlaces(paths, entries).map((own) =>
    own.map((entry) => w.bounds.dentries + 1 + entry),
  );
  return {
    shapes: w.shapes,
    fixed: new Set([...ofTheHost, ...fixed]),
    places: rows.map((own) => ({ table: 'dentry', rows: own })),
    names: ids.map((own) => ({
      ...{ table: 'dentry', column: 'name', within: 'parent' },
      ids: own,
    })),
    restrictions: [
      ...(fixed.includes('object') ? ['objects, as a call asks for the next id'] : []),
      ...(numberedDescriptors(options) ?? []),
      ...spellingsKept(paths, entries),
    ],
  };
}

/** Why descriptors of a process keep their numbers, if they do. */
function numberedDescriptors(options: SearchOptions): readonly string[] | undefined {
  const { bounds, values = [1], odd = {}, paths, targets = [] } = options;
  const own = Array.from({ length: bounds.descriptors }, (_, k) => firstFd + k);
  const isOwn = (fd: number): boolean => own.includes(fd);
  const because = (why: string): readonly string[] => [`descriptors, as ${why}`];
  if ((odd.starts ?? []).some(({ fd }) => isOwn(fd))) return because('a path starts at one');
  if (
    [...paths, ...targets, ...(odd.paths ?? [])].some((path) => path?.startsWith('/proc/self/fd/'))
  ) {
    return because('a path names one');
  }
  const written = [...values, ...(odd.words ?? [])];
  const asValues = own.filter((fd) => written.includes(fd));
  if ((bounds.slots ?? 0) > 0 && asValues.length > 0 && asValues.length < own.length) {
    return because('some are written into maps');
  }
  if ((bounds.slots ?? 0) > 0 && bounds.elements > 0 && asValues.length > 0) {
    return because('maps hold their numbers as words');
  }
  if (options.calls.includes('fcntl') && (odd.fds ?? []).some(isOwn)) {
    return because('one is the lowest that is asked for');
  }
  return undefined;
}
