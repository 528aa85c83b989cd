/** The world in which a probing trace begins, on a kernel with these or those switches. */
import { createWorld } from '../../model/index.ts';
import type { Switches, World } from '../../model/index.ts';
import { callNames, sameOutcome } from '../../model/vocabulary/index.ts';
import type { CallName } from '../../model/vocabulary/index.ts';
import { createOracle, stateLimit } from '../oracle.ts';
import type { Oracle } from '../oracle.types.ts';
import type { Probe } from './survey.types.ts';

export function worldOf({ bounds, host, steps }: Probe, is: Switches): World {
  return createWorld({ switches: is, bounds, host, calls: callsOf(steps) });
}

/** The calls that a trace makes: most of a world is its calls, and hundreds of worlds are made. */
function callsOf(steps: Probe['steps']): readonly CallName[] {
  const names = new Set(steps.map(({ step: { call } }) => call.call));
  // What a raw call of bpf(2) means is one of its commands.
  return callNames.filter(
    (name) => names.has(name) || (names.has('bpf') && name.startsWith('BPF_')),
  );
}

export function oracleOf(probe: Probe, is: Switches): Oracle {
  const oracle = createOracle(worldOf(probe, is), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  return oracle;
}
