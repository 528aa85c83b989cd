/** How much of the constant surroundings a world has. */
export interface Surroundings {
  /** Dentries of the host tree, its root included. */
  readonly hostDentries: number;
  /** The largest name id a dentry may carry. */
  readonly names: number;
  /** The largest word id a key or a value may carry. */
  readonly wordIds: number;
  /** The largest path id that a symbolic link may carry. */
  readonly paths: number;
  /** The directory of the host tree that holds its cgroups, and these: indices into the list. */
  readonly cgroupRoot: number;
  readonly cgroups: readonly number[];
}
