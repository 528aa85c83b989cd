/**
 * Names, and the inodes that they lead to. An inode lives by its names and by the mounts that have one
 * of its dentries as their root (fs/dcache.c; fs/libfs.c; kernel/bpf/inode.c). The only writer of the
 * inodes' lifecycle.
 */
import type { Switches } from '../profiles/index.ts';
import type { Belonging } from '../permissions.ts';
import type { Tables } from '../state/tables.ts';
import { inodeKinds } from '../state/codes.ts';
import type { ObjectEdges } from './objects.ts';

/** What a new inode is. */
export interface NewInode {
  /** `inodeKinds`. */
  readonly kind: number;
  /** The object of a pin, or 0. */
  readonly object: number;
  /** The path id of a symbolic link, or 0. */
  readonly target: number;
  readonly mode: number;
  /** `users`. */
  readonly owner: number;
}

export interface InodeEdges {
  /** The superblock that a dentry belongs to. */
  superblockOf(e: number): number;
  /** False for a dentry that lost its name, and is there for what holds it. */
  isNamed(e: number): boolean;
  hasChildren(e: number): boolean;
  /** True if a dentry is another, or somewhere below it. */
  isAtOrBelow(e: number, above: number): boolean;
  /** True if a superblock has an inode that lost its last name and is held still. */
  hasUnlinked(s: number): boolean;
  /** As stat(2) counts them: of a directory also what the directories in it call it. */
  linksOf(e: number): number;
  /** Gives a new inode its first name. */
  create(e: number, parent: number, name: number, i: number, what: NewInode): void;
  /** Makes a new inode the root of a superblock. */
  createRoot(s: number, e: number, i: number, bits: Belonging): void;
  /** One more name for the inode behind `other`. */
  addName(e: number, parent: number, name: number, other: number): void;
  move(e: number, parent: number, name: number): void;
  exchange(a: number, b: number): void;
  /** A dentry loses its name; `held`: whether it is a mount's root, or somebody has it open. */
  unname(e: number, held: 'held' | 'free'): void;
  /** A dentry without a name goes with the last that held it. */
  dropHold(e: number): void;
  /** Everything on a superblock goes with it. */
  clear(s: number): void;
  /** Lets go of the object of an inode that is gone: a deferred effect. */
  readonly release: (i: number) => void;
}

export function createInodeEdges(w: Tables, objects: ObjectEdges, is: Switches): InodeEdges {
  const { superblock, inode, dentry, moves, bounds } = w;
  const end = bounds.dentries + w.hostDentries;
  const { unlinked } = w.charts.inode.states;

  const superblockOf = (e: number): number => inode.superblock(dentry.inode(e));
  const isNamed = (e: number): boolean =>
    dentry.name(e) !== 0 || superblock.root(superblockOf(e)) === e;

  function forget(e: number): void {
    dentry.parent.cells[e] = 0;
    dentry.name.cells[e] = 0;
    dentry.inode.cells[e] = 0;
  }

  function drop(i: number): void {
    const o = inode.object(i);
    inode.superblock.cells[i] = 0;
    inode.kind.cells[i] = 0;
    inode.object.cells[i] = 0;
    inode.target.cells[i] = 0;
    inode.mode.cells[i] = 0;
    inode.owner.cells[i] = 0;
    if (o !== 0) objects.dropUser(o, 'inode');
  }

  /**
   * Ends an inode: what it held is let go, from 5.1 to 6.17 after a grace period (docs/world.md, Deferred effects:
   * free_inode). A directory holds nothing, and a kernel keeps it no longer than one can see.
   */
  function evict(i: number, by: 'last-name' | 'last-hold'): void {
    if (is.pinPut === 'later' && inode.object(i) !== 0) {
      moves.inode[`${by}-later`](i);
      inode.superblock.cells[i] = 0;
      return;
    }
    // Two places, as a name that is computed is looked up every time.
    if (by === 'last-name') moves.inode['last-name'](i);
    else moves.inode['last-hold'](i);
    drop(i);
  }

  /** Dentries of an inode, besides `e`: those with a name, or without one. */
  function hasOthers(e: number, which: 'named' | 'unnamed'): boolean {
    const i = dentry.inode(e);
    for (let other = 1; other <= bounds.dentries; other++) {
      const fits = isNamed(other) === (which === 'named');
      if (other !== e && dentry.inode(other) === i && fits) return true;
    }
    return false;
  }

  /** How many names there are in a directory. */
  function count(parent: number, of: 'directories' | 'anything'): number {
    let found = 0;
    for (let child = 1; child <= end; child++) {
      const isDirectory = inode.kind(dentry.inode(child)) === inodeKinds.directory;
      const isThere = dentry.parent(child) === parent && dentry.name(child) !== 0;
      if (isThere && (isDirectory || of === 'anything')) found++;
    }
    return found;
  }

  function linksOf(e: number): number {
    const i = dentry.inode(e);
    if (inode.kind(i) === inodeKinds.directory) return isNamed(e) ? 2 + count(e, 'directories') : 0;
    let names = 0;
    for (let other = 1; other <= bounds.dentries; other++) {
      if (dentry.inode(other) === i && isNamed(other)) names++;
    }
    return names;
  }

  function setName(e: number, parent: number, name: number): void {
    dentry.parent.cells[e] = parent;
    dentry.name.cells[e] = name;
  }

  return {
    superblockOf,
    isNamed,
    isAtOrBelow(e, above) {
      let up = e;
      while (up !== 0 && up !== above) up = dentry.parent(up);
      return up === above;
    },
    hasChildren: (e) => count(e, 'anything') > 0,
    hasUnlinked(s) {
      for (let i = 1; i <= bounds.inodes; i++) {
        if (inode.superblock(i) === s && inode.state(i) === unlinked) return true;
      }
      return false;
    },
    linksOf,
    create(e, parent, name, i, { kind, object, target, mode, owner }) {
      moves.inode.name(i);
      inode.superblock.cells[i] = superblockOf(parent);
      inode.kind.cells[i] = kind;
      inode.object.cells[i] = object;
      inode.target.cells[i] = target;
      inode.mode.cells[i] = mode;
      inode.owner.cells[i] = owner;
      if (object !== 0) objects.takeUser(object);
      setName(e, parent, name);
      dentry.inode.cells[e] = i;
    },
    createRoot(s, e, i, { mode, owner }) {
      moves.inode.name(i);
      inode.superblock.cells[i] = s;
      inode.kind.cells[i] = inodeKinds.directory;
      if (bounds.permissions === 1) inode.mode.cells[i] = mode;
      inode.owner.cells[i] = owner;
      dentry.inode.cells[e] = i;
      superblock.root.cells[s] = e;
    },
    addName(e, parent, name, other) {
      setName(e, parent, name);
      dentry.inode.cells[e] = dentry.inode(other);
    },
    move: setName,
    exchange(a, b) {
      const [parent, name] = [dentry.parent(a), dentry.name(a)];
      setName(a, dentry.parent(b), dentry.name(b));
      setName(b, parent, name);
    },
    unname(e, held) {
      const i = dentry.inode(e);
      const isLast = !hasOthers(e, 'named');
      const isKept = held === 'held' || hasOthers(e, 'unnamed');
      // From a removed directory, .. leads on to where it was (fs/namei.c, follow_dotdot).
      if (held === 'held') setName(e, bounds.directories === 1 ? dentry.parent(e) : 0, 0);
      else forget(e);
      if (!isLast) return;
      if (isKept) moves.inode['last-name-held'](i);
      else evict(i, 'last-name');
    },
    dropHold(e) {
      const i = dentry.inode(e);
      const isLast = inode.state(i) === unlinked && !hasOthers(e, 'unnamed');
      forget(e);
      if (isLast) evict(i, 'last-hold');
    },
    clear(s) {
      for (let e = 1; e <= bounds.dentries; e++) if (superblockOf(e) === s) forget(e);
      for (let i = 1; i <= bounds.inodes; i++) if (inode.superblock(i) === s) evict(i, 'last-hold');
    },
    release(i) {
      moves.inode.released(i);
      drop(i);
    },
  };
}
