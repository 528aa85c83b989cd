/** What is told of who holds what. */

/** A living object, and the holders that have a place of their own. */
export interface HeldObject {
  readonly object: number;
  /** Open descriptors; a table that processes share is told once, by the lowest of them. */
  readonly descriptors: readonly { readonly pid: number; readonly fd: number }[];
  /** Paths that lead to it in any namespace, in the order of its names; one may be covered. */
  readonly paths: readonly string[];
  /** Names of it, those included to which no path leads. */
  readonly names: number;
}

export interface MountPlace {
  readonly path: string;
  readonly namespace: number;
  /** The instance; 0 where it shows the host tree. */
  readonly superblock: number;
}

export interface Holds {
  readonly objects: readonly HeldObject[];
  /** What is attached, in table order. */
  readonly mounts: readonly MountPlace[];
  /** The namespace of each process that runs, by its number. */
  readonly namespaces: ReadonlyMap<number, number>;
}
