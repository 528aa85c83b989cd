/** The kernels that a target may be: what the model with these or those switches makes of a trace. */
import type { Switches, World } from '../../model/index.ts';
import { propertiesFor } from '../../properties/index.ts';
import { planRecorded } from '../plan.ts';
import type { PlannedStep } from '../plan.ts';
import type { Specification } from '../specification.types.ts';
import { createKernelMemory } from './kernel-memory.ts';
import type { ProbePlays } from './probe-plays.ts';
import { verdictOn } from './probe-verdict.ts';
import type { JudgedHello, ProbeVerdict } from './probe-verdict.ts';
import { worldOf } from './probe-world.ts';
import type { Probe } from './survey.types.ts';
import { tellingStep } from './telling-step.ts';

/** What models of kernels make of traces. It takes long to find out, and is kept for the next target. */
export interface Kernels {
  /** The steps of a trace, and what the model answers to them while no deferred effect takes place. */
  plan(probe: Probe, is: Switches): readonly PlannedStep[];
  /** Whether a target may have these switches that answered a short trace so. */
  verdict(probe: Probe, is: Switches, played: ProbePlays, hello: JudgedHello): ProbeVerdict;
  /** The first step, from 0, that tells one kernel from another one (`tellingStep`). */
  telling(probe: Probe, kernel: Switches, other: Switches): number;
}

export function createKernels(): Kernels {
  const plans = createKernelMemory<readonly PlannedStep[]>();
  const verdicts = createKernelMemory<ProbeVerdict>();
  const tellings = createKernelMemory<number>();
  return {
    plan: (probe, is) => plans(probe.name, (kernel) => planOf(probe, kernel), is),
    verdict(probe, is, { plays, missing }, hello) {
      // Plays that are the same say the same, whichever target it was.
      const distinct = new Map(plays.map((answers) => [JSON.stringify(answers), answers]));
      const { observes, identities, hides } = hello;
      const shown = JSON.stringify({ observes, identities, hides });
      const key = [probe.name, missing, shown, ...distinct.keys()].join('\n');
      const played = { plays: [...distinct.values()], missing };
      const make = (kernel: Switches) =>
        verdictOn(probe, played, specificationOf(probe, kernel), hello);
      return verdicts(key, make, is);
    },
    telling: (probe, kernel, other) =>
      tellings(probe.name, (one, two) => tellingStep(probe, one, two), kernel, other),
  };
}

/** A specification over the world of the trace. */
const specificationOf = (probe: Probe, is: Switches): Specification => ({
  // Nobody asks who it is: a name would be that of all the kernels which come to the same.
  profile: '',
  instance: is.instance,
  attributes: is.attributes,
  makeWorld: () => worldOf(probe, is),
  // A survey names no sources, and the rows of hundreds of kernels take long to list.
  rows: [],
  // Properties are about sights: a trace that is played for its answers comes without.
  properties: probe.by === 'counts' ? propertiesFor(is) : [],
});

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
