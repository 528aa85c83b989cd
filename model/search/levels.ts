/** At which loop of a driver a row stands (docs/decisions/0004). */
import type { RunnableCall, Row } from '../calls/row.ts';

/** What a driver enumerates: the processes, then a domain for each of the call's arguments. */
export type Domains = readonly (readonly number[])[];

/** The function of a row that a driver calls. */
export function functionOf(row: Row): (...args: number[]) => unknown {
  switch (row.kind) {
    case 'find':
      return row.find;
    case 'family':
      return row.any;
    case 'clause':
    case 'bound':
      return row.when;
  }
}

/**
 * The loop level of every row: -1 before all loops, 0 the loop over processes, n that over the n-th
 * argument. A row stands where its last argument is bound, and not above a `find` row whose
 * registers it reads. A check only ever moves outwards, past rows that do not change the state, so
 * the set of calls that succeed is the same.
 */
export function levelsOf(rows: readonly Row[], depth: number): readonly number[] {
  const levels = new Map<Row, number>();
  const finds: Row[] = [];
  for (const row of rows) {
    const own = functionOf(row).length - 1;
    const read = readBy(row, finds).map((find) => levels.get(find) ?? depth);
    levels.set(row, Math.min(depth, Math.max(own, ...read)));
    if (row.kind === 'find') finds.push(row);
  }
  return rows.map((row) => levels.get(row) ?? depth);
}

/** The finds whose registers a row reads, of those that stand before it. */
function readBy({ reads }: Row, before: readonly Row[]): readonly Row[] {
  if (reads === undefined) return before;
  return reads === 'arguments' ? [] : reads;
}

/** The outermost level at which the effect has all it depends on: its arguments and all finds. */
export function effectLevelOf({ rows, effect }: RunnableCall, levels: readonly number[]): number {
  const finds = rows.map((row, index) => (row.kind === 'find' ? (levels[index] ?? 0) : 0));
  return Math.max(0, effect.length - 1, ...finds);
}

/** True for a check of the arguments alone that holds for none of the domains' combinations. */
export function neverHolds(row: Row, domains: Domains): boolean {
  if (row.reads !== 'arguments') return false;
  const holds = functionOf(row);
  const combinations = domains.reduce<readonly (readonly number[])[]>(
    (prefixes, domain) => prefixes.flatMap((prefix) => domain.map((value) => [...prefix, value])),
    [[]],
  );
  return combinations.every((args) => holds(...args) !== true);
}
