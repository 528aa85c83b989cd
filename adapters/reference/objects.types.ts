/** Maps, programs, links, and what programs are attached to. Counts are kept by hand, by the get and put functions. */
import type { Direction, MapType, ObjectId, ProgType } from '../../model/vocabulary/index.ts';

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
  readonly slots: Map<number, SlotObject>;
  /** Program arrays: of which type the programs are that have to do with it, once there is one. */
  owner: ProgType | null;
  /** `yes`: user space does not write it any more. */
  frozen: 'no' | 'yes';
  refcnt: number;
  /** The part of `refcnt` that user space holds: files and inodes. */
  usercnt: number;
}

export interface BpfProg {
  readonly kind: 'program';
  readonly id: number;
  readonly type: ProgType;
  /** As of a map. */
  listedAs: ObjectId;
  refcnt: number;
  /** The map its instructions refer to; it holds the map's `refcnt`, not its `usercnt`. */
  usedMap: BpfMap | null;
}

/** What keeps a program attached to a cgroup for as long as somebody has it. */
export interface BpfLink {
  readonly kind: 'link';
  readonly id: number;
  /** As of a map; kept until the link is freed, which may be some time after its last reference. */
  listedAs: ObjectId;
  refcnt: number;
  /** Held until the link is freed, attached or not. */
  readonly prog: BpfProg;
  /** Where it is attached; null once it is defunct. */
  cgroup: Cgroup | null;
}

export type BpfObject = BpfMap | BpfProg | BpfLink;

/** What a slot of a map can hold. */
export type SlotObject = BpfMap | BpfProg;

export interface Cgroup {
  /** `removed`: its directory is gone; what is attached may still be there. */
  state: 'online' | 'removed';
  /** What is attached: programs by themselves, which it holds, and links, which it does not. */
  readonly attached: Set<BpfProg | BpfLink>;
  /** How that was attached: as the only one, or beside others. Means nothing while nothing is. */
  mode: AttachMode;
}

export type AttachMode = 'single' | 'multi';

/** The qdisc of the network device (clsact). */
export interface Qdisc {
  /** A filter at most for each direction: its program, held. */
  readonly filters: Map<Direction, BpfProg>;
}
