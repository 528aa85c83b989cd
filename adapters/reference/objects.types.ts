/** Maps and programs. Counts are kept by hand, by the get and put functions. */
import type { MapType, ObjectId } from '../../model/vocabulary/index.ts';

/** What maps have to be alike in to be exchanged for each other inside a map of maps. */
export interface Template {
  readonly type: MapType;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

export interface BpfMap extends Template {
  readonly kind: 'map';
  readonly id: number;
  /** Its id for user space; 0 before it has one, and once it is dead. */
  listedAs: ObjectId;
  /** Maps of maps: what the maps inside are like. */
  readonly inner: Template | null;
  /** Written elements by key; an array answers 0 for the others below `maxEntries`. */
  readonly elements: Map<number, number>;
  /** In a map that holds objects: the objects by key, each of them held. */
  readonly slots: Map<number, BpfObject>;
  /** `yes`: user space does not write it any more. */
  frozen: 'no' | 'yes';
  refcnt: number;
  /** The part of `refcnt` that user space holds: files and inodes. */
  usercnt: number;
}

export interface BpfProg {
  readonly kind: 'program';
  readonly id: number;
  /** As of a map. */
  listedAs: ObjectId;
  refcnt: number;
  /** The map its instructions refer to; it holds the map's `refcnt`, not its `usercnt`. */
  usedMap: BpfMap | null;
}

export type BpfObject = BpfMap | BpfProg;
