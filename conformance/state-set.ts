import type { Snapshot } from '../model/index.ts';

/** Distinct snapshots in the order in which they were added. */
export interface StateSet {
  readonly states: readonly Snapshot[];
  /** Adds a snapshot unless an equal one is there. */
  add(snapshot: Snapshot): 'added' | 'known';
  has(snapshot: Snapshot): boolean;
}

/** An empty set; snapshots are equal if their bytes are. */
export function createStateSet(): StateSet {
  const states: Snapshot[] = [];
  const byHash = new Map<number, Snapshot[]>();
  const alikeTo = (snapshot: Snapshot, hash: number): boolean =>
    byHash.get(hash)?.some((other) => sameBytes(other, snapshot)) === true;
  return {
    states,
    add(snapshot) {
      const hash = hashOf(snapshot);
      if (alikeTo(snapshot, hash)) return 'known';
      const alike = byHash.get(hash);
      if (alike === undefined) byHash.set(hash, [snapshot]);
      else alike.push(snapshot);
      states.push(snapshot);
      return 'added';
    },
    has: (snapshot) => alikeTo(snapshot, hashOf(snapshot)),
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
