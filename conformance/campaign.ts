import type { Adapter } from '../adapters/contract/index.ts';
import type { CampaignOptions, CampaignResult, PhaseName } from './campaign.types.ts';
import { campaignBase } from './campaign-base.ts';
import { campaignResult } from './campaign-result.ts';
import { createCollector } from './collector.ts';
import { collectShares } from './collect-shares.ts';
import type { Players } from './collect-shares.ts';
import { createJudge } from './judge.ts';
import { createLatencies } from './latencies.ts';
import { emptyLedger, notePart, noteRun } from './ledger.ts';
import type { Campaign } from './phase.types.ts';
import { confirmSurvivors, playRandomPhase } from './random-phase.ts';
import { judgeRun } from './run.ts';
import type { RunResult } from './run.ts';
import { playShortPhase } from './short-phase.ts';
import type { PhaseEnd } from './share.types.ts';
import type { Specification } from './specification.types.ts';
import { playTraces } from './trace-phase.ts';

type PhaseOutcome = Pick<PhaseEnd, 'exhaustiveUpTo' | 'survivors'>;

/**
 * Checks an implementation: first every run over a small alphabet up to some length, then random
 * runs; or the traces that are given. Deterministic for a deterministic adapter.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function check(
  target: Adapter,
  specification: Specification,
  options: CampaignOptions,
): Promise<CampaignResult> {
  const { hello } = target;
  const ledger = emptyLedger();
  const { setup, base } = campaignBase(target, specification, options, ledger.skipped);
  const { adapter } = base;
  const { watch } = setup;
  let phase: PhaseName = 'short';
  let ended: CampaignResult['ended'] = 'complete';
  const over = (): boolean => {
    if (options.stop?.() === true) ended = 'stopped';
    return ended === 'stopped';
  };
  const parts = { adapter, setup, specification, watch, stop: over };
  const collector = createCollector(parts, options.shrink ?? 'yes');
  const judge = createJudge(specification, hello, watch, ledger.covered);

  const latencies = createLatencies(adapter, (release) => options.onRelease?.(release));

  function tellProgress(): void {
    const { compared, runs } = ledger;
    const count = runs.traces + runs.short + runs.random;
    options.onProgress?.({ phase, runs: count, compared, deviations: collector.list().length });
  }

  const campaign: Campaign = {
    ...base,
    async judge(run, scrutiny, played) {
      const result: RunResult = await judgeRun(adapter, judge, setup, run, scrutiny, played);
      noteRun(ledger, phase, result);
      await latencies.take(result);
      await collector.collect(run, result.findings, scrutiny);
      tellProgress();
      return result;
    },
    async confirm(run, scrutiny) {
      const result = await judgeRun(adapter, judge, setup, run, scrutiny);
      await latencies.take(result);
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
      for (const release of part.released) options.onRelease?.(release);
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
  await latencies.look();

  return campaignResult(specification, hello, ledger, {
    of: options.traces === undefined ? 'phases' : 'traces',
    seed: options.seed,
    exhaustiveUpTo,
    deviations: collector.list(),
    ended,
  });
}
