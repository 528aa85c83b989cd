/** Follows what outlives its run until it is seen to be gone. */
import type { Adapter } from '../adapters/contract/index.ts';
import type { RunJudgement } from './judge.ts';
import { releaseOf } from './releases.ts';
import type { Awaited, Release } from './releases.ts';

export interface Latencies {
  /** Tells of the releases of a run, and remembers those that are not over; now and then asks after these. */
  take(run: Pick<RunJudgement, 'released' | 'awaited'>): Promise<void>;
  /** Asks after those that are not over. */
  look(): Promise<void>;
}

/** How many more are remembered before it is asked, and how many in all: the oldest are forgotten. */
const newBetweenLooks = 16;
const mostRemembered = 256;

/** @param tell takes each release once it is over. */
export function createLatencies(adapter: Adapter, tell: (release: Release) => void): Latencies {
  let known: readonly Awaited[] = [];
  let fresh = 0;

  async function look(): Promise<void> {
    fresh = 0;
    if (known.length === 0) return;
    const times = (await adapter.goneAt?.(known.map(({ id }) => id))) ?? [];
    const left: Awaited[] = [];
    for (const [at, one] of known.entries()) {
      const goneAt = times[at] ?? null;
      if (goneAt === null) left.push(one);
      else tell(releaseOf(one, goneAt));
    }
    known = left;
  }

  return {
    async take({ released, awaited }) {
      for (const release of released) tell(release);
      if (awaited.length === 0) return;
      known = [...known, ...awaited].slice(-mostRemembered);
      fresh += awaited.length;
      if (fresh >= newBetweenLooks) await look();
    },
    look,
  };
}
