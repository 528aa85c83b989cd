/** Judges runs that were played before, elsewhere: nothing can be asked again. */
import type { Adapter, Hello } from '../adapters/contract/index.ts';
import type { CampaignResult, Count, PhaseName } from './campaign.types.ts';
import { declaredBy, whyNotAsked } from './declared.ts';
import { createFiling } from './filing.ts';
import { createJudge } from './judge.ts';
import { verdictOf } from './merge.ts';
import { observable, standing } from './observable.ts';
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
  const covered = new Map<string, number>();
  const skipped = new Map(plan.skipped.map(({ of, count }) => [of, count]));
  const inconclusive = new Map<string, number>();
  const unconfirmed = new Map<string, number>();
  const runs: Record<PhaseName, number> = { traces: 0, short: 0, random: 0 };
  const judge = createJudge(specification, hello, setup.watch, covered);
  const filing = createFiling(specification, setup);
  let compared = 0;

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
    tally(skipped, hello.lacks?.[next.step.call.call] ?? reason, run.length - at);
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
    runs[planned.phase]++;
    compared += result.compared;
    if (result.inconclusive !== null) tally(inconclusive, result.inconclusive);
    noteUnasked(planned.phase, scrutiny, result);
    const survived =
      planned.phase === 'random' && result.findings.length === 0 && scrutiny.settle === 'never'
        ? result.unaccounted.filter((id) => survivors.has(id))
        : [];
    filing.file(one.adapter, run, [...result.findings, ...survivals(run, survived)]);
  }

  const { judged, notObservable } = observable(standing(specification), new Set(hello.observes));
  const deviations = await filing.list();
  return {
    campaign: {
      verdict: verdictOf(deviations.length, compared, inconclusive.size),
      profile: specification.profile,
      implementation: { name: hello.name, version: hello.version },
      seed,
      runs: { ...runs, traces: plan.of === 'traces' ? runs.traces : null },
      exhaustiveUpTo: plan.exhaustiveUpTo,
      compared,
      skipped: sortedCounts(skipped),
      judgedProperties: judged.map(({ id }) => id),
      notObservable,
      deviations,
      inconclusive: sortedCounts(inconclusive),
      covered: sortedCounts(covered),
      ended: played.runs.length < plan.runs.length ? 'stopped' : 'complete',
    },
    unconfirmed: sortedCounts(unconfirmed),
  };
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
