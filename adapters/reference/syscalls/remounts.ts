/** mount with MS_MOVE, with MS_REMOUNT, and with the types of propagation. */
import type { Move, Remount, SetPropagation } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { isIn, moveMount, treeOf } from '../mount.ts';
import { makePrivate, makeShared, makeSlave } from '../peers.ts';
import { listenersAt, namespaceOf, propagate } from '../propagation.ts';
import { isCapable, isCapableIn } from '../permission.ts';
import type { Kernel, Mount, OrError, Superblock, Task } from '../structures.types.ts';
import { canBeShown, placesOf, topmost, userPath } from './mounts.ts';

export function move(kernel: Kernel, task: Task, call: Move): OrError<number> {
  const places = placesOf(kernel, task, call);
  if (typeof places === 'string') return places;
  const { at, source } = places;
  const { mount, dentry } = source;
  const isMovable = dentry === mount.root && isDirectory(dentry) === isDirectory(at.dentry);
  if (kernel.release.moveAsks === 'source-first' && !isMovable) return 'EINVAL';
  const top = topmost(kernel, at);
  if (typeof top === 'string') return top;
  if (!isIn(task.namespace, top.mount) || !isIn(task.namespace, mount)) return 'EINVAL';
  if (!isMovable || mount.attachment === null || mount.locked) return 'EINVAL';
  if (mount.attachment.parent.ring !== null) return 'EINVAL';
  if (isAtOrBelow(top.mount, mount)) return 'ELOOP';
  if (!canBeShown(kernel, dentry)) return 'ENOENT';
  const listeners = listenersAt(kernel, top);
  moveMount(mount, top);
  propagate(task, top, mount, listeners);
  return 0;
}

function isAtOrBelow(mount: Mount, above: Mount): boolean {
  const parent = mount.attachment?.parent;
  return mount === above || (parent !== undefined && isAtOrBelow(parent, above));
}

/** s_remove_count: what lost its last name is still to be removed, and that would be to write. */
const hasRemoved = ({ inodes }: Superblock): boolean =>
  [...inodes].some(({ nlink }) => nlink === 0);

export function remount(kernel: Kernel, task: Task, call: Remount): OrError<number> {
  const at = userPath(kernel, task, call.target);
  if (typeof at === 'string') return at;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  const { mount, dentry } = at;
  if (!isIn(task.namespace, mount) || dentry !== mount.root) return 'EINVAL';
  const readOnly = call.flag === 'MS_RDONLY';
  if (!readOnly && mount.lockedReadOnly) return 'EPERM';
  if (call.what === 'instance') {
    if (!isCapable(task)) return 'EPERM';
    if (readOnly && !mount.superblock.readOnly && hasRemoved(mount.superblock)) return 'EBUSY';
    mount.superblock.readOnly = readOnly;
  }
  mount.readOnly = readOnly;
  return 0;
}

const settings: Readonly<Record<SetPropagation['type'], (mount: Mount) => void>> = {
  MS_SHARED: makeShared,
  MS_SLAVE: makeSlave,
  MS_PRIVATE: makePrivate,
};

/** Of mounts of other namespaces, too. */
export function setPropagation(kernel: Kernel, task: Task, call: SetPropagation): OrError<number> {
  const at = userPath(kernel, task, call.target);
  if (typeof at === 'string') return at;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  const { mount, dentry } = at;
  if (dentry !== mount.root) return 'EINVAL';
  const owner = namespaceOf(kernel, mount);
  if (kernel.release.detachedType === 'refused') {
    if (owner === undefined) return 'EINVAL';
    if (!isCapableIn(task, owner)) return 'EPERM';
  }
  const set = settings[call.type];
  for (const each of call.flag === 'MS_REC' ? treeOf(mount) : [mount]) set(each);
  return 0;
}
