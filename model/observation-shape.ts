/**
 * An observation: a moment of a system as properties see it, in dense arrays so that a checker can
 * take millions. The model makes it from its state; conformance makes it from an adapter's sight
 * after translating the adapter's names to the model's. The same predicates judge both.
 */
import type { SightField } from './vocabulary/index.ts';

/** Processes are 1..processes, objects 1..objects, descriptors 0..descriptors-1, paths 0..paths-1. */
export interface ObservationShape {
  readonly processes: number;
  readonly objects: number;
  readonly descriptors: number;
  readonly paths: number;
}

/** A table of small integers. */
export type Cells = Int32Array;

/** What a watched path shows: nothing of a bpffs, a directory, or what is pinned there. */
export const seen = { nothing: 0, directory: 1, map: 2, program: 3, link: 4 } as const;

/**
 * Whose mounts appear in a namespace besides where they are made: nobody's, those of the namespace itself,
 * or those of others, too.
 */
export const heard = { nothing: 0, own: 1, others: 2 } as const;

/** `kind` of an object; 0 where there is none. */
export const objectKinds = { map: 1, program: 2, link: 3 } as const;

/** What may keep an object when nobody runs any more; an object may have both. */
export const hookedBy = { cgroup: 1, device: 2 } as const;

export interface Observation {
  readonly shape: ObservationShape;
  /** Which fields can be trusted; cells of the others are 0. */
  readonly fields: ReadonlySet<SightField>;
  /** [process] 1 if it runs. */
  readonly running: Cells;
  /** [process] the namespace it is in, compared for equality only; 0 if it does not run. */
  readonly namespace: Cells;
  /**
   * [process] where what is mounted may appear in its namespace besides (`heard`). Of an implementation this is not asked: there it is what the specification says.
   */
  readonly hears: Cells;
  /** [process] the table of descriptors it uses, compared for equality only; 0 if it does not run. */
  readonly files: Cells;
  /** [process * descriptors + fd] the object behind a descriptor, or 0. */
  readonly descriptor: Cells;
  /** [process * paths + path] what the path shows to the process (`seen`). */
  readonly seenKind: Cells;
  /** [process * paths + path] the instance there, compared for equality only; 0 for none. */
  readonly seenInstance: Cells;
  /**
   * [process * paths + path] the namespace whose fresh mount made the instance there; 0 if there is
   * none or that namespace is gone.
   */
  readonly seenOrigin: Cells;
  /**
   * [process * paths + path] 1 if a symbolic link is on the way. Of an implementation this is not asked:
   * there it is what the specification says.
   */
  readonly seenByLink: Cells;
  /** [process * paths + path] the object pinned there, or 0. */
  readonly seenObject: Cells;
  /** [object] 1 if it is alive. */
  readonly alive: Cells;
  /** [object] `objectKinds`. */
  readonly kind: Cells;
  /** [object] stored counts. */
  readonly refcnt: Cells;
  readonly usercnt: Cells;
  /** [object] holders by recount: open file descriptions, inodes, programs that use it, ... */
  readonly descriptions: Cells;
  readonly inodes: Cells;
  readonly programs: Cells;
  /** ... links that hold it, slots of maps, whatever it is attached to besides. */
  readonly links: Cells;
  readonly slots: Cells;
  readonly attachments: Cells;
  /** [object * contentKeys.length + key] the object in that slot of a map, or 0; -1 if unknown. */
  readonly slot: Cells;
  /** [object] a number that differs when the content (`contentKeys`) differs; -1 if unknown. */
  readonly content: Cells;
  /** [object] 1 if it is a map that was frozen. */
  readonly frozen: Cells;
  /**
   * [object] the sum of what leads to it (`hookedBy`), so that it may outlive every process; 0 if nothing
   * does. Of an implementation this is not asked: there it is what the specification says.
   */
  readonly hooked: Cells;
  /** [0] deferred effects that are outstanding. */
  readonly pending: Cells;
}
