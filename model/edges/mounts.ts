/**
 * Who holds a superblock, a mount, a name and an inode. The only writer of their lifecycles and of
 * the counts of superblocks and namespaces (fs/namespace.c; kernel/bpf/inode.c).
 */
import { inodeKinds } from '../state/schema.ts';
import type { Switches } from '../profiles/index.ts';
import type { Tables } from '../state/tables.ts';
import type { ObjectEdges } from './objects.ts';

export interface MountEdges {
  /** The superblock that a dentry belongs to. */
  superblockOf(e: number): number;
  isBpf(e: number): boolean;
  /** True for a directory that was removed while a mount has it as its root. */
  isDead(e: number): boolean;
  hasChildren(e: number): boolean;
  /** The mount that covers dentry `e` as seen through mount `parent` in namespace `n`, or 0. */
  mountAt(n: number, parent: number, e: number): number;
  /** True if any mount of namespace `n` is attached at `e`, whatever its parent mount. */
  isMountPoint(n: number, e: number): boolean;
  hasChildMounts(m: number): boolean;
  /** Fills a free superblock with a root directory. */
  createSuperblock(s: number, key: number, i: number, e: number): void;
  /** Gives a new inode its first name. */
  addName(e: number, parent: number, name: number, i: number, kind: number, object: number): void;
  /** Removes a name; mounts that are attached there, in other namespaces, go with it. */
  removeName(e: number): void;
  attach(m: number, n: number, parent: number, at: number, root: number): void;
  /** Removes a mount and all below it. */
  detachTree(m: number): void;
  /** Lets go of the object of an inode that is gone: a deferred effect. */
  readonly releaseInode: (i: number) => void;
  enter(n: number): void;
  /** One process fewer; the last one takes the namespace, and its mounts, along. */
  leave(n: number): void;
}

export function createMountEdges(w: Tables, objects: ObjectEdges, is: Switches): MountEdges {
  const { superblock, inode, dentry, mount, namespace, moves, bounds } = w;
  const hostSuperblock = bounds.superblocks + 1;

  const superblockOf = (e: number): number => inode.superblock(dentry.inode(e));

  function clearDentry(e: number): void {
    dentry.parent.cells[e] = 0;
    dentry.name.cells[e] = 0;
    dentry.inode.cells[e] = 0;
  }

  function drop(i: number): void {
    const o = inode.object(i);
    inode.superblock.cells[i] = 0;
    inode.kind.cells[i] = 0;
    inode.object.cells[i] = 0;
    if (o !== 0) objects.dropUser(o, 'inode');
  }

  /**
   * Ends an inode: what it held is let go, from 5.1 to 6.17 after a grace period (kernel-facts §5,
   * free_inode). A directory holds nothing, and a kernel keeps it no longer than one can see.
   */
  function evict(i: number, by: 'last-name' | 'last-hold'): void {
    if (is.pinPut === 'later' && inode.object(i) !== 0) {
      moves.inode[`${by}-later`](i);
      inode.superblock.cells[i] = 0;
      return;
    }
    moves.inode[by](i);
    drop(i);
  }

  function isRoot(e: number): boolean {
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.root(m) === e) return true;
    }
    return false;
  }

  /** A removed name that was kept as the root of a mount goes with the last such mount. */
  function dropRoot(e: number): void {
    const i = dentry.inode(e);
    if (inode.state(i) !== w.charts.inode.states.unlinked || isRoot(e)) return;
    clearDentry(e);
    evict(i, 'last-hold');
  }

  function dropSuperblock(s: number): void {
    if (s === hostSuperblock) return;
    superblock.count.cells[s] = superblock.count(s) - 1;
    if (superblock.count(s) > 0) return;
    moves.superblock['last-mount'](s);
    superblock.key.cells[s] = 0;
    superblock.root.cells[s] = 0;
    for (let e = 1; e <= bounds.dentries; e++) {
      if (superblockOf(e) === s) {
        const i = dentry.inode(e);
        clearDentry(e);
        evict(i, 'last-hold');
      }
    }
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
    superblockOf,
    isBpf: (e) => superblockOf(e) !== hostSuperblock,
    isDead: (e) => inode.state(dentry.inode(e)) === w.charts.inode.states.unlinked,
    hasChildren(e) {
      const end = bounds.dentries + w.hostDentries;
      for (let child = 1; child <= end; child++) {
        if (dentry.parent(child) === e) return true;
      }
      return false;
    },
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
      superblock.root.cells[s] = e;
      moves.inode.name(i);
      inode.superblock.cells[i] = s;
      inode.kind.cells[i] = inodeKinds.directory;
      dentry.inode.cells[e] = i;
    },
    addName(e, parent, name, i, kind, object) {
      moves.inode.name(i);
      inode.superblock.cells[i] = superblockOf(parent);
      inode.kind.cells[i] = kind;
      inode.object.cells[i] = object;
      if (object !== 0) objects.takeUser(object);
      dentry.parent.cells[e] = parent;
      dentry.name.cells[e] = name;
      dentry.inode.cells[e] = i;
    },
    removeName(e) {
      const i = dentry.inode(e);
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e) detachTree(m);
      }
      if (isRoot(e)) {
        moves.inode['last-name-held'](i);
        dentry.parent.cells[e] = 0;
        dentry.name.cells[e] = 0;
      } else {
        clearDentry(e);
        evict(i, 'last-name');
      }
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
    releaseInode(i) {
      moves.inode.released(i);
      drop(i);
    },
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
