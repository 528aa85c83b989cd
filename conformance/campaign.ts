import { declaredBy } from './declared.ts';
import type { Adapter } from '../adapters/contract/index.ts';
import type { CampaignOptions, CampaignResult, PhaseName } from './campaign.types.ts';
import { createCollector } from './collector.ts';
import { collectShares } from './collect-shares.ts';
import type { Players } from './collect-shares.ts';
import { createJudge } from './judge.ts';
import { emptyLedger, notePart, noteRun } from './ledger.ts';
import { observable, showsObjects, standing } from './observable.ts';
import type { Campaign } from './phase.types.ts';
import { confirmSurvivors, playRandomPhase } from './random-phase.ts';
import { judgeRun } from './run.ts';
import type { RunResult } from './run.ts';
import { campaignWatch, setupFor } from './setup.ts';
import { playShortPhase } from './short-phase.ts';
import type { PhaseEnd } from './share.types.ts';
import type { Specification } from './specification.types.ts';
import { verdictOf } from './merge.ts';
import { sortedCounts, tally } from './tally.ts';
import { playTraces } from './trace-phase.ts';

type PhaseOutcome = Pick<PhaseEnd, 'exhaustiveUpTo' | 'survivors'>;

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
  const ledger = emptyLedger();
  const { runs, covered, skipped, inconclusive } = ledger;
  let phase: PhaseName = 'short';
  let ended: CampaignResult['ended'] = 'complete';
  const over = (): boolean => {
    if (options.stop?.() === true) ended = 'stopped';
    return ended === 'stopped';
  };
  const parts = { adapter, setup, specification, watch, stop: over };
  const collector = createCollector(parts, options.shrink ?? 'yes');
  const judge = createJudge(specification, hello, watch, covered);

  function tellProgress(): void {
    const { compared } = ledger;
    const count = runs.traces + runs.short + runs.random;
    options.onProgress?.({ phase, runs: count, compared, deviations: collector.list().length });
  }

  const campaign: Campaign = {
    adapter,
    options,
    world,
    declared: declaredBy(hello, setup),
    sights: showsObjects(hello) ? 'each' : 'none',
    takes: () => true,
    begins: () => undefined,
    skip(reason, calls) {
      tally(skipped, reason, calls);
    },
    async judge(run, scrutiny) {
      const result: RunResult = await judgeRun(adapter, judge, setup, run, scrutiny);
      noteRun(ledger, phase, result);
      await collector.collect(run, result.findings, scrutiny);
      tellProgress();
      return result;
    },
    async confirm(run, scrutiny) {
      const result = await judgeRun(adapter, judge, setup, run, scrutiny);
      await collector.collect(run, result.findings, scrutiny);
      return result;
    },
    over,
  };

  async function playPhase(name: PhaseName): Promise<number> {
    phase = name;
    const { exhaustiveUpTo, survivors } = await (options.players === undefined
      ? playAlone(name)
      : playShared(options.players));
    await confirmSurvivors(campaign, survivors);
    return exhaustiveUpTo;
  }

  async function playAlone(name: PhaseName): Promise<PhaseOutcome> {
    return name === 'short'
      ? { exhaustiveUpTo: await playShortPhase(campaign), survivors: [] }
      : { exhaustiveUpTo: 0, survivors: await playRandomPhase(campaign) };
  }

  async function playShared(players: Players): Promise<PhaseOutcome> {
    const end = await collectShares(players, async (part) => {
      notePart(ledger, phase, part);
      for (const { run, findings, scrutiny } of part.shown) {
        await collector.collect(run, findings, scrutiny);
      }
      tellProgress();
    });
    if (end.ended === 'stopped') ended = 'stopped';
    return end;
  }

  let exhaustiveUpTo = 0;
  if (options.traces === undefined) {
    if (options.phase !== 'random') exhaustiveUpTo = await playPhase('short');
    if (options.phase !== 'short') await playPhase('random');
  } else {
    phase = 'traces';
    await playTraces(campaign, options.traces, specification.attributes);
  }

  const { judged, notObservable } = observable(standing(specification), new Set(hello.observes));
  const deviations = collector.list();
  return {
    verdict: verdictOf(deviations.length, ledger.compared, inconclusive.size),
    profile: specification.profile,
    implementation: { name: hello.name, version: hello.version },
    seed: options.seed,
    runs: { ...runs, traces: options.traces === undefined ? null : runs.traces },
    exhaustiveUpTo,
    compared: ledger.compared,
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
