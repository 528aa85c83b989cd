/**
 * Fingerprints of states, of 40 bits each: 5 bytes for a state, and no state. Tables of open addressing, each as large
 * as all before it together: they grow without being filled anew, for which the states would be needed.
 */
export interface FingerprintTables {
  /**
   * Whether the fingerprint is there, in a table where its hash leads; if not, it is put there. A state that meets
   * the fingerprint of another is taken for known.
   * @param high 32 bits, not 0. @param low 8 bits.
   */
  readonly meets: (hash: number, high: number, low: number) => boolean;
  /** Makes room for `more` fingerprints; false if `reserve` refuses. */
  readonly makeRoom: (more: number) => boolean;
  /** How many fingerprints of others were looked at for those that were put here: each might have been met by chance. */
  readonly compared: () => number;
  readonly release: () => void;
}

/** How many bits of a state are compared with those of others. */
export const fingerprintBits = 40;

interface Table {
  /** 0 where it is free. */
  readonly highs: Int32Array;
  readonly lows: Uint8Array;
  /** How far a hash is shifted to tell a slot. */
  readonly down: number;
}

const noTable: Table = { highs: new Int32Array(0), lows: new Uint8Array(0), down: 31 };

/** Larger ones no hash of 32 bits would fill. */
const largestBits = 30;

/** `firstBits`: binary logarithm of the slots of the first table, 1 to 30; `reserve` is asked for bytes. */
export function createFingerprintTables(
  firstBits: number,
  reserve: (bytes: number) => boolean,
): FingerprintTables {
  /** The newest first, in which half of all that is met is found. */
  let tables: readonly Table[] = [];
  let taken = 0;
  let compared = 0;

  function grow(): boolean {
    const bits = Math.min(largestBits, firstBits + Math.max(0, tables.length - 1));
    const slots = 2 ** bits;
    if (!reserve(5 * slots)) return false;
    const table = { highs: new Int32Array(slots), lows: new Uint8Array(slots), down: 32 - bits };
    tables = [table, ...tables];
    taken = 0;
    return true;
  }

  function meets(hash: number, high: number, low: number): boolean {
    const [newest = noTable] = tables;
    let looked = 0;
    let free = 0;
    for (const { highs, lows, down } of tables) {
      const mask = highs.length - 1;
      let slot = hash >>> down;
      let there = highs[slot] ?? 0;
      while (there !== 0) {
        if (there === high && lows[slot] === low) return true;
        looked += 1;
        slot = (slot + 1) & mask;
        there = highs[slot] ?? 0;
      }
      if (highs === newest.highs) free = slot;
    }
    newest.highs[free] = high;
    newest.lows[free] = low;
    taken += 1;
    compared += looked;
    return false;
  }

  return {
    meets,
    makeRoom(more) {
      // A table is filled to three quarters at most.
      while (4 * (taken + more) > 3 * (tables[0]?.highs.length ?? 0)) if (!grow()) return false;
      return true;
    },
    compared: () => compared,
    release() {
      tables = [];
    },
  };
}
