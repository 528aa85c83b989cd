/** What a search of a scope enumerates. */
import { noMap } from '../calls/objects.ts';
import type { CallRows, Sort } from '../calls/row.ts';
import type { Names } from '../names.ts';
import { hostEntries } from '../state/host.ts';
import { kinds } from '../state/schema.ts';
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
  { bounds, paths, values = [1] }: SearchOptions,
  names: Names,
): readonly number[] {
  const fds = Array.from({ length: bounds.descriptors }, (_, k) => 3 + k);
  const domains: Readonly<Record<Sort, readonly number[]>> = {
    fd: fds,
    'map-fd': [noMap, ...fds],
    path: paths.map((path) => names.pathId(path)),
    pid: Array.from({ length: bounds.processes }, (_, k) => 1 + k),
    key: [names.wordId(0)],
    value: values.map((word) => names.wordId(word)),
    flag: [0, 1],
    type: [kinds.array],
    size: [4],
    entries: [names.wordId(1)],
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
