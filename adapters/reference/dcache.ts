/** Dentries and inodes: names come, go, and are held. */
import { getObject, putObject } from './object.ts';
import type {
  BpfObject,
  Dentry,
  Entry,
  Inode,
  InodeContent,
  Kernel,
  NegativeDentry,
  NewInode,
  Superblock,
} from './structures.types.ts';

/** A bpffs is for everybody, as /tmp is. */
const rootModes = { tmpfs: 0o755, cgroup2: 0o755, bpf: 0o1777, anon_inodefs: 0o600 } as const;

/** Makes the root directory of a superblock. */
export function makeRoot(superblock: Superblock): Dentry {
  const root = newDentry(
    '/',
    null,
    newInode(superblock, { kind: 'directory' }, { uid: 0, mode: rootModes[superblock.type] }),
  );
  root.inode.nlink = namesOf(root);
  return root;
}

/** Turns a name that does not exist into one that does. */
export function instantiate(name: NegativeDentry, content: InodeContent, given: NewInode): Dentry {
  return addName(name, newInode(name.parent.inode.superblock, content, given));
}

/** Turns a name that does not exist into a name of an inode, its first one or one more. */
export function addName(at: NegativeDentry, inode: Inode): Dentry {
  const dentry = newDentry(at.name, at.parent, inode);
  inode.nlink += namesOf(dentry);
  enter(dentry, at);
  return dentry;
}

/** What a name counts in the inode it is a name of. */
function namesOf(dentry: Dentry): number {
  return isDirectory(dentry) ? 2 : 1;
}

/** What it counts in the directory it is in. */
function namesOfParent(dentry: Dentry): number {
  return isDirectory(dentry) ? 1 : 0;
}

/** Puts a dentry into a directory. */
function enter(dentry: Dentry, { parent, name }: NegativeDentry): void {
  dentry.parent = parent;
  dentry.name = name;
  parent.children.set(name, dentry);
  parent.inode.nlink += namesOfParent(dentry);
}

/** Takes a dentry out of its directory. */
function leave(dentry: Dentry): void {
  const { parent } = dentry;
  if (parent === null) return;
  parent.children.delete(dentry.name);
  parent.inode.nlink -= namesOfParent(dentry);
}

/** Turns a name that does not exist into a pin, which holds the object. */
export function instantiatePin(
  kernel: Kernel,
  name: NegativeDentry,
  object: BpfObject,
  given: NewInode,
): Dentry {
  kernel.operations.holdPinned(object);
  return instantiate(name, { kind: 'pin', object }, given);
}

export const holdPinned = getObject;

/** A name that was not created leaves nothing behind. */
export function discardName(): void {}

function newInode(superblock: Superblock, content: InodeContent, given: NewInode): Inode {
  const inode: Inode = { superblock, content, ...given, nlink: 0, count: 0 };
  superblock.inodes.add(inode);
  return inode;
}

function newDentry(name: string, parent: Dentry | null, inode: Inode): Dentry {
  inode.count += 1;
  return { name, parent, inode, children: new Map(), state: 'hashed', count: 1 };
}

export function isDirectory(dentry: Dentry): boolean {
  const { kind } = dentry.inode.content;
  return kind === 'directory' || kind === 'cgroup';
}

/** Whether a dentry is the directory given, or somewhere below it. */
export function isAtOrBelow(dentry: Dentry, directory: Dentry): boolean {
  if (dentry === directory) return true;
  return dentry.parent !== null && isAtOrBelow(dentry.parent, directory);
}

export function getDentry(dentry: Dentry): Dentry {
  dentry.count += 1;
  return dentry;
}

export function putDentry(kernel: Kernel, dentry: Dentry): void {
  dentry.count -= 1;
  if (dentry.count === 0) putInode(kernel, dentry.inode);
}

function putInode(kernel: Kernel, inode: Inode): void {
  inode.count -= 1;
  if (inode.count === 0) kernel.operations.evictInode(kernel, inode);
}

/**
 * Takes a name out of its directory. The inode goes with its last one, unless a mount has that as its
 * root.
 */
export function removeName(kernel: Kernel, dentry: Dentry): void {
  leave(dentry);
  dentry.inode.nlink -= namesOf(dentry);
  dentry.state = 'unhashed';
  putDentry(kernel, dentry);
}

/** Gives a dentry a name that does not exist. What is in it, and mounted on it, comes along. */
export function moveName(dentry: Dentry, to: NegativeDentry): void {
  leave(dentry);
  enter(dentry, to);
}

/** Gives each of two the name of the other. */
export function exchangeNames(one: Entry, other: Entry): void {
  leave(one.dentry);
  leave(other.dentry);
  enter(one.dentry, other.at);
  enter(other.dentry, one.at);
}

export function evictInode(kernel: Kernel, inode: Inode): void {
  inode.superblock.inodes.delete(inode);
  if (inode.content.kind !== 'pin') return;
  const { object } = inode.content;
  switch (kernel.release.evictedPin) {
    case 'at-once':
      putObject(kernel, object, 'inode');
      break;
    case 'after-grace-period':
      kernel.work.push({ kind: 'put-pinned', object });
      break;
  }
}
