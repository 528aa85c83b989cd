/** What a campaign counts. */
import type { PhaseName } from './campaign.types.ts';
import type { RunResult } from './run.ts';
import type { Part } from './share.types.ts';
import { sortedCounts, tally } from './tally.ts';

export interface Ledger {
  readonly runs: Record<PhaseName, number>;
  readonly skipped: Map<string, number>;
  readonly inconclusive: Map<string, number>;
  /** The judge adds to it. */
  readonly covered: Map<string, number>;
  compared: number;
}

export const emptyLedger = (): Ledger => ({
  runs: { traces: 0, short: 0, random: 0 },
  skipped: new Map(),
  inconclusive: new Map(),
  covered: new Map(),
  compared: 0,
});

export function noteRun(ledger: Ledger, phase: PhaseName, result: RunResult): void {
  ledger.runs[phase]++;
  ledger.compared += result.compared;
  if (result.inconclusive !== null) tally(ledger.inconclusive, result.inconclusive);
}

/** Adds what somebody else has counted. */
export function notePart(ledger: Ledger, phase: PhaseName, part: Part): void {
  ledger.runs[phase] += part.runs;
  ledger.compared += part.compared;
  for (const { of, count } of part.skipped) tally(ledger.skipped, of, count);
  for (const { of, count } of part.inconclusive) tally(ledger.inconclusive, of, count);
  for (const { of, count } of part.covered) tally(ledger.covered, of, count);
}

/** What was counted, for somebody else; nothing is counted then. */
export function takePart(
  ledger: Ledger,
  { shown, released }: Pick<Part, 'shown' | 'released'>,
): Part {
  const { runs, skipped, inconclusive, covered, compared } = ledger;
  const part = {
    runs: runs.traces + runs.short + runs.random,
    compared,
    skipped: sortedCounts(skipped),
    inconclusive: sortedCounts(inconclusive),
    covered: sortedCounts(covered),
    shown,
    released,
  };
  Object.assign(runs, emptyLedger().runs);
  for (const counts of [skipped, inconclusive, covered]) counts.clear();
  ledger.compared = 0;
  return part;
}
