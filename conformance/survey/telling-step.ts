/** Where a trace tells kernels apart, found on the model alone. */
import type { Switches, World } from '../../model/index.ts';
import type { Oracle } from '../oracle.types.ts';
import { oracleOf, worldOf } from './probe-world.ts';
import type { Probe } from './survey.types.ts';

/**
 * The first step of a trace, from 0, at which another kernel would not do what this one may do: what
 * it does while no deferred effect takes place, or what the trace records. Infinity if there is none.
 */
export function tellingStep(probe: Probe, kernel: Switches, other: Switches): number {
  // In a long trace nothing is deferred, so that its answers have told already.
  if (probe.length === 'long') return Infinity;
  return Math.min(plannedTells(probe, kernel, other), recordedTells(probe, kernel, other));
}

function plannedTells(probe: Probe, kernel: Switches, other: Switches): number {
  const world = worldOf(probe, kernel);
  world.reset();
  const oracle = oracleOf(probe, other);
  const at = probe.steps.findIndex(({ step: { pid, call } }) => {
    const result = world.step(pid, call);
    // Behind a bound nothing is known, and the same bound is met by the other one.
    if (result.kind === 'bound') return false;
    const { kind } = oracle.step(pid, call, result.outcome);
    return kind === 'deviation' || (probe.by === 'counts' && !hasCountsOf(oracle, world));
  });
  return at === -1 ? Infinity : at;
}

/** Whether the counts of all objects may be these. */
function hasCountsOf(oracle: Oracle, world: World): boolean {
  const counts = world.observe([]).refcnt.join();
  const same = () =>
    oracle.world.observe([]).refcnt.join() === counts ? ('passes' as const) : ('not-yet' as const);
  return oracle.keep(same) !== 'none';
}

function recordedTells(probe: Probe, kernel: Switches, other: Switches): number {
  const isPossible = refusedAt(probe, kernel) === Infinity;
  return isPossible ? refusedAt(probe, other) : Infinity;
}

/** The first recorded outcome that is none of this kernel's; Infinity if all are, or one is missing. */
function refusedAt({ steps, ...probe }: Probe, is: Switches): number {
  if (steps.some(({ outcome }) => outcome === undefined)) return Infinity;
  const oracle = oracleOf({ steps, ...probe }, is);
  const at = steps.findIndex(
    ({ step: { pid, call }, outcome }) =>
      outcome !== undefined && oracle.step(pid, call, outcome).kind === 'deviation',
  );
  return at === -1 ? Infinity : at;
}
