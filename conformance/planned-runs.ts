/** The runs of a campaign, without an implementation: those that depend on no answer. */
import type { Adapter, Hello, Setup, Sights } from '../adapters/contract/index.ts';
import { campaignBase } from './campaign-base.ts';
import type { CampaignOptions, Count, PhaseName } from './campaign.types.ts';
import type { Campaign } from './phase.types.ts';
import type { PlannedStep } from './plan.ts';
import { sightsDuring } from './play.ts';
import { playRandomPhase } from './random-phase.ts';
import { nothingCompared } from './run.ts';
import type { Scrutiny } from './run.ts';
import { playShortPhase } from './short-phase.ts';
import type { Specification } from './specification.types.ts';
import { sortedCounts } from './tally.ts';
import { playTraces } from './trace-phase.ts';

/** What of a campaign's options says which runs it has. */
export type PlanOptions = Pick<
  CampaignOptions,
  'runs' | 'length' | 'seed' | 'shortRuns' | 'phase' | 'traces' | 'shard' | 'watch'
>;

/** A run as a campaign plays it. */
export interface PlannedRun {
  readonly phase: PhaseName;
  readonly run: readonly PlannedStep[];
  readonly scrutiny: Scrutiny;
  /** After which steps sights are taken, whatever the scrutiny would like. */
  readonly sights: Sights;
}

/** The runs of a campaign in one world, in their order. */
export interface RunPlan {
  readonly of: 'traces' | 'phases';
  readonly setup: Setup;
  readonly runs: readonly PlannedRun[];
  /** Calls that were left out, by reason. */
  readonly skipped: readonly Count[];
  /** All runs of up to that many calls over the small alphabet are there; 0 if none are. */
  readonly exhaustiveUpTo: number;
}

/** Nobody is there to be asked: the phases ask only about what answers have shown. */
const nobody = (hello: Hello): Adapter => ({
  hello,
  reset: () => undefined,
  play: () => [],
  settle: () => ({ processes: [], objects: [] }),
  alive: () => [],
  close: () => undefined,
});

/**
 * The runs that a campaign with these options plays on an implementation that says this of itself, as far
 * as they depend on no answer. Those that look at something again, and those that make a trace shorter, do.
 */
export async function planRuns(
  hello: Hello,
  specification: Specification,
  options: PlanOptions,
): Promise<RunPlan> {
  const skipped = new Map<string, number>();
  const { setup, base } = campaignBase(nobody(hello), specification, options, skipped);
  const runs: PlannedRun[] = [];
  let phase: PhaseName = 'short';
  const campaign: Campaign = {
    ...base,
    play: (begun) => Promise.resolve(begun.map(() => undefined)),
    judge(run, scrutiny) {
      runs.push({ phase, run, scrutiny, sights: sightsDuring(run, scrutiny.sights) });
      return Promise.resolve(nothingCompared);
    },
    /* c8 ignore next -- nothing was found, so nothing is looked at again */
    confirm: () => Promise.resolve(nothingCompared),
    over: () => false,
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
  const of = options.traces === undefined ? 'phases' : 'traces';
  return { of, setup, runs, skipped: sortedCounts(skipped), exhaustiveUpTo };
}
