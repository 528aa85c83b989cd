/** mount, bind, umount2 and unshare. */
import type { Bind, Mount as MountCall, Path, Umount } from '../../../model/vocabulary/index.ts';
import { isAtOrBelow, isDirectory } from '../dcache.ts';
import { attachCopy, attachMount, followMounts, isIn, mountOn } from '../mount.ts';
import { makePeer } from '../peers.ts';
import { isCounterpartInUse, listenersAt, propagate, unmountEverywhere } from '../propagation.ts';
import { copyNamespace, getNamespace, putNamespace } from '../namespace.ts';
import { byteLength, copyPath, longestPath } from '../path-name.ts';
import { walk, walkToUnmount } from '../path-walk.ts';
import { rootOptions } from '../mount-options.ts';
import { isCapable, isCapableIn, isUnmapped } from '../permission.ts';
import type {
  Dentry,
  Kernel,
  Location,
  Mount,
  Namespace,
  OrError,
  PathName,
  Task,
} from '../structures.types.ts';
import { instanceOf, newInstance } from '../superblock.ts';
import { setWorkingDirectory } from '../task.ts';

export function mount(kernel: Kernel, task: Task, call: MountCall): OrError<number> {
  const at = userPath(kernel, task, call.target);
  if (typeof at === 'string') return at;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  const options = rootOptions(call.data, kernel.release);
  if (typeof options === 'string') return options;
  if (isUnmapped(task) && kernel.release.userMount === 'refused') return 'EPERM';
  const top = topmost(kernel, at);
  if (typeof top === 'string') return top;
  // A superblock is made only once nothing can fail any more: a new one is mounted nowhere, so it
  // is never the one that is busy.
  if (!isIn(task.namespace, top.mount)) return 'EINVAL';
  const known = kernel.operations.findInstance(kernel, task.namespace);
  const isRoot = top.dentry === top.mount.root;
  if (isRoot && top.mount.superblock === known) return 'EBUSY';
  if (!isDirectory(top.dentry)) return 'ENOTDIR';
  const readOnly = call.flag === 'MS_RDONLY';
  const { root } =
    known === null ? newInstance(kernel, task.namespace, options) : instanceOf(kernel, known);
  if (known === null) root.inode.superblock.readOnly = readOnly;
  const listeners = listenersAt(kernel, top);
  const mount = attachMount(task.namespace, root, top);
  mount.readOnly = readOnly;
  propagate(task, top, mount, listeners);
  return 0;
}

export function bind(kernel: Kernel, task: Task, call: Bind): OrError<number> {
  const places = placesOf(kernel, task, call);
  if (typeof places === 'string') return places;
  const { at, source } = places;
  const top = topmost(kernel, at);
  if (typeof top === 'string') return top;
  const isOwn = isIn(task.namespace, top.mount) && isIn(task.namespace, source.mount);
  if (!isOwn) return 'EINVAL';
  if (call.flag !== 'MS_REC' && hidesByLock(source)) return 'EINVAL';
  if (isDirectory(source.dentry) !== isDirectory(top.dentry)) return 'ENOTDIR';
  if (!canBeShown(kernel, source.dentry)) return 'ENOENT';
  const listeners = listenersAt(kernel, top);
  const mount = attachMount(task.namespace, source.dentry, top);
  mount.readOnly = source.mount.readOnly;
  makePeer(mount, source.mount);
  mount.lockedReadOnly = source.mount.lockedReadOnly;
  if (call.flag === 'MS_REC') copyBelow(task.namespace, source, mount, mount);
  propagate(task, top, mount, listeners);
  return 0;
}

/** The target and the source of a bind or a move, looked up in that order. */
export function placesOf(
  kernel: Kernel,
  task: Task,
  call: Pick<Bind, 'source' | 'target'>,
): OrError<{ readonly at: Location; readonly source: Location }> {
  if (isTooLong(call.source)) return 'EINVAL';
  const at = userPath(kernel, task, call.target);
  if (typeof at === 'string') return at;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  if (call.source === null || call.source === '') return 'EINVAL';
  const source = userPath(kernel, task, call.source);
  if (typeof source === 'string') return source;
  return { at, source };
}

/** A copy of what is mounted at a place or below it, in the mount that shows the place. */
function copyBelow(namespace: Namespace, source: Location, into: Mount, fresh: Mount): void {
  // The copy may lie in what it is a copy of, and is none of its own.
  const originals = [...source.mount.children].filter((child) => child !== fresh);
  for (const original of originals) {
    const mountpoint = original.attachment?.mountpoint;
    if (mountpoint === undefined || !isAtOrBelow(mountpoint, source.dentry)) continue;
    const copy = attachCopy(namespace, original, { mount: into, dentry: mountpoint });
    copyBelow(namespace, { mount: original, dentry: original.root }, copy, fresh);
  }
}

/** has_locked_children: whether something that is locked in its place covers a part of what is there. */
const hidesByLock = ({ mount, dentry }: Location): boolean =>
  [...mount.children].some(({ locked, attachment }) => {
    return locked && attachment !== null && isAtOrBelow(attachment.mountpoint, dentry);
  });

/** The string of a source is copied in as one of the file system's own, with an error of its own. */
const isTooLong = (source: Path): boolean => source !== null && byteLength(source) >= longestPath;

/** Newer kernels prepare every root to be a mount point, which a removed name cannot be. */
export function canBeShown(kernel: Kernel, root: Dentry): boolean {
  return root.state === 'hashed' || kernel.release.bindRemoved === 'allowed';
}

export function umount2(kernel: Kernel, task: Task, call: Umount): OrError<number> {
  if (kernel.release.umountAsks === 'first' && !isCapableIn(task, task.namespace)) return 'EPERM';
  const name = copyPath(call.target);
  if (typeof name === 'string') return name;
  const atEnd = call.flag === 'UMOUNT_NOFOLLOW' ? 'stay' : 'follow';
  const end = walkToUnmount(kernel, task, umountName(kernel, name), atEnd);
  if (typeof end === 'string') return end;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  const { mount, dentry } = followMounts(end);
  if (dentry !== mount.root) return 'EINVAL';
  // Model: the root of a namespace stays mounted.
  if (mount === task.namespace.root) return 'EINVAL';
  if (!isIn(task.namespace, mount)) return 'EINVAL';
  if (mount.locked) return 'EINVAL';
  if (call.flag === 'MNT_FORCE' && !isCapable(task)) return 'EPERM';
  if (call.flag === 'MNT_DETACH|MNT_EXPIRE') return 'EINVAL';
  if (call.flag !== 'MNT_DETACH' && isInUse(mount)) return 'EBUSY';
  if (call.flag === 'MNT_EXPIRE' && !mount.expiring) {
    mount.expiring = true;
    return 'EAGAIN';
  }
  if (call.flag !== 'MNT_DETACH' && isCounterpartInUse(kernel, mount)) return 'EBUSY';
  unmountEverywhere(kernel, task.namespace, mount);
  return 0;
}

/** Mounts below it, and files that were opened through it, the ones in flight too. */
function isInUse({ children, count }: Mount): boolean {
  return children.size > 0 || count > 1;
}

function umountName(kernel: Kernel, name: PathName): PathName {
  return kernel.release.umountSlash === 'ignored' ? { ...name, trailingSlash: false } : name;
}

export function unshare(kernel: Kernel, task: Task): OrError<number> {
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  enterCopy(kernel, task);
  return 0;
}

/** create_user_ns, and then a mount namespace that belongs to it. */
export function unshareUser(kernel: Kernel, task: Task): OrError<number> {
  const { root } = task.namespace;
  const isChrooted = mountOn({ mount: root, dentry: root.root }) !== null;
  if (isChrooted || isUnmapped(task)) return 'EPERM';
  task.userNamespace = { parent: task.userNamespace };
  enterCopy(kernel, task);
  return 0;
}

/** unshare_nsproxy_namespaces, for the user namespace that the task is in now. */
function enterCopy(kernel: Kernel, task: Task): void {
  const original = task.namespace;
  const { namespace, copies } = copyNamespace(kernel, original, task.userNamespace);
  task.namespace = getNamespace(namespace);
  // The working directory comes along; what is open stays where it is.
  const { mount: place, dentry } = task.cwd;
  setWorkingDirectory(kernel, task, { mount: copies.get(place) ?? place, dentry });
  putNamespace(kernel, original);
}

export function userPath(kernel: Kernel, task: Task, path: Path): OrError<Location> {
  const name = copyPath(path);
  return typeof name === 'string' ? name : walk(kernel, task, name);
}

const isDetached = ({ namespaces }: Kernel, mount: Mount): boolean =>
  [...namespaces].every((namespace) => !isIn(namespace, mount));

/** Where something new is mounted: on top of what is there; not on a name that was removed. */
export function topmost(kernel: Kernel, at: Location): OrError<Location> {
  if (at.dentry.state === 'unhashed') return 'ENOENT';
  const mount = mountOn(at);
  if (mount !== null) return topmost(kernel, { mount, dentry: mount.root });
  return kernel.release.detachedMounts === 'gone' && isDetached(kernel, at.mount) ? 'ENOENT' : at;
}
