import { hashState, sameState } from './packed-state.ts';
import { createPartitionedIndex } from './partitioned-index.ts';
import type { PartitionedIndex } from './partitioned-index.ts';
import { bytesOfPartitioned, leastSlotBits } from './partitioned-layout.ts';
import type { PartitionedLayout } from './partitioned-layout.ts';
import { createStateStore } from './state-store.ts';
import type { Limits, Words } from './system.types.ts';

/**
 * How the visited set is laid out. A search finds the same states, at the same distances, whatever it is;
 * where states are looked up part by part, in another order.
 */
export interface VisitedLayout {
  /** Binary logarithm of the first size of the index, in slots: 1 to 30. */
  readonly indexBits: number;
  /** Binary logarithm of the number of states in one segment of the store: 0 to 24. */
  readonly segmentBits: number;
  /** States that are looked up at once: 1 to 65536. */
  readonly batch: number;
  /**
   * Binary logarithm of the size of the index from which on it is partitioned, if the states are narrow
   * enough for that.
   */
  readonly partitionedFrom: number;
  readonly partitioned: PartitionedLayout;
}

export interface SearchLayout extends VisitedLayout {
  /** Whole states, or only their fingerprints: then a state may be taken for another. */
  readonly keeps: 'states' | 'fingerprints';
}

/**
 * The states that were found, numbered from 0 in the order in which they were found. Exact, whole
 * states being compared and never only hashes, unless it is asked to keep fingerprints.
 */
export interface VisitedSet {
  /** Here the caller writes the next states, at most `layout.batch`, one after the other. */
  readonly batch: Words;
  /** Notes the hash of the i-th state of the batch. States of the batch are to be noted in turn, or not at all. */
  readonly noteHash: (i: number, hash: number) => void;
  /**
   * Looks up the first `size` states of the batch in turn and adds the new ones, as far as the
   * limits allow; `limit` tells whether they did.
   */
  readonly add: (size: number) => void;
  /** Whether it looks up at its own time: what was added is there after `settle` only. */
  readonly isPartitioned: () => boolean;
  /** Looks up all that was added. */
  readonly settle: () => void;
  readonly count: () => number;
  /** Bytes that it takes. */
  readonly bytes: () => number;
  /** The limit that kept a state out, if one did. It then keeps out all states that follow. */
  readonly limit: () => 'states' | 'memory' | undefined;
  /** The words of a state are segment(state)[offset(state) ..]. */
  readonly segment: (state: number) => Words;
  readonly offset: (state: number) => number;
  /** Of a set that keeps fingerprints only. */
  readonly lossy?: LossyPart;
}

export interface LossyPart {
  /** Here the caller writes from which state it met each of the batch. */
  readonly batchParents: Uint32Array;
  /** The state from which a state was met first; of the initial one, itself. */
  readonly parentOf: (state: number) => number;
  /** Lets go of the states before this one: they were expanded. */
  readonly forget: (before: number) => void;
  /** At most so probable is it that a state was taken for another, and left out with what follows from it alone. */
  readonly omission: () => number;
  /** Lets go of all but the parents. Nothing can be added any more. */
  readonly release: () => void;
}

const largestIndexBits = 30;

/** From so many slots on the index grows twofold; below that fourfold, to be filled anew less often. */
const thriftyBits = 22;

/**
 * Makes an empty set for states of `words` words. `widths`: how many bits of each word are in use; all,
 * if it is not given.
 *
 * The states stand in a store. A slot of the index is one word: 0 if it is free, else the number of a
 * state plus one in the low bits and above them those bits of its hash that did not choose the slot, so
 * that few states are read in vain.
 *
 * A look-up waits for memory longer than it computes. Therefore states come in batches: a first
 * pass reads one slot for each of them, and these reads overlap.
 *
 * @throws RangeError if the layout is out of range.
 */
export function createVisitedSet(
  words: number,
  limits: Pick<Limits, 'states' | 'memory'>,
  layout: VisitedLayout,
  widths: readonly number[] = [],
): VisitedSet {
  inRange('words', words, 1, 1024);
  inRange('indexBits', layout.indexBits, 1, largestIndexBits);
  inRange('segmentBits', layout.segmentBits, 0, 24);
  inRange('batch', layout.batch, 1, 65536);
  const store = createStateStore(words, layout.segmentBits, reserve);
  const batch = new Uint32Array(layout.batch * words);
  const hashes = new Int32Array(layout.batch);
  const entries = new Int32Array(layout.batch);
  let bits = layout.indexBits;
  // Signed, because an unsigned word above 2^31 is no small integer to V8.
  let index = new Int32Array(1 << bits);
  let bytes = batch.byteLength + hashes.byteLength + entries.byteLength + index.byteLength;
  let limit: 'states' | 'memory' | undefined;
  let partitioned: PartitionedIndex | undefined;
  const least = leastSlotBits(widths, layout.partitioned);
  /** States of the batch, from the first on, whose hash is known. */
  let hashed = 0;

  /** What was refused stays counted, so that all that follows is refused too. */
  function reserve(more: number): boolean {
    bytes += more;
    return bytes <= limits.memory;
  }

  /** The first pass for one state: notes its hash and what the slot of its hash holds. */
  function note(i: number, hash: number): void {
    hashes[i] = hash;
    entries[i] = index[hash >>> (32 - bits)] ?? 0;
  }

  function noteHash(i: number, hash: number): void {
    hashes[i] = hash;
    hashed = i + 1;
  }

  /** Enters `size` stored states, at most a batch, that the index does not hold yet. */
  function enter(first: number, size: number): void {
    const mask = (1 << bits) - 1;
    for (let i = 0; i < size; i += 1) {
      const state = first + i;
      note(i, hashState(store.segment(state), store.offset(state), words));
    }
    for (let i = 0; i < size; i += 1) {
      const hash = hashes[i] ?? 0;
      let slot = hash >>> (32 - bits);
      while (index[slot] !== 0) slot = (slot + 1) & mask;
      index[slot] = (hash << bits) | (first + i + 1);
    }
  }

  function growIndex(): boolean {
    const more = bits < thriftyBits ? 2 : 1;
    if (bits + more >= layout.partitionedFrom && least !== undefined) {
      if (partition(Math.max(least, bits + more))) return true;
    }
    if (bits + more > largestIndexBits || !reserve(index.byteLength * (2 ** more - 1)))
      return false;
    bits += more;
    // Entering the states anew overwrites what was noted of the batch.
    hashed = 0;
    // The old index is let go first; the store has all it takes to fill the new one.
    index = new Int32Array(0);
    index = new Int32Array(1 << bits);
    const count = store.count();
    for (let first = 0; first < count; first += layout.batch) {
      enter(first, Math.min(layout.batch, count - first));
    }
    return true;
  }

  function partition(slotBits: number): boolean {
    const [low = 0, high = 0] = widths;
    const more = bytesOfPartitioned(slotBits, layout.partitioned) - index.byteLength;
    if (bytes + more > limits.memory) return false;
    reserve(-index.byteLength);
    index = new Int32Array(0);
    const ground = { store, reserve, widths: [low, high], maxStates: limits.states } as const;
    partitioned = createPartitionedIndex(ground, layout.partitioned, slotBits);
    return partitioned !== undefined;
  }

  /** Makes room for `more` states; at most three quarters of the index are ever taken. */
  function prepare(more: number): boolean {
    while (partitioned === undefined && 4 * (store.count() + more) > 3 * index.length) {
      if (!growIndex()) return false;
    }
    return partitioned !== undefined || store.makeRoom(more);
  }

  function add(size: number): void {
    if (!prepare(size)) {
      limit = 'memory';
      return;
    }
    if (partitioned !== undefined) {
      partitioned.add(batch, size);
      return;
    }
    // What stays the same for all of the batch is read once: this loop is half of a search.
    const table = index;
    const tagBits = bits;
    const down = 32 - tagBits;
    const mask = (1 << tagBits) - 1;
    for (let i = 0; i < size; i += 1) {
      const hash = i < hashed ? (hashes[i] ?? 0) : hashState(batch, i * words, words);
      hashes[i] = hash;
      entries[i] = table[hash >>> down] ?? 0;
    }
    hashed = 0;
    for (let i = 0; i < size; i += 1) {
      const hash = hashes[i] ?? 0;
      const tag = hash << tagBits;
      let slot = hash >>> down;
      // Only a slot that was free may have changed since the first pass.
      let entry = entries[i] ?? 0;
      if (entry === 0) entry = table[slot] ?? 0;
      while (entry !== 0) {
        if (((entry ^ tag) & ~mask) === 0) {
          const state = (entry & mask) - 1;
          if (sameState(store.segment(state), store.offset(state), batch, i * words, words)) break;
        }
        slot = (slot + 1) & mask;
        entry = table[slot] ?? 0;
      }
      if (entry !== 0) continue;
      if (store.count() >= limits.states) {
        limit = 'states';
        return;
      }
      store.append(batch, i * words);
      table[slot] = tag | store.count();
    }
  }

  return {
    ...{ batch, noteHash, add },
    isPartitioned: () => partitioned !== undefined,
    settle: () => partitioned?.settle(),
    count: store.count,
    bytes: () => bytes,
    limit: () => limit ?? partitioned?.limit(),
    segment: store.segment,
    offset: store.offset,
  };
}

function inRange(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} is ${value}, but must be an integer from ${least} to ${most}`);
}
