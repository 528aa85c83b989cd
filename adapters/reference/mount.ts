/** Mounts: attaching, finding and detaching them. */
import { getDentry, putDentry } from './dcache.ts';
import { makePeer, makePrivate } from './peers.ts';
import { deactivate } from './superblock.ts';
import type { Attachment, Dentry, Kernel, Location, Mount, Namespace } from './structures.types.ts';

/** Makes a mount that shows `root`, attached somewhere or the root of a namespace to be. */
export function makeMount(root: Dentry, attachment: Attachment | null): Mount {
  const { superblock } = root.inode;
  superblock.active += 1;
  const children = new Set<Mount>();
  const mount: Mount = {
    superblock,
    root: getDentry(root),
    readOnly: false,
    file: null,
    expiring: false,
    locked: false,
    lockedReadOnly: false,
    children,
    ring: null,
    master: null,
    slaves: new Set(),
    attachment,
    count: 1,
  };
  attachment?.parent.children.add(mount);
  return mount;
}

/** Shows `root` at a place of a namespace. */
export function attachMount(namespace: Namespace, root: Dentry, at: Location): Mount {
  const mount = makeMount(root, { parent: at.mount, mountpoint: at.dentry });
  namespace.mounts.add(mount);
  return mount;
}

/** Gives a copy the flags of its original. */
export function copyFlags({ readOnly, locked, lockedReadOnly }: Mount, copy: Mount): void {
  Object.assign(copy, { readOnly, locked, lockedReadOnly });
}

/** Shows what a mount shows somewhere else, as writable as it was, and as fixed. */
export function attachCopy(namespace: Namespace, original: Mount, at: Location): Mount {
  const copy = attachMount(namespace, original.root, at);
  copyFlags(original, copy);
  makePeer(copy, original);
  if (original.file !== null) showFile(copy, original.file);
  return copy;
}

/** A mount of the file of a namespace keeps that. */
export function showFile(mount: Mount, namespace: Namespace): void {
  namespace.members += 1;
  mount.file = namespace;
}

/** Attaches a mount elsewhere, with all that is mounted in it. */
export function moveMount(mount: Mount, at: Location): void {
  mount.attachment?.parent.children.delete(mount);
  mount.attachment = { parent: at.mount, mountpoint: at.dentry };
  at.mount.children.add(mount);
}

/** The mount that covers a place, if one does. */
export function mountOn({ mount, dentry }: Location): Mount | null {
  for (const child of mount.children) {
    if (child.attachment?.mountpoint === dentry) return child;
  }
  return null;
}

/** From a place to what is visible there: the root of the topmost mount on it. */
export function followMounts(at: Location): Location {
  const mount = mountOn(at);
  return mount === null ? at : followMounts({ mount, dentry: mount.root });
}

/** Whether any mount of the namespace is attached at the dentry, whichever mount it is below. */
export function isMountpoint(namespace: Namespace, dentry: Dentry): boolean {
  return [...namespace.mounts].some((mount) => mount.attachment?.mountpoint === dentry);
}

/** A mount and all below it. */
export function treeOf(root: Mount): readonly Mount[] {
  const tree = [root];
  for (const mount of tree) tree.push(...mount.children);
  return tree;
}

/** Takes a mount and all mounts below it out of its namespace. */
export function unmountTree(kernel: Kernel, namespace: Namespace, mount: Mount): void {
  mount.attachment?.parent.children.delete(mount);
  const tree = treeOf(mount);
  for (const each of tree) {
    namespace.mounts.delete(each);
    each.attachment = null;
    makePrivate(each);
    each.children.clear();
  }
  for (const each of tree) putMount(kernel, each);
}

export function getMount(mount: Mount): void {
  mount.count += 1;
}

/** Whether a mount is one of the namespace's (check_mnt). */
export const isIn = (namespace: Namespace, mount: Mount): boolean => namespace.mounts.has(mount);

/** Somebody lets go of a mount (mntput): it was used, so it does not expire. */
export function touchMount(mount: Mount): void {
  mount.expiring = false;
}

/** A mount that is out of its namespace lasts until the last file in it is closed. */
export function putMount(kernel: Kernel, mount: Mount): void {
  touchMount(mount);
  mount.count -= 1;
  if (mount.count !== 0) return;
  putDentry(kernel, mount.root);
  deactivate(kernel, mount.superblock);
  if (mount.file !== null) putNamespace(kernel, mount.file);
}

export function putNamespace(kernel: Kernel, namespace: Namespace): void {
  namespace.members -= 1;
  if (namespace.members !== 0) return;
  kernel.namespaces.delete(namespace);
  kernel.addresses.free.push(namespace.address);
  unmountTree(kernel, namespace, namespace.root);
}

/** Takes away what is mounted on a dentry, in all namespaces. */
export function detachMounts(kernel: Kernel, dentry: Dentry): void {
  for (const namespace of kernel.namespaces) {
    for (const mount of [...namespace.mounts]) {
      // A mount further up may have taken this one along.
      if (mount.attachment?.mountpoint !== dentry || !namespace.mounts.has(mount)) continue;
      unmountTree(kernel, namespace, mount);
    }
  }
}
