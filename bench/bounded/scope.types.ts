/**
 * How large the bounded model is: (processes, namespaces, objects, descriptors, names). It has as
 * many instances of the file system as namespaces, since each that lives is mounted in one of them.
 */
export interface BoundedScope {
  readonly processes: number;
  readonly namespaces: number;
  readonly objects: number;
  /** Of each process. */
  readonly descriptors: number;
  /** Of each instance: under each one object can be pinned. */
  readonly names: number;
}
