/** What can be asked of mounts and superblocks, and done with them. */
import type { Belonging } from '../permissions.ts';

export interface MountEdges {
  isBpf(e: number): boolean;
  /** True for what lost its name and is held still. */
  isDead(e: number): boolean;
  /** The mount that covers dentry `e` as seen through mount `parent` in namespace `n`, or 0. */
  mountAt(n: number, parent: number, e: number): number;
  /** True if any mount of namespace `n` is attached at `e`, whatever its parent mount. */
  isMountPoint(n: number, e: number): boolean;
  hasChildMounts(m: number): boolean;
  /** What is attached in a mount, in the order of rows; `m` 0 is the host tree's in namespace `n`. */
  readonly childrenOf: (m: number, n?: number) => readonly number[];
  /** True if nothing can be changed at dentry `e` as seen through mount `m`; 0 is the host tree's. */
  isReadOnly(m: number, e: number): boolean;
  isInstanceReadOnly(e: number): boolean;
  /** Makes a mount read-only, or lets it be written again: `readOnly` is 1 or 0. */
  setReadOnly(m: number, readOnly: number): void;
  setInstanceReadOnly(s: number, readOnly: number): void;
  /** True if a working directory or an open file is in a mount. */
  isHeld(m: number): boolean;
  /** True if mounts that go with a name would stay together, since somebody is in them. */
  takesHeldTree(e: number): boolean;
  /** A working directory or an open file in that place is no more. */
  readonly letGo: (m: number, e: number) => void;
  /** Gives a process its working directory. */
  moveTo(p: number, m: number, e: number): void;
  /** Fills a free superblock with a root directory. */
  createSuperblock(s: number, key: number, i: number, e: number, bits: Belonging): void;
  /** Removes a name; mounts that are attached there, in other namespaces, go with it. */
  removeName(e: number): void;
  attach(m: number, n: number, parent: number, at: number, root: number): void;
  /** Attaches a mount elsewhere. */
  move(m: number, parent: number, at: number): void;
  /** Removes a mount. */
  detach(m: number): void;
  /** Removes a mount and all below it. */
  detachTree(m: number): void;
  /** The mounts of a namespace that ends go with it, one by one: nobody else is asked. */
  removeAll(n: number): void;
}
