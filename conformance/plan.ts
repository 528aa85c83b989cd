import type { World } from '../model/index.ts';
import { succeed } from '../model/vocabulary/index.ts';
import type { Outcome, Step } from '../model/vocabulary/index.ts';
import { createsObject, makesMapOfObjects } from './call-facts.ts';
import type { ValueKind } from './call-facts.ts';
import { plainOf } from './raw-calls.ts';
import type { RecordedStep } from './replay.types.ts';

/** A step and what the model answers to it while no deferred effect takes place. */
export interface PlannedStep {
  readonly step: Step;
  readonly outcome: Outcome;
  /** What an update writes; a word if absent. */
  readonly value?: ValueKind;
}

/** Plans the steps of a run one by one, in a world that nobody else steps meanwhile. */
export interface Planner {
  /** Begins a run in the world's current state, behind the steps that led there. */
  begin(before: readonly PlannedStep[]): void;
  /** Takes a step in the world; null if it meets a bound. */
  take(step: Step): PlannedStep | null;
}

export function createPlanner(world: World): Planner {
  let made = 0;
  let mapsOfObjects = new Set<number>();

  function noteMade({ step, outcome }: PlannedStep): void {
    if (!outcome.ok || !createsObject(step.call)) return;
    // The model numbers objects in the order of their creation.
    made++;
    if (makesMapOfObjects(plainOf(step.call))) mapsOfObjects.add(made);
  }

  function valueKind({ pid, call: asked }: Step): ValueKind {
    const call = plainOf(asked);
    if (call.call !== 'BPF_MAP_UPDATE_ELEM' || mapsOfObjects.size === 0) return 'word';
    if (call.fd < 0 || call.fd >= world.bounds.descriptors + 3) return 'word';
    return mapsOfObjects.has(world.objectBehind(pid, call.fd)) ? 'descriptor' : 'word';
  }

  return {
    begin(before) {
      made = 0;
      mapsOfObjects = new Set();
      before.forEach(noteMade);
    },
    take(step) {
      const value = valueKind(step);
      const result = world.step(step.pid, step.call);
      if (result.kind === 'bound') return null;
      const { outcome } = result;
      const planned = value === 'word' ? { step, outcome } : { step, outcome, value };
      noteMade(planned);
      return planned;
    },
  };
}

/**
 * Asks the model what the steps of a trace answer from the initial state on. Where it meets a bound, the
 * recorded outcome stands for the answer.
 */
export function planRecorded(
  world: World,
  recorded: readonly RecordedStep[],
): readonly PlannedStep[] {
  const planner = createPlanner(world);
  world.reset();
  planner.begin([]);
  return recorded.map(
    ({ step, outcome }): PlannedStep =>
      planner.take(step) ?? { step, outcome: outcome ?? succeed(0) },
  );
}

/**
 * Asks the model what steps answer from the initial state on; steps that meet a bound are left out.
 * Leaves the world in the last state.
 */
export function planSteps(world: World, steps: readonly Step[]): readonly PlannedStep[] {
  const planner = createPlanner(world);
  world.reset();
  planner.begin([]);
  return steps.flatMap((step) => planner.take(step) ?? []);
}
