/** What small runs in tests are made of. */
import { sameOutcome } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import { createOracle } from './oracle.ts';
import type { Oracle } from './oracle.types.ts';
import { specify } from './specify.ts';

export const hashMap = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_HASH',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
} as const satisfies Call;

/** An oracle of linux-6.18 at the start of a run. */
export function startedOracle(): Oracle {
  const world = specify('linux-6.18').makeWorld();
  const oracle = createOracle(world, 64, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  return oracle;
}
