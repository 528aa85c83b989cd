import { copyState } from './packed-state.ts';
import type { Words } from './system.types.ts';

/**
 * Whole packed states in the order in which they were found, numbered from 0: the queue of the
 * breadth-first search, too. It is made of segments: it grows without copying, and no array of it
 * comes near 2^31 bytes.
 */
export interface StateStore {
  readonly count: () => number;
  /** The words of a state are segment(state)[offset(state) ..]. */
  readonly segment: (state: number) => Words;
  readonly offset: (state: number) => number;
  /** Makes room for `more` states; false if `reserve` refuses. */
  readonly makeRoom: (more: number) => boolean;
  /** Lets go of the states before this one, as far as they fill segments. */
  readonly forget: (before: number) => void;
  /** Adds the state at from[at ..]; there has to be room. */
  readonly append: (from: Words, at: number) => void;
}

const nothing: Words = new Uint32Array(0);

/** `segmentBits`: binary logarithm of the states of a segment; `reserve` is asked for bytes. */
export function createStateStore(
  words: number,
  segmentBits: number,
  reserve: (bytes: number) => boolean,
): StateStore {
  const segmentMask = (1 << segmentBits) - 1;
  const segmentWords = words * (1 << segmentBits);
  const segments: Words[] = [];
  let count = 0;
  let forgotten = 0;
  const segment = (state: number): Words => segments[state >>> segmentBits] ?? nothing;
  const offset = (state: number): number => (state & segmentMask) * words;
  return {
    count: () => count,
    segment,
    offset,
    makeRoom(more) {
      while (count + more > segments.length * (1 << segmentBits)) {
        if (!reserve(4 * segmentWords)) return false;
        segments.push(new Uint32Array(segmentWords));
      }
      return true;
    },
    forget(before) {
      for (; forgotten < before >>> segmentBits; forgotten += 1) {
        segments[forgotten] = nothing;
        reserve(-4 * segmentWords);
      }
    },
    append(from, at) {
      copyState(from, at, segment(count), offset(count), words);
      count += 1;
    },
  };
}
