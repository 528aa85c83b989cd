/** The kernels that a target may be: what the model with these or those switches makes of a trace. */
import type { Switches, World } from '../../model/index.ts';
import { propertiesFor } from '../../properties/index.ts';
import type { Property } from '../../properties/index.ts';
import { planRecorded } from '../plan.ts';
import type { PlannedStep } from '../plan.ts';
import type { Specification } from '../specification.types.ts';
import { worldOf } from './probe-world.ts';
import type { Probe } from './survey.types.ts';
import { tellingStep } from './telling-step.ts';

/** What models of kernels make of traces. It takes long to find out, and is kept for the next target. */
export interface Kernels {
  /** A specification over the world of the trace. */
  specification(probe: Probe, is: Switches): Specification;
  /** The steps of a trace, and what the model answers to them while no deferred effect takes place. */
  plan(probe: Probe, is: Switches): readonly PlannedStep[];
  /** The first step, from 0, that tells one kernel from another one (`tellingStep`). */
  telling(probe: Probe, kernel: Switches, other: Switches): number;
}

/** Tells kernels apart in the keys of what is remembered of them. */
export const nameOf = (is: Switches): string => Object.values(is).join(' ');

export function createKernels(): Kernels {
  const properties = createMemory<readonly Property[]>();
  const plans = createMemory<readonly PlannedStep[]>();
  const tellings = createMemory<number>();
  return {
    specification: (probe, is) => ({
      profile: nameOf(is),
      instance: is.instance,
      attributes: is.attributes,
      makeWorld: () => worldOf(probe, is),
      // A survey names no sources, and the rows of hundreds of kernels take long to list.
      rows: [],
      properties: properties(nameOf(is), () => propertiesFor(is)),
    }),
    plan: (probe, is) => plans(`${probe.name} ${nameOf(is)}`, () => planOf(probe, is)),
    telling(probe, kernel, other) {
      const key = `${probe.name} ${nameOf(kernel)} ${nameOf(other)}`;
      return tellings(key, () => tellingStep(probe, kernel, other));
    },
  };
}

function createMemory<Value>(): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
}

function planOf(probe: Probe, is: Switches): readonly PlannedStep[] {
  const world = worldOf(probe, is);
  if (probe.length === 'long') return planLong(probe, world);
  return planRecorded(
    world,
    probe.steps.map(({ step }) => ({ step })),
  );
}

/** The same without asking the world what each update writes: that a long trace says itself. */
function planLong({ steps }: Probe, world: World): readonly PlannedStep[] {
  world.reset();
  return steps.flatMap(({ step, value = 'word' }): readonly PlannedStep[] => {
    const result = world.step(step.pid, step.call);
    return result.kind === 'bound' ? [] : [{ step, outcome: result.outcome, value }];
  });
}
