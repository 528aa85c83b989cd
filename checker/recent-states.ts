import { copyState, hashState, sameState } from './packed-state.ts';
import type { Words } from './system.types.ts';

/** Slots of the memory: it has to stay in the processor's nearer caches. */
const slots = 1 << 12;

/**
 * Neighbours in a breadth-first order share successors, so that two in five are met again soon: a
 * small exact memory of the latest answers for them without a look into the large one.
 */
export interface RecentStates {
  /** Whether the state at words[at ..] was asked for lately; the answer may be no for one that was. */
  readonly isRecent: (words: Words, at: number) => boolean;
  /** The hash of the state that was asked for last. */
  readonly hash: () => number;
}

export function createRecentStates(words: number): RecentStates {
  const recent = new Uint32Array(slots * words);
  const taken = new Uint8Array(slots);
  let hash = 0;
  return {
    isRecent(from, at) {
      hash = hashState(from, at, words);
      const slot = hash & (slots - 1);
      const start = slot * words;
      if (taken[slot] === 1 && sameState(recent, start, from, at, words)) return true;
      taken[slot] = 1;
      copyState(from, at, recent, start, words);
      return false;
    },
    hash: () => hash,
  };
}
