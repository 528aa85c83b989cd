/**
 * What names lead to, found once: an observer looks at the same few paths in every state, and most
 * transitions leave the file systems as they are.
 */
import type { Tables } from './state/tables.ts';
import { walkedTables } from './remembered-walk.ts';

/** Where a path ends: an inode, or 0 for none, and whether a symbolic link was followed. */
export interface End {
  readonly inode: number;
  readonly isByLink: boolean;
}

export interface RememberedSight {
  /** To be called whenever the state may have changed. */
  readonly recall: () => void;
  /** Where the path with an index leads a process of a namespace. */
  readonly endOf: (p: number, path: number) => End;
}

/** States of the file systems that are remembered, by a hash of their cells. */
const slots = 1 << 7;

/** A sight that looks every time. */
export const sightOf = (endOf: RememberedSight['endOf']): RememberedSight => ({
  recall: () => undefined,
  endOf,
});

/**
 * `paths`: how many are looked at, none of which depends on where a process is; `look`: walks the one
 * with an index, for a process.
 */
export function rememberSight(
  w: Tables,
  paths: number,
  look: RememberedSight['endOf'],
): RememberedSight {
  const { process, words, cells, fields, bounds } = w;
  const perWord = 4 / cells.BYTES_PER_ELEMENT;
  const tables: ReadonlySet<string> = new Set(walkedTables);
  const indices = Uint32Array.from(
    new Set(
      fields.flatMap(({ table, at }) => (tables.has(table) ? [Math.floor(at / perWord)] : [])),
    ),
  );
  const { length } = indices;
  const keys = new Uint32Array(slots * length);
  const perSlot = (bounds.namespaces + 1) * paths;
  const ends: (End | undefined)[] = Array.from({ length: slots * perSlot }, () => undefined);
  let slot = 0;

  function hash(): number {
    let sum = 0;
    for (let k = 0; k < length; k++) {
      sum = Math.imul(sum ^ (words[indices[k] ?? 0] ?? 0), 0x9e3779b1);
      sum ^= sum >>> 15;
    }
    return sum & (slots - 1);
  }

  function isKnown(): boolean {
    const start = slot * length;
    for (let k = 0; k < length; k++) {
      if (keys[start + k] !== words[indices[k] ?? 0]) return false;
    }
    return true;
  }

  return {
    recall() {
      slot = hash();
      if (isKnown()) return;
      const start = slot * length;
      for (let k = 0; k < length; k++) keys[start + k] = words[indices[k] ?? 0] ?? 0;
      ends.fill(undefined, slot * perSlot, (slot + 1) * perSlot);
    },
    endOf: (p, path) =>
      (ends[slot * perSlot + process.namespace(p) * paths + path] ??= look(p, path)),
  };
}
