/** What a campaign has come to, by what it has counted and found. */
import type { Hello } from '../adapters/contract/index.ts';
import type { CampaignResult } from './campaign.types.ts';
import type { Ledger } from './ledger.ts';
import { verdictOf } from './merge.ts';
import { observable, standing } from './observable.ts';
import type { Specification } from './specification.types.ts';
import { sortedCounts } from './tally.ts';

interface Found extends Pick<CampaignResult, 'seed' | 'exhaustiveUpTo' | 'deviations' | 'ended'> {
  readonly of: 'traces' | 'phases';
}

export function campaignResult(
  specification: Specification,
  hello: Hello,
  { runs, covered, skipped, inconclusive, compared }: Ledger,
  { of, seed, exhaustiveUpTo, deviations, ended }: Found,
): CampaignResult {
  const { judged, notObservable } = observable(standing(specification), new Set(hello.observes));
  return {
    verdict: verdictOf(deviations.length, compared, inconclusive.size),
    profile: specification.profile,
    implementation: { name: hello.name, version: hello.version },
    seed,
    runs: { ...runs, traces: of === 'phases' ? null : runs.traces },
    exhaustiveUpTo,
    compared,
    skipped: sortedCounts(skipped),
    judgedProperties: judged.map(({ id }) => id),
    notObservable,
    ...(hello.hides === undefined || hello.hides.length === 0 ? {} : { hides: hello.hides }),
    deviations,
    inconclusive: sortedCounts(inconclusive),
    covered: sortedCounts(covered),
    ended,
  };
}
