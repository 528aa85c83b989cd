import type { Snapshot } from '../model/index.ts';

/** Distinct snapshots in the order in which they were added. */
export interface StateSet {
  readonly states: readonly Snapshot[];
  /** Adds a snapshot unless an equal one is there. */
  add(snapshot: Snapshot): 'added' | 'known';
}

/** An empty set; snapshots are equal if their bytes are. */
export function createStateSet(): StateSet {
  const states: Snapshot[] = [];
  const byHash = new Map<number, Snapshot[]>();
  return {
    states,
    add(snapshot) {
      const hash = hashOf(snapshot);
      const alike = byHash.get(hash);
      if (alike === undefined) byHash.set(hash, [snapshot]);
      else if (alike.some((other) => sameBytes(other, snapshot))) return 'known';
      else alike.push(snapshot);
      states.push(snapshot);
      return 'added';
    },
  };
}

export function sameBytes(a: Snapshot, b: Snapshot): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function hashOf(snapshot: Snapshot): number {
  let hash = 0;
  // An indexed loop: for-of over a typed array is several times slower, and this runs at each step.
  for (let at = 0; at < snapshot.length; at++) {
    hash = (Math.imul(hash, 31) + (snapshot[at] ?? 0)) | 0;
  }
  return hash;
}
