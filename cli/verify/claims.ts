/** Properties and goals in the form that the checker asks them in. */
import type { CheckedProperty } from '../../checker/index.ts';
import { internalActions } from '../../model/index.ts';
import { isQuiescent } from '../../properties/index.ts';
import type { Goal, Property, Watch } from '../../properties/index.ts';
import type { CurrentState } from './current-state.ts';

const internal: ReadonlySet<string> = new Set(internalActions);

export function checkedProperty(property: Property, state: CurrentState): CheckedProperty {
  const { id } = property;
  const { now } = state;
  switch (property.kind) {
    case 'always':
      return { kind: 'always', id, holds: () => property.holds(now) };
    case 'leads-to': {
      const { actions } = state.system;
      const helping = actions.map((name) => internal.has(name) || property.helps(name));
      return {
        kind: 'leads-to',
        id,
        arrived: () => property.arrived(now),
        rank: () => property.rank(now),
        helps: (action) => helping[action] === true,
      };
    }
    case 'quiescence':
      return { kind: 'always', id, holds: () => !isQuiescent(now) || property.holds(now) };
    case 'step': {
      const judgesFailures = property.failing !== 'skipped';
      return {
        kind: 'step',
        id,
        failing: property.failing,
        before: state.keep,
        holds() {
          const step = state.step();
          if (step === null) return true;
          if (step.outcome.ok) return property.holds(state.before(), step, now);
          // A state has more than what an observation shows, and none of it may change.
          return (
            !judgesFailures ||
            (state.unchanged() && property.holds(state.before(), step, state.before()))
          );
        },
      };
    }
  }
}

export function checkedGoal(goal: Goal, state: CurrentState, watch: Watch): CheckedProperty {
  const { id } = goal;
  const { now } = state;
  switch (goal.kind) {
    case 'sometimes':
      return { kind: 'sometimes', id, reached: () => goal.reached(now, watch) };
    case 'sometimes-step':
      return {
        kind: 'sometimes-step',
        id,
        before: state.keep,
        reached() {
          const step = state.step();
          return step !== null && step.outcome.ok && goal.reachedBy(state.before(), step, now);
        },
      };
  }
}
