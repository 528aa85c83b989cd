import type { Adapter } from '../adapters/contract/index.ts';
import { settleAttempts } from './play.ts';
import type { Survivor } from './share.types.ts';

/** A run whose objects were not all seen to be gone when its last process had ended. */
export interface Leftover extends Survivor {
  readonly ids: readonly number[];
}

/**
 * Runs whose objects may yet die. An implementation may take its time, and waiting after every run
 * would cost more than the run: so they are asked after now and then, and waited for once.
 */
export interface Leftovers {
  /** Takes a run; now and then looks which objects of all that are known have died since. */
  add(leftover: Leftover): Promise<void>;
  /** Waits for the rest to die and returns the runs of those that did not. */
  survivors(): Promise<readonly Leftover[]>;
}

/** How many runs are taken in between two looks, and how many are remembered. */
const runsBetweenLooks = 32;
const mostRemembered = 256;

export function createLeftovers(adapter: Adapter): Leftovers {
  let known: readonly Leftover[] = [];
  let sinceLook = 0;

  async function look(): Promise<void> {
    sinceLook = 0;
    const alive = new Set(await adapter.alive(known.flatMap(({ ids }) => ids)));
    known = known
      .map(({ ids, ...rest }) => ({ ...rest, ids: ids.filter((id) => alive.has(id)) }))
      .filter(({ ids }) => ids.length > 0)
      // An implementation that leaves something behind in every run shows it in the first ones.
      .slice(0, mostRemembered);
  }

  return {
    async add(leftover) {
      sinceLook++;
      if (leftover.ids.length > 0) known = [...known, leftover];
      if (sinceLook >= runsBetweenLooks && known.length > 0) await look();
    },
    async survivors() {
      if (known.length > 0) await look();
      for (let attempt = 0; attempt < settleAttempts && known.length > 0; attempt++) {
        await adapter.settle();
        await look();
      }
      return known;
    },
  };
}
