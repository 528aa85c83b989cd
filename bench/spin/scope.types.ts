import type { CallName } from '../../model/vocabulary/index.ts';

/** The calls the judge knows: those about objects, names and mounts, without the contents of maps. */
export type SpinCall = Extract<
  CallName,
  | 'BPF_MAP_CREATE'
  | 'BPF_PROG_LOAD'
  | 'BPF_OBJ_PIN'
  | 'BPF_OBJ_GET'
  | 'close'
  | 'dup'
  | 'fork'
  | 'exit_group'
  | 'kill'
  | 'mkdir'
  | 'rmdir'
  | 'unlink'
  | 'mount'
  | 'bind'
  | 'umount2'
  | 'unshare'
>;

export type SpinProfile = 'linux-4.4' | 'linux-6.18';

/** How many rows each table has. */
export interface SpinBounds {
  readonly processes: number;
  /** Slots of each process: the numbers 3, 4, … */
  readonly descriptors: number;
  readonly descriptions: number;
  readonly objects: number;
  readonly superblocks: number;
  readonly inodes: number;
  readonly dentries: number;
  readonly mounts: number;
  readonly namespaces: number;
}

/** A bounded world, the calls that are made in it and the kernel that answers them. */
export interface SpinScope extends SpinBounds {
  readonly profile: SpinProfile;
  /** Directories of the host tree, absolute, without a slash at the end, parents first. */
  readonly host: readonly string[];
  /** Empty regular files of the host tree. */
  readonly hostFiles?: readonly string[];
  /** What every path argument ranges over: absolute, at least one component, no dots. */
  readonly paths: readonly string[];
  readonly calls: readonly SpinCall[];
}

/**
 * Whether every step also recounts the counters: all of them, or those of objects alone. It changes no
 * count of states or transitions.
 */
export type Asserts = 'with-asserts' | 'object-asserts' | 'without-asserts';
