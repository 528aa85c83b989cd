import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer, Setup } from '../adapters/contract/index.ts';
import { sameOutcome } from '../model/vocabulary/index.ts';
import type { TraceRow } from './deviation.types.ts';
import { withSources } from './finding.ts';
import { createOracle, stateLimit } from './oracle.ts';
import type { Allowed } from './oracle.types.ts';
import type { PlannedStep } from './plan.ts';
import { playRun } from './play.ts';
import type { Specification } from './specification.types.ts';

/**
 * Plays a run once more and says for each step what the model allows and what was answered. Behind
 * a step whose answer is not allowed the model goes on as planned.
 */
export async function allowedRows(
  adapter: Adapter,
  specification: Specification,
  setup: Setup,
  run: readonly PlannedStep[],
): Promise<readonly TraceRow[]> {
  const answers = await answersOf(adapter, setup, run);
  const rows = new Map(specification.rows.map((row) => [row.id, row]));
  return allowedAlong(specification, run, answers).map(({ step, allowed, answer }) => ({
    step,
    allowed: withSources(allowed, rows),
    answer,
  }));
}

/** What a model allows at each step of a run, given the answers so far; nothing from a bound on. */
export function allowedAlong(
  specification: Specification,
  run: readonly PlannedStep[],
  answers: readonly Answer[],
): readonly TraceRow[] {
  const oracle = createOracle(specification.makeWorld(), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  let follows = true;
  return run.map(({ step, outcome }, at) => {
    // Behind a bound the model is in no state that the run could have led to.
    const allowed: readonly Allowed[] = follows ? oracle.allowed(step.pid, step.call) : [];
    follows = allowed.length > 0;
    const answer = answers[at]?.outcome ?? null;
    if (!follows) return { step, allowed, answer };
    const isAllowed = allowed.some((one) => answer !== null && sameOutcome(one.outcome, answer));
    oracle.step(step.pid, step.call, isAllowed && answer !== null ? answer : outcome);
    return { step, allowed, answer };
  });
}

/** The answers to a run; as many as there are if the implementation dies on it. */
async function answersOf(
  adapter: Adapter,
  setup: Setup,
  run: readonly PlannedStep[],
): Promise<readonly Answer[]> {
  try {
    return (await playRun(adapter, setup, run, 'none')).answers;
  } catch (failure) {
    if (failure instanceof AdapterFailure && failure.blame === 'implementation') return [];
    throw failure;
  }
}
