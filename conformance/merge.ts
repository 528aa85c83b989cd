import type { CampaignResult, Count } from './campaign.types.ts';
import { sortedCounts, tally } from './tally.ts';

/** What a campaign is worth that found so many deviations and met so many bounds. */
export function verdictOf(
  deviations: number,
  compared: number,
  bounds: number,
): CampaignResult['verdict'] {
  if (deviations > 0) return 'deviates';
  return compared === 0 || bounds > 0 ? 'inconclusive' : 'conforms';
}

/**
 * One result of campaigns of the same adapter under the same profile, each in another world. Of a
 * deviation that several show, the trace of the first is kept.
 */
export function mergeCampaigns(
  first: CampaignResult,
  rest: readonly CampaignResult[],
): CampaignResult {
  return rest.reduce(mergeTwo, first);
}

function mergeTwo(a: CampaignResult, b: CampaignResult): CampaignResult {
  const deviations = [
    ...a.deviations.map((one) => {
      const again = b.deviations.find(({ key }) => key === one.key);
      return again === undefined ? one : { ...one, runs: one.runs + again.runs };
    }),
    ...b.deviations.filter(({ key }) => !a.deviations.some((one) => one.key === key)),
  ];
  const compared = a.compared + b.compared;
  const inconclusive = sums(a.inconclusive, b.inconclusive);
  return {
    ...a,
    verdict: verdictOf(deviations.length, compared, inconclusive.length),
    runs: {
      traces: a.runs.traces === null ? b.runs.traces : a.runs.traces + (b.runs.traces ?? 0),
      short: a.runs.short + b.runs.short,
      random: a.runs.random + b.runs.random,
    },
    exhaustiveUpTo: Math.min(a.exhaustiveUpTo, b.exhaustiveUpTo),
    compared,
    skipped: sums(a.skipped, b.skipped),
    deviations,
    inconclusive,
    covered: sums(a.covered, b.covered),
    ended: a.ended === 'stopped' ? 'stopped' : b.ended,
  };
}

function sums(a: readonly Count[], b: readonly Count[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const { of, count } of [...a, ...b]) tally(counts, of, count);
  return sortedCounts(counts);
}
