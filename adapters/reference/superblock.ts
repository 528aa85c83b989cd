/** Superblocks: the instances of file systems. */
import { makeRoot, putDentry } from './dcache.ts';
import type { RootOptions } from './mount-options.ts';
import type { Dentry, Kernel, Namespace, Superblock } from './structures.types.ts';

/** A superblock and its root directory. */
export interface Tree {
  readonly superblock: Superblock;
  readonly root: Dentry;
}

/** Makes a superblock, not yet held by any mount. */
export function makeSuperblock(kernel: Kernel, type: Superblock['type'], key: number | null): Tree {
  kernel.lastId += 1;
  const superblock: Superblock = {
    id: kernel.lastId,
    type,
    key,
    inodes: new Set(),
    readOnly: false,
    active: 0,
  };
  const root = makeRoot(superblock);
  kernel.superblocks.set(superblock, root);
  return { superblock, root };
}

/** A new instance, for the mounts of a namespace. */
export function newInstance(
  kernel: Kernel,
  namespace: Namespace,
  { mode, uid }: RootOptions,
): Tree {
  const tree = makeSuperblock(kernel, 'bpf', namespace.address);
  tree.root.inode.mode = mode;
  tree.root.inode.uid = uid;
  return tree;
}

/** One that is there already. */
export function instanceOf(kernel: Kernel, superblock: Superblock): Tree {
  const root = kernel.superblocks.get(superblock);
  if (root === undefined) throw new Error('an instance without a root was found');
  return { superblock, root };
}

/** A key holds no reference: where addresses come back, the key of a namespace that is gone can match again. */
export function findInstance(kernel: Kernel, namespace: Namespace): Superblock | null {
  if (kernel.release.instances === 'by-mount') return null;
  for (const superblock of kernel.superblocks.keys()) {
    if (superblock.type === 'bpf' && superblock.key === namespace.address) return superblock;
  }
  return null;
}

/** Drops the hold of a mount. */
export function deactivate(kernel: Kernel, superblock: Superblock): void {
  superblock.active -= 1;
  if (superblock.active === 0) kernel.operations.killSuperblock(kernel, superblock);
}

export function killSuperblock(kernel: Kernel, superblock: Superblock): void {
  const root = kernel.superblocks.get(superblock);
  kernel.superblocks.delete(superblock);
  if (root !== undefined) dropTree(kernel, root);
}

function dropTree(kernel: Kernel, dentry: Dentry): void {
  for (const child of dentry.children.values()) dropTree(kernel, child);
  putDentry(kernel, dentry);
}
