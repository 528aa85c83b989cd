/** The states that a trace leads the model through. */
import type { InternalAction, World } from '../../model/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import type { Outcome } from '../../model/vocabulary/index.ts';
import { answerText, printStep } from '../../traces/index.ts';
import type { ItfState, TraceEvent } from '../../traces/index.ts';
import { variablesOf } from './observed-variables.ts';

/** What the model does between two calls that no call asks for: more than that is not looked at. */
const mostWays = 4096;

export type ModelStates =
  | { readonly ok: true; readonly states: readonly ItfState[] }
  /** The first call whose recorded outcome the model never gives, by its line. */
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * The initial state, and one after each call and each internal action that an outcome takes. An action
 * is as late as it can be.
 * @param watch the paths whose sights are part of a state.
 */
export function modelStates(
  world: World,
  events: readonly TraceEvent[],
  watch: readonly string[],
): ModelStates {
  const states: ItfState[] = [];
  const note = (action: string): void => {
    states.push({ action, variables: variablesOf(world.observe(watch), watch) });
  };
  world.reset();
  note('init');
  for (const { line, step, outcome } of events) {
    const way = wayTo(world, step, outcome);
    if (way === null) {
      const why =
        outcome === undefined || world.step(step.pid, step.call).kind === 'bound'
          ? 'the model has no answer within its bounds'
          : `the model has no state in which it answers ${answerText(step, outcome)}`;
      return { ok: false, line, message: `${printStep(step)} cannot be exported: ${why}` };
    }
    for (const action of way) {
      world.settle(action);
      note(action.name);
    }
    const result = world.step(step.pid, step.call);
    const answered = result.kind === 'outcome' ? answerText(step, result.outcome) : '?';
    note(`${printStep(step)} = ${answered}`);
  }
  return { ok: true, states };
}

/** The shortest way of internal actions to the outcome; leaves the world where it was. */
function wayTo(
  world: World,
  { pid, call }: TraceEvent['step'],
  outcome: Outcome | undefined,
): readonly InternalAction[] | null {
  const start = world.save();
  const ways: { readonly from: typeof start; readonly taken: readonly InternalAction[] }[] = [
    { from: start, taken: [] },
  ];
  let found: readonly InternalAction[] | null = null;
  for (let at = 0; found === null && at < Math.min(ways.length, mostWays); at++) {
    const { from, taken } = ways[at] ?? { from: start, taken: [] };
    world.load(from);
    const enabled = [...world.pending(), ...world.choices()];
    const result = world.step(pid, call);
    const isIt =
      result.kind === 'outcome' && (outcome === undefined || sameOutcome(result.outcome, outcome));
    if (isIt) found = taken;
    for (const action of isIt ? [] : enabled) {
      world.load(from);
      world.settle(action);
      ways.push({ from: world.save(), taken: [...taken, action] });
    }
  }
  world.load(start);
  return found;
}
