import type { Count } from './campaign.types.ts';

/** Adds to a count. */
export function tally(counts: Map<string, number>, of: string, more = 1): void {
  counts.set(of, (counts.get(of) ?? 0) + more);
}

/** The counts sorted by what is counted, so that results do not depend on what came first. */
export function sortedCounts(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts]
    .map(([of, count]) => ({ of, count }))
    .sort((a, b) => (a.of < b.of ? -1 : a.of > b.of ? 1 : 0));
}
