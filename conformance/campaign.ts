import { declaredBy } from './declared.ts';
import type { Adapter } from '../adapters/contract/index.ts';
import type { CampaignOptions, CampaignResult, PhaseName } from './campaign.types.ts';
import { createCollector } from './collector.ts';
import { createJudge } from './judge.ts';
import { observable, showsObjects, standing } from './observable.ts';
import type { Campaign } from './phase.types.ts';
import { playRandomPhase } from './random-phase.ts';
import { judgeRun } from './run.ts';
import type { RunResult } from './run.ts';
import { campaignWatch, setupFor } from './setup.ts';
import { playShortPhase } from './short-phase.ts';
import type { Specification } from './specification.types.ts';
import { verdictOf } from './merge.ts';
import { sortedCounts, tally } from './tally.ts';
import { playTraces } from './trace-phase.ts';

/**
 * Checks an implementation: first every run over a small alphabet up to some length, then random
 * runs; or the traces that are given. Deterministic for a deterministic adapter.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function check(
  adapter: Adapter,
  specification: Specification,
  options: CampaignOptions,
): Promise<CampaignResult> {
  const { hello } = adapter;
  const world = specification.makeWorld();
  const watch = options.watch ?? campaignWatch;
  const setup = setupFor(world, watch);
  const covered = new Map<string, number>();
  const skipped = new Map<string, number>();
  const inconclusive = new Map<string, number>();
  const runs: Record<PhaseName, number> = { traces: 0, short: 0, random: 0 };
  let compared = 0;
  let phase: PhaseName = 'short';
  let ended: CampaignResult['ended'] = 'complete';
  const over = (): boolean => {
    if (options.stop?.() === true) ended = 'stopped';
    return ended === 'stopped';
  };
  const parts = { adapter, setup, specification, watch, stop: over };
  const collector = createCollector(parts, options.shrink ?? 'yes');
  const judge = createJudge(specification, hello, watch, covered);

  const campaign: Campaign = {
    adapter,
    options,
    world,
    declared: declaredBy(hello, setup),
    sights: showsObjects(hello) ? 'each' : 'none',
    skip(reason, calls) {
      tally(skipped, reason, calls);
    },
    async judge(run, scrutiny) {
      const result: RunResult = await judgeRun(adapter, judge, setup, run, scrutiny);
      runs[phase]++;
      compared += result.compared;
      if (result.inconclusive !== null) tally(inconclusive, result.inconclusive);
      await collector.collect(run, result.findings, scrutiny);
      const deviations = collector.list().length;
      options.onProgress?.({
        phase,
        runs: runs.traces + runs.short + runs.random,
        compared,
        deviations,
      });
      return result;
    },
    async confirm(run, scrutiny) {
      const result = await judgeRun(adapter, judge, setup, run, scrutiny);
      await collector.collect(run, result.findings, scrutiny);
      return result;
    },
    over,
  };

  let exhaustiveUpTo = 0;
  if (options.traces === undefined) {
    if (options.phase !== 'random') exhaustiveUpTo = await playShortPhase(campaign);
    phase = 'random';
    if (options.phase !== 'short') await playRandomPhase(campaign);
  } else {
    phase = 'traces';
    await playTraces(campaign, options.traces, specification.attributes);
  }

  const { judged, notObservable } = observable(standing(specification), new Set(hello.observes));
  const deviations = collector.list();
  return {
    verdict: verdictOf(deviations.length, compared, inconclusive.size),
    profile: specification.profile,
    implementation: { name: hello.name, version: hello.version },
    seed: options.seed,
    runs: { ...runs, traces: options.traces === undefined ? null : runs.traces },
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
