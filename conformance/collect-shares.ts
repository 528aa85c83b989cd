/** Puts the shares of a phase together, in the order in which one alone would have played them. */
import type { Part, PhaseEnd, ShareMessage } from './share.types.ts';

/** Those who play the shares. */
export interface Players {
  readonly count: number;
  /** The next message of the one with that index. Rejects if it broke. */
  next(index: number): Promise<ShareMessage>;
}

/** Hands on each part, block after block, and returns how the phase ended for all. */
export async function collectShares(
  players: Players,
  take: (part: Part) => Promise<void>,
): Promise<Omit<PhaseEnd, 'phase'>> {
  const ends = new Map<number, PhaseEnd>();
  for (let block = 0; ends.size < players.count; block++) {
    const index = block % players.count;
    // Who has ended has no later block; others have, if it was stopped.
    if (ends.has(index)) continue;
    const message = await players.next(index);
    if (message.kind === 'part') await take(message.part);
    else ends.set(index, message.end);
  }
  const all = [...ends.values()];
  return {
    exhaustiveUpTo: Math.min(...all.map(({ exhaustiveUpTo }) => exhaustiveUpTo)),
    survivors: all.flatMap(({ survivors }) => survivors),
    ended: all.some(({ ended }) => ended === 'stopped') ? 'stopped' : 'complete',
  };
}
