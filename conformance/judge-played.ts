/** Judges runs that were played before, elsewhere: nothing can be asked again. */
import type { Adapter, Hello } from '../adapters/contract/index.ts';
import type { CampaignResult, Count, PhaseName } from './campaign.types.ts';
import { campaignResult } from './campaign-result.ts';
import { declaredBy, whyNotAsked } from './declared.ts';
import { createFiling } from './filing.ts';
import { createJudge } from './judge.ts';
import { emptyLedger, noteRun } from './ledger.ts';
import type { PlannedStep } from './plan.ts';
import type { PlannedRun, RunPlan } from './planned-runs.ts';
import { judgeRun } from './run.ts';
import type { RunResult, Scrutiny } from './run.ts';
import type { Specification } from './specification.types.ts';
import { sortedCounts, tally } from './tally.ts';

/** What was answered to a run: an adapter that says it once more. */
export interface PlayedRun {
  readonly adapter: Adapter;
  /** How many steps were played; behind them was a call that the machine lacks. */
  readonly steps: number;
  /** The objects that its answers named. */
  readonly objects: readonly number[];
}

/** What was answered to the runs of a plan. */
export interface PlayedRuns {
  readonly hello: Hello;
  /** In the order of the plan; shorter where the agent gave up. */
  readonly runs: readonly PlayedRun[];
  /** Objects that were alive when all runs were over and the system had been waited for. */
  readonly survivors: ReadonlySet<number>;
}

export interface PlayedResult {
  readonly campaign: CampaignResult;
  /** Runs in which a check would have looked again, by why. */
  readonly unconfirmed: readonly Count[];
}

const lateOnes = 'an object was still there when nothing held it, and was not waited for';
const probesBehind = 'the calls behind one that deviates were not judged';

/**
 * The verdict on runs that were played before. A deviation has the shortest run that shows it.
 * @throws AdapterFailure for answers that no agent gives.
 */
export async function judgePlayed(
  specification: Specification,
  plan: RunPlan,
  played: PlayedRuns,
  seed: number,
): Promise<PlayedResult> {
  const { hello, survivors } = played;
  const { setup } = plan;
  const declared = declaredBy(hello, setup);
  const ledger = emptyLedger();
  for (const { of, count } of plan.skipped) tally(ledger.skipped, of, count);
  const unconfirmed = new Map<string, number>();
  const judge = createJudge(specification, hello, setup.watch, ledger.covered);
  const filing = createFiling(specification, setup);

  /** The part of a run that was played, and that the machine is to be held to. */
  function playedPart(
    { run, scrutiny }: PlannedRun,
    steps: number,
  ): { readonly run: readonly PlannedStep[]; readonly scrutiny: Scrutiny } {
    const refused = run.findIndex(({ step }) => whyNotAsked(step.call, declared) !== null);
    const at = refused === -1 ? steps : Math.min(refused, steps);
    const next = run[at];
    if (next === undefined) return { run, scrutiny };
    const reason = whyNotAsked(next.step.call, declared) ?? `${next.step.call.call} was not played`;
    tally(ledger.skipped, hello.lacks?.[next.step.call.call] ?? reason, run.length - at);
    const lateAfter = scrutiny.lateAfter > at ? 0 : scrutiny.lateAfter;
    return { run: run.slice(0, at), scrutiny: { ...scrutiny, settle: 'never', lateAfter } };
  }

  function noteUnasked(phase: PhaseName, scrutiny: Scrutiny, result: RunResult): void {
    const { findings, late } = result;
    if (findings.length === 0 && late.length > 0 && scrutiny.settle === 'never') {
      tally(unconfirmed, lateOnes);
    }
    if (phase === 'short' && findings.some(({ kind }) => kind === 'outcome')) {
      tally(unconfirmed, probesBehind);
    }
  }

  for (const [number, planned] of plan.runs.entries()) {
    const one = played.runs[number];
    if (one === undefined) break;
    const { run, scrutiny } = playedPart(planned, one.steps);
    if (run.length === 0) continue;
    const result = await judgeRun(one.adapter, judge, setup, run, scrutiny);
    noteRun(ledger, planned.phase, result);
    noteUnasked(planned.phase, scrutiny, result);
    const survived = suspects(planned.phase, scrutiny, result, one).filter((id) =>
      survivors.has(id),
    );
    filing.file(one.adapter, run, [...result.findings, ...survivals(run, survived)]);
  }

  const unplayed = plan.runs.slice(played.runs.length);
  const deviations = await filing.list();
  return {
    campaign: campaignResult(specification, hello, ledger, {
      of: plan.of,
      seed,
      exhaustiveUpTo: unplayed.some(({ phase }) => phase === 'short') ? 0 : plan.exhaustiveUpTo,
      deviations,
      ended: unplayed.length > 0 ? 'stopped' : 'complete',
    }),
    unconfirmed: sortedCounts(unconfirmed),
  };
}

/** Objects of a run that nothing holds once it is over; of one that was broken off, all. */
function suspects(
  phase: PhaseName,
  { settle }: Scrutiny,
  { findings, unaccounted }: RunResult,
  { objects }: PlayedRun,
): readonly number[] {
  if (findings.some(({ kind }) => kind === 'implementation-died')) return objects;
  return phase === 'random' && findings.length === 0 && settle === 'never' ? unaccounted : [];
}

const survivals = (run: readonly PlannedStep[], ids: readonly number[]) =>
  ids.slice(0, 1).map(() => ({
    kind: 'late-death' as const,
    id: 'quiescence-leaves-nothing',
    at: run.length - 1,
    step: null,
    allowed: [],
    answer: null,
    text: 'an object of the run is alive after the last run of the plan, and nothing holds it',
  }));
