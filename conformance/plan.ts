import type { World } from '../model/index.ts';
import type { Outcome, Step } from '../model/vocabulary/index.ts';

/** A step and what the model answers to it while no deferred effect takes place. */
export interface PlannedStep {
  readonly step: Step;
  readonly outcome: Outcome;
}

/**
 * Asks the model what steps answer from the initial state on; steps that meet a bound are left out.
 * Leaves the world in the last state.
 */
export function planSteps(world: World, steps: readonly Step[]): readonly PlannedStep[] {
  world.reset();
  return steps.flatMap((step) => {
    const result = world.step(step.pid, step.call);
    return result.kind === 'bound' ? [] : [{ step, outcome: result.outcome }];
  });
}
