/** Plays a share of a campaign's runs, for somebody who collects what they show. */
import type { Adapter } from '../adapters/contract/index.ts';
import type { CampaignOptions, PhaseName } from './campaign.types.ts';
import { campaignBase } from './campaign-base.ts';
import { createJudge } from './judge.ts';
import { createLatencies } from './latencies.ts';
import { emptyLedger, noteRun, takePart } from './ledger.ts';
import type { Campaign } from './phase.types.ts';
import type { PlannedStep } from './plan.ts';
import type { Playback } from './play.ts';
import { playRandomPhase } from './random-phase.ts';
import type { Release } from './releases.ts';
import { judgeRun } from './run.ts';
import type { RunResult, Scrutiny } from './run.ts';
import { blockOf } from './share.types.ts';
import type { PhaseEnd, Share, ShareMessage, Shown } from './share.types.ts';
import { playShortPhase } from './short-phase.ts';
import type { Specification } from './specification.types.ts';

/** The options that say which runs there are, and when to stop. */
export type ShareOptions = Pick<
  CampaignOptions,
  'runs' | 'length' | 'seed' | 'shortRuns' | 'phase' | 'shard' | 'watch' | 'stop'
>;

/**
 * Plays the blocks of a share of each phase and tells of each.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function playShare(
  target: Adapter,
  specification: Specification,
  options: ShareOptions,
  share: Share,
  tell: (message: ShareMessage) => void,
): Promise<void> {
  const ledger = emptyLedger();
  const { setup, base } = campaignBase(target, specification, options, ledger.skipped);
  const { adapter } = base;
  const judge = createJudge(specification, adapter.hello, setup.watch, ledger.covered);
  let phase: PhaseName = 'short';
  let shown: Shown[] = [];
  let released: Release[] = [];
  const latencies = createLatencies(adapter, (release) => released.push(release));
  let block: number | null = null;
  let ended: PhaseEnd['ended'] = 'complete';

  /** A block of ours is over. */
  function tellPart(): void {
    if (block === null) return;
    tell({ kind: 'part', part: takePart(ledger, { shown, released }) });
    shown = [];
    released = [];
  }

  async function judged(
    run: readonly PlannedStep[],
    scrutiny: Scrutiny,
    played?: Promise<Playback>,
  ): Promise<RunResult> {
    const result = await judgeRun(adapter, judge, setup, run, scrutiny, played);
    const { findings } = result;
    if (findings.length > 0) shown.push({ run, findings, scrutiny });
    await latencies.take(result);
    return result;
  }

  const campaign: Campaign = {
    ...base,
    takes: (ordinal) => blockOf(ordinal) % share.of === share.index,
    begins(ordinal) {
      if (block !== blockOf(ordinal)) tellPart();
      block = blockOf(ordinal);
    },
    async judge(run, scrutiny, played) {
      const result = await judged(run, scrutiny, played);
      noteRun(ledger, phase, result);
      return result;
    },
    confirm: (run, scrutiny) => judged(run, scrutiny),
    over() {
      if (options.stop?.() === true) ended = 'stopped';
      return ended === 'stopped';
    },
  };

  async function playPhase(
    name: PhaseName,
    all: () => Promise<Pick<PhaseEnd, 'exhaustiveUpTo' | 'survivors'>>,
  ): Promise<void> {
    phase = name;
    block = null;
    const end = await all();
    await latencies.look();
    tellPart();
    tell({ kind: 'end', end: { phase, ended, ...end } });
  }

  if (options.phase !== 'random') {
    await playPhase('short', async () => ({
      exhaustiveUpTo: await playShortPhase(campaign),
      survivors: [],
    }));
  }
  if (options.phase !== 'short') {
    await playPhase('random', async () => ({
      exhaustiveUpTo: 0,
      survivors: await playRandomPhase(campaign),
    }));
  }
}
