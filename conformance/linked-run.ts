import type { World } from '../model/index.ts';
import type { Call, Pid, Step } from '../model/vocabulary/index.ts';
import { descriptorsMade, descriptorsOf, resultKind, withDescriptors } from './call-facts.ts';
import type { ValueKind } from './call-facts.ts';
import { createDescriptorTables } from './descriptor-tables.ts';
import { createPlanner } from './plan.ts';
import type { PlannedStep } from './plan.ts';

/** The maker of a descriptor: a step, by its place in the original run, and which of its two. */
export interface Maker {
  readonly place: number;
  readonly at: number;
}

/**
 * A step whose numbers follow their makers: the step that a descriptor or a process came from, by
 * its place in the original run, or null for a number that no step made.
 */
export interface LinkedStep {
  readonly place: number;
  readonly step: Step;
  readonly value: ValueKind;
  readonly callerFrom: number | null;
  /**
   * For each descriptor that the call is given, who made it; where that is a copy, or was received,
   * who made the original comes next.
   */
  readonly descriptorsFrom: readonly (readonly Maker[])[];
  readonly victimFrom: number | null;
}

/** Finds out which step each number in a run comes from. */
export function linkRun(run: readonly PlannedStep[]): readonly LinkedStep[] {
  const children = new Map<Pid, number>();
  const tables = createDescriptorTables<readonly Maker[]>();
  return run.map(({ step, outcome, value = 'word' }, place) => {
    const { pid, call } = step;
    const open = tables.open(pid);
    const linked = {
      place,
      step,
      value,
      callerFrom: children.get(pid) ?? null,
      descriptorsFrom: descriptorsOf(call, value).map((fd) => open.get(fd)?.kept ?? []),
      victimFrom: call.call === 'kill' ? (children.get(call.pid) ?? null) : null,
    };
    if (outcome.ok) {
      tables.note(step, outcome.value, (_, at, copied = []) => [{ place, at }, ...copied]);
      if (resultKind(call) === 'process') children.set(outcome.value, place);
    }
    return linked;
  });
}

/** Linked steps with the numbers that they have in a run of their own. */
export interface Relinked {
  readonly linked: readonly LinkedStep[];
  readonly run: readonly PlannedStep[];
}

/** What steps of a run made, by their places in the original one. */
interface Made {
  readonly descriptors: readonly number[];
  readonly value: number;
}

/**
 * Plays linked steps on a model and gives every number its new value. Steps of or about processes
 * that are never made, and steps that meet a bound, fall away; a descriptor that is never made keeps
 * its number.
 */
export function relinkRun(world: World, steps: readonly LinkedStep[]): Relinked {
  const made = new Map<number, Made>();
  const linked: LinkedStep[] = [];
  const run: PlannedStep[] = [];
  const planner = createPlanner(world);
  world.reset();
  planner.begin([]);
  for (const one of steps) {
    const step = renumbered(one, made);
    if (step === null) continue;
    const planned = planner.take(step);
    if (planned === null) continue;
    linked.push(one);
    run.push(planned);
    if (!planned.outcome.ok) continue;
    const { value } = planned.outcome;
    made.set(one.place, { descriptors: descriptorsMade(step.call, value), value });
  }
  return { linked, run };
}

function renumbered(linked: LinkedStep, made: ReadonlyMap<number, Made>): Step | null {
  const { step, value, callerFrom, descriptorsFrom, victimFrom } = linked;
  const pid = callerFrom === null ? step.pid : made.get(callerFrom)?.value;
  if (pid === undefined) return null;
  const call: Call = withDescriptors(step.call, value, (fd, at) => {
    for (const maker of descriptorsFrom[at] ?? []) {
      const now = made.get(maker.place)?.descriptors[maker.at];
      if (now !== undefined) return now;
    }
    return fd;
  });
  if (call.call !== 'kill' || victimFrom === null) return { pid, call };
  const victim = made.get(victimFrom)?.value;
  return victim === undefined ? null : { pid, call: { ...call, pid: victim } };
}
