/** Dentries and inodes: names come, go, and are held. */
import { getObject, putObject } from './object.ts';
import type {
  BpfObject,
  Dentry,
  Inode,
  InodeContent,
  Kernel,
  NegativeDentry,
  Superblock,
} from './structures.types.ts';

/** Makes the root directory of a superblock. */
export function makeRoot(superblock: Superblock): Dentry {
  return newDentry('/', null, newInode(superblock, { kind: 'directory' }));
}

/** Turns a name that does not exist into one that does. */
export function instantiate({ parent, name }: NegativeDentry, content: InodeContent): Dentry {
  const dentry = newDentry(name, parent, newInode(parent.inode.superblock, content));
  parent.children.set(name, dentry);
  return dentry;
}

/** Turns a name that does not exist into a pin, which holds the object. */
export function instantiatePin(kernel: Kernel, name: NegativeDentry, object: BpfObject): Dentry {
  kernel.operations.holdPinned(object);
  return instantiate(name, { kind: 'pin', object });
}

export const holdPinned = getObject;

/** A name that was not created leaves nothing behind. */
export function discardName(): void {}

function newInode(superblock: Superblock, content: InodeContent): Inode {
  const inode: Inode = { superblock, content };
  superblock.inodes.add(inode);
  return inode;
}

function newDentry(name: string, parent: Dentry | null, inode: Inode): Dentry {
  return { name, parent, inode, children: new Map(), state: 'hashed', count: 1 };
}

export function isDirectory(dentry: Dentry): boolean {
  const { kind } = dentry.inode.content;
  return kind === 'directory' || kind === 'cgroup';
}

export function getDentry(dentry: Dentry): Dentry {
  dentry.count += 1;
  return dentry;
}

export function putDentry(kernel: Kernel, dentry: Dentry): void {
  dentry.count -= 1;
  if (dentry.count === 0) kernel.operations.evictInode(kernel, dentry.inode);
}

/** Takes a name out of its directory. The inode goes with it, unless a mount has it as its root. */
export function removeName(kernel: Kernel, dentry: Dentry): void {
  dentry.parent?.children.delete(dentry.name);
  dentry.state = 'unhashed';
  putDentry(kernel, dentry);
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
