import { createFingerprintTables, fingerprintBits } from './fingerprint-tables.ts';
import { fingerprintOf } from './fingerprint.ts';
import { hashState } from './packed-state.ts';
import { createStateStore } from './state-store.ts';
import type { Limits } from './system.types.ts';
import type { VisitedLayout, VisitedSet } from './visited-set.ts';

/**
 * A set that may take a state for one that it knows: of states it keeps 5 bytes, the number of the state that each was
 * met from, and the states themselves only until they are expanded. What it leaves out is left out with all that is
 * reached through it alone.
 */
export function createLossySet(
  words: number,
  limits: Pick<Limits, 'states' | 'memory'>,
  { indexBits, segmentBits, batch: batchSize }: VisitedLayout,
): VisitedSet {
  const batch = new Uint32Array(batchSize * words);
  const batchParents = new Uint32Array(batchSize);
  const hashes = new Int32Array(batchSize);
  /** States of the batch, from the first on, whose hash is known. */
  let hashed = 0;
  let bytes = batch.byteLength + batchParents.byteLength + hashes.byteLength;
  let limit: 'states' | 'memory' | undefined;
  const store = createStateStore(words, segmentBits, reserve);
  const parents = createStateStore(1, segmentBits, reserve);
  const tables = createFingerprintTables(indexBits, reserve);

  function reserve(more: number): boolean {
    bytes += more;
    return bytes <= limits.memory;
  }

  function add(size: number): void {
    if (!tables.makeRoom(size) || !store.makeRoom(size) || !parents.makeRoom(size)) {
      limit = 'memory';
      return;
    }
    for (let i = 0; i < size; i += 1) {
      const at = i * words;
      const hash = i < hashed ? (hashes[i] ?? 0) : hashState(batch, at, words);
      if (store.count() >= limits.states) {
        limit = 'states';
        return;
      }
      const low = fingerprintOf(batch, at, words, 2) & 255;
      if (tables.meets(hash, fingerprintOf(batch, at, words, 1) || 1, low)) continue;
      store.append(batch, at);
      parents.append(batchParents, i);
    }
    hashed = 0;
  }

  return {
    ...{ batch, add },
    noteHash(i, hash) {
      hashes[i] = hash;
      hashed = i + 1;
    },
    isPartitioned: () => false,
    settle: () => undefined,
    count: store.count,
    bytes: () => bytes,
    limit: () => limit,
    segment: store.segment,
    offset: store.offset,
    lossy: {
      batchParents,
      parentOf: (state) => parents.segment(state)[parents.offset(state)] ?? 0,
      forget: store.forget,
      // Any of the fingerprints that were looked at might have been the same by chance.
      omission: () => Math.min(1, tables.compared() / 2 ** fingerprintBits),
      release: tables.release,
    },
  };
}
