/** The world in which a probing trace begins, on a kernel with these or those switches. */
import { createWorld } from '../../model/index.ts';
import type { Switches, World } from '../../model/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import { createOracle, stateLimit } from '../oracle.ts';
import type { Oracle } from '../oracle.types.ts';
import type { Probe } from './survey.types.ts';

export function worldOf({ bounds, host }: Probe, is: Switches): World {
  return createWorld({ switches: is, bounds, host });
}

export function oracleOf(probe: Probe, is: Switches): Oracle {
  const oracle = createOracle(worldOf(probe, is), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  return oracle;
}
