import type { World } from '../model/index.ts';
import type { Call, Fd, Pid, Step } from '../model/vocabulary/index.ts';
import { descriptorOf, resultKind, withDescriptor } from './call-facts.ts';
import type { PlannedStep } from './plan.ts';

/**
 * A step whose numbers follow their makers: the step that a descriptor or a process came from, by
 * its place in the original run, or null for a number that no step made.
 */
export interface LinkedStep {
  readonly place: number;
  readonly step: Step;
  readonly callerFrom: number | null;
  /** Where the step that made a descriptor is a dup, what it copied comes next. */
  readonly descriptorFrom: readonly number[];
  readonly victimFrom: number | null;
}

/** Finds out which step each number in a run comes from. */
export function linkRun(run: readonly PlannedStep[]): readonly LinkedStep[] {
  const forks = new Map<Pid, number>();
  const opened = new Map<Pid, Map<Fd, readonly number[]>>();
  return run.map(({ step, outcome }, place) => {
    const own = opened.get(step.pid) ?? new Map<Fd, readonly number[]>();
    opened.set(step.pid, own);
    const fd = descriptorOf(step.call);
    const linked = {
      place,
      step,
      callerFrom: forks.get(step.pid) ?? null,
      descriptorFrom: fd === null ? [] : (own.get(fd) ?? []),
      victimFrom: step.call.call === 'kill' ? (forks.get(step.call.pid) ?? null) : null,
    };
    if (outcome.ok) {
      if (resultKind(step.call.call) === 'descriptor') {
        const copied = step.call.call === 'dup' ? linked.descriptorFrom : [];
        own.set(outcome.value, [place, ...copied]);
      }
      if (step.call.call === 'close') own.delete(step.call.fd);
      if (step.call.call === 'fork') {
        forks.set(outcome.value, place);
        opened.set(outcome.value, new Map(own));
      }
    }
    return linked;
  });
}

/** Linked steps with the numbers that they have in a run of their own. */
export interface Relinked {
  readonly linked: readonly LinkedStep[];
  readonly run: readonly PlannedStep[];
}

/**
 * Plays linked steps on a model and gives every number its new value. Steps of or about processes
 * that are never made, and steps that meet a bound, fall away; a descriptor that is never made keeps
 * its number.
 */
export function relinkRun(world: World, steps: readonly LinkedStep[]): Relinked {
  const values = new Map<number, number>();
  const linked: LinkedStep[] = [];
  const run: PlannedStep[] = [];
  world.reset();
  for (const one of steps) {
    const step = renumbered(one, values);
    if (step === null) continue;
    const result = world.step(step.pid, step.call);
    if (result.kind === 'bound') continue;
    linked.push(one);
    run.push({ step, outcome: result.outcome });
    if (result.outcome.ok) values.set(one.place, result.outcome.value);
  }
  return { linked, run };
}

function renumbered(linked: LinkedStep, values: ReadonlyMap<number, number>): Step | null {
  const { step, callerFrom, descriptorFrom, victimFrom } = linked;
  const pid = callerFrom === null ? step.pid : values.get(callerFrom);
  if (pid === undefined) return null;
  let call: Call = step.call;
  const maker = descriptorFrom.find((place) => values.has(place));
  const fd = maker === undefined ? undefined : values.get(maker);
  if (fd !== undefined) call = withDescriptor(call, fd);
  if (call.call === 'kill' && victimFrom !== null) {
    const victim = values.get(victimFrom);
    if (victim === undefined) return null;
    call = { ...call, pid: victim };
  }
  return { pid, call };
}
