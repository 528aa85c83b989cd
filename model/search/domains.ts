/** What a search of a scope enumerates. */
import { fcntlCommands } from '../calls/descriptors.ts';
import { noKey } from '../calls/map-rows.ts';
import { noFd } from '../calls/new-descriptor.ts';
import { isMapOfMaps, mapTypes } from '../calls/objects.ts';
import type { CallRows, Sort } from '../calls/row.ts';
import type { Names } from '../names.ts';
import { hostEntries } from '../state/host.ts';
import { stoppingRow } from '../step.ts';
import type { Domains } from './levels.ts';
import type { SearchOptions } from './search-options.types.ts';

/** Interns what the scope may write into the state first, so that ids stay small. */
export function internScope(
  { paths, host, values = [1] }: SearchOptions,
  names: Names,
): { readonly names: number; readonly words: number } {
  for (const path of paths) names.pathId(path);
  const largestName = names.names() - 1;
  for (const { name } of hostEntries(host)) names.nameId(name);
  const words = [1, ...values].map((word) => names.wordId(word));
  return { names: largestName, words: Math.max(...words) };
}

/** The values that an argument of a sort ranges over. */
export function domainOf(
  sort: Sort,
  { bounds, paths, values = [1], maps = ['BPF_MAP_TYPE_ARRAY'] }: SearchOptions,
  names: Names,
): readonly number[] {
  const fds = Array.from({ length: bounds.descriptors }, (_, k) => 3 + k);
  const domains: Readonly<Record<Sort, readonly number[]>> = {
    fd: fds,
    'maybe-fd': [noFd, ...fds],
    path: paths.map((path) => names.pathId(path)),
    pid: Array.from({ length: bounds.processes }, (_, k) => 1 + k),
    key: [names.wordId(0)],
    value: values.map((word) => names.wordId(word)),
    'maybe-key': [noKey, names.wordId(0)],
    flag: [0, 1],
    'update-flag': [0, 1],
    shape: maps.map((type) =>
      names.shapeId({ kind: mapTypes[type], keySize: 4, valueSize: 4, maxEntries: 1 }),
    ),
    'inner-fd': maps.some((type) => isMapOfMaps(mapTypes[type])) ? [noFd, ...fds] : [noFd],
    'fcntl-command': Object.values(fcntlCommands),
    // The lowest number for F_DUPFD, and whether F_SETFD sets the flag or clears it.
    'fcntl-argument': [0, 1],
    'open-flag': [0, 1, 2],
    room: [0, 1, 2],
    'receive-flag': [0, 1, 2],
  };
  return domains[sort];
}

/** Lists, for a process, the arguments with which a call succeeds, one tuple after another. */
export function succeeding(call: CallRows, domains: Domains): (p: number) => readonly number[] {
  const tuples = domains
    .slice(1)
    .reduce<readonly (readonly number[])[]>(
      (prefixes, domain) => prefixes.flatMap((prefix) => domain.map((value) => [...prefix, value])),
      [[]],
    );
  return (p) => {
    const list: number[] = [];
    for (const tuple of tuples) {
      const [a = 0, b = 0, c = 0, d = 0] = tuple;
      if (stoppingRow(call, p, a, b, c, d) === undefined) list.push(...tuple);
    }
    return list;
  };
}
