/**
 * Who holds a superblock, a mount and a namespace. The only writer of their lifecycles and of the counts
 * of superblocks and namespaces (fs/namespace.c; kernel/bpf/inode.c).
 */
import type { Tables } from '../state/tables.ts';
import type { InodeEdges } from './inodes.ts';

export interface MountEdges {
  isBpf(e: number): boolean;
  /** True for what lost its name while a mount has it as its root. */
  isDead(e: number): boolean;
  /** The mount that covers dentry `e` as seen through mount `parent` in namespace `n`, or 0. */
  mountAt(n: number, parent: number, e: number): number;
  /** True if any mount of namespace `n` is attached at `e`, whatever its parent mount. */
  isMountPoint(n: number, e: number): boolean;
  hasChildMounts(m: number): boolean;
  /** Fills a free superblock with a root directory. */
  createSuperblock(s: number, key: number, i: number, e: number): void;
  /** Removes a name; mounts that are attached there, in other namespaces, go with it. */
  removeName(e: number): void;
  attach(m: number, n: number, parent: number, at: number, root: number): void;
  /** Removes a mount and all below it. */
  detachTree(m: number): void;
  enter(n: number): void;
  /** One process fewer; the last one takes the namespace, and its mounts, along. */
  leave(n: number): void;
}

export function createMountEdges(w: Tables, inodes: InodeEdges): MountEdges {
  const { superblock, mount, namespace, moves, bounds } = w;
  const hostSuperblock = bounds.superblocks + 1;

  const superblockOf = (e: number): number => inodes.superblockOf(e);

  function isRoot(e: number): boolean {
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.root(m) === e) return true;
    }
    return false;
  }

  /** A removed name that was kept as the root of a mount goes with the last such mount. */
  function dropRoot(e: number): void {
    if (e <= bounds.dentries && !inodes.isNamed(e) && !isRoot(e)) inodes.dropHold(e);
  }

  function dropSuperblock(s: number): void {
    if (s === hostSuperblock) return;
    superblock.count.cells[s] = superblock.count(s) - 1;
    if (superblock.count(s) > 0) return;
    moves.superblock['last-mount'](s);
    superblock.key.cells[s] = 0;
    superblock.root.cells[s] = 0;
    inodes.clear(s);
  }

  function removeMount(m: number): void {
    const root = mount.root(m);
    const s = superblockOf(root);
    moves.mount.detach(m);
    mount.namespace.cells[m] = 0;
    mount.parent.cells[m] = 0;
    mount.at.cells[m] = 0;
    mount.root.cells[m] = 0;
    dropRoot(root);
    dropSuperblock(s);
  }

  function detachTree(m: number): void {
    for (let child = 1; child <= bounds.mounts; child++) {
      if (mount.parent(child) === m) detachTree(child);
    }
    removeMount(m);
  }

  return {
    isBpf: (e) => superblockOf(e) !== hostSuperblock,
    isDead: (e) => !inodes.isNamed(e),
    mountAt(n, parent, e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e && mount.parent(m) === parent && mount.namespace(m) === n) return m;
      }
      return 0;
    },
    isMountPoint(n, e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e && mount.namespace(m) === n) return true;
      }
      return false;
    },
    hasChildMounts(m) {
      for (let child = 1; child <= bounds.mounts; child++) {
        if (mount.parent(child) === m) return true;
      }
      return false;
    },
    createSuperblock(s, key, i, e) {
      moves.superblock['first-mount'](s);
      superblock.key.cells[s] = key;
      inodes.createRoot(s, e, i);
    },
    removeName(e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e) detachTree(m);
      }
      inodes.unname(e, isRoot(e) ? 'held' : 'free');
    },
    attach(m, n, parent, at, root) {
      moves.mount.attach(m);
      mount.namespace.cells[m] = n;
      mount.parent.cells[m] = parent;
      mount.at.cells[m] = at;
      mount.root.cells[m] = root;
      const s = superblockOf(root);
      if (s !== hostSuperblock) superblock.count.cells[s] = superblock.count(s) + 1;
    },
    detachTree,
    enter(n) {
      if (namespace.count(n) === 0) moves.namespace.enter(n);
      namespace.count.cells[n] = namespace.count(n) + 1;
    },
    leave(n) {
      namespace.count.cells[n] = namespace.count(n) - 1;
      if (namespace.count(n) > 0) return;
      moves.namespace['last-process'](n);
      for (let s = 1; s <= bounds.superblocks; s++) {
        if (superblock.key(s) === n) superblock.key.cells[s] = 0;
      }
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.namespace(m) === n) removeMount(m);
      }
    },
  };
}
