import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Setup } from '../adapters/contract/index.ts';
import type { Outcome, Step } from '../model/vocabulary/index.ts';
import { sameOutcome, succeed } from '../model/vocabulary/index.ts';
import { allowedAlong } from './allowed-rows.ts';
import { withSources } from './finding.ts';
import type { AllowedOutcome } from './finding.ts';
import { createOracle, stateLimit } from './oracle.ts';
import type { PlannedStep } from './plan.ts';
import { playRun } from './play.ts';
import { setupFor } from './setup.ts';
import type { Specification } from './specification.types.ts';

/** A step of a trace, with its outcome if it was recorded. */
export interface RecordedStep {
  readonly step: Step;
  readonly outcome?: Outcome;
}

/** Something to replay a trace on. */
export interface ReplayTarget {
  readonly name: string;
  readonly adapter: Adapter;
}

/** A step as everybody answers it. */
export interface ReplayRow {
  readonly step: Step;
  readonly recorded: Outcome | null;
  /** Empty where the model meets a bound. */
  readonly allowed: readonly AllowedOutcome[];
  /** In the order of the targets; null if there was no answer. */
  readonly answers: readonly (Outcome | null)[];
}

/** Whether a row of outcomes is one that the model allows. */
export interface ReplayVerdict {
  /** The target, or `trace` for the outcomes that were recorded. */
  readonly of: string;
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive';
  /** The step at which it was decided, from 0; null if every step conforms. */
  readonly at: number | null;
  /** The bound that was met, why the implementation died, or nothing. */
  readonly reason: string;
}

export interface ReplayResult {
  readonly rows: readonly ReplayRow[];
  /** The trace first, if it has outcomes, then the targets in their order. */
  readonly verdicts: readonly ReplayVerdict[];
}

/** The answers of a target, and why they end before the run does. */
interface Played {
  readonly answers: readonly Outcome[];
  readonly death: string;
}

/**
 * Replays a trace on the model and on targets, side by side. Outcomes that are not recorded are
 * taken as whatever the model answers.
 * @throws AdapterFailure if our own side of an adapter fails.
 */
export async function replay(
  specification: Specification,
  recorded: readonly RecordedStep[],
  targets: readonly ReplayTarget[],
  watch: readonly string[],
): Promise<ReplayResult> {
  const world = specification.makeWorld();
  world.reset();
  const run = recorded.map(({ step, outcome }): PlannedStep => {
    const result = world.step(step.pid, step.call);
    const planned = result.kind === 'bound' ? (outcome ?? succeed(0)) : result.outcome;
    return { step, outcome: planned };
  });
  const setup = setupFor(world, watch);
  const played: Played[] = [];
  for (const { adapter } of targets) played.push(await play(adapter, setup, run));

  const sources = new Map(specification.rows.map((row) => [row.id, row]));
  const told = recorded.map(({ outcome }, at) => outcome ?? run[at]?.outcome ?? succeed(0));
  const rows = allowedAlong(
    specification,
    run,
    told.map((outcome) => ({ outcome })),
  ).map(({ step, allowed }, at) => ({
    step,
    recorded: recorded[at]?.outcome ?? null,
    allowed: withSources(allowed, sources),
    answers: played.map(({ answers }) => answers[at] ?? null),
  }));
  const hasOutcomes = recorded.some(({ outcome }) => outcome !== undefined);
  return {
    rows,
    verdicts: [
      ...(hasOutcomes
        ? [verdictOn('trace', specification, run, { answers: told, death: '' })]
        : []),
      ...played.map((one, at) => verdictOn(targets[at]?.name ?? '', specification, run, one)),
    ],
  };
}

function verdictOn(
  of: string,
  specification: Specification,
  run: readonly PlannedStep[],
  { answers, death }: Played,
): ReplayVerdict {
  const oracle = createOracle(specification.makeWorld(), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  for (const [at, { step }] of run.entries()) {
    const answer = answers[at];
    if (answer === undefined) return { of, verdict: 'deviates', at, reason: death };
    const verdict = oracle.step(step.pid, step.call, answer);
    if (verdict.kind === 'deviation') return { of, verdict: 'deviates', at, reason: '' };
    if (verdict.kind === 'inconclusive') {
      return { of, verdict: 'inconclusive', at, reason: verdict.reason };
    }
  }
  return { of, verdict: 'conforms', at: null, reason: '' };
}

async function play(adapter: Adapter, setup: Setup, run: readonly PlannedStep[]): Promise<Played> {
  try {
    const { answers } = await playRun(adapter, setup, run, 'none');
    return { answers: answers.map(({ outcome }) => outcome), death: '' };
  } catch (failure) {
    if (!(failure instanceof AdapterFailure) || failure.blame === 'harness') throw failure;
    return { answers: [], death: failure.message };
  }
}
