/** mkdir, mknod, rmdir, unlink, link and symlink. */
import type {
  Errno,
  Link,
  Linkat,
  Mkdir,
  Mknod,
  Rmdir,
  Symlink,
  Unlink,
} from '../../../model/vocabulary/index.ts';
import { takeOffline } from '../cgroup.ts';
import { instantiate, isDirectory } from '../dcache.ts';
import { locationBehind } from '../file.ts';
import { hasRenames, hasSymlinks } from '../file-systems.ts';
import { isMountpoint } from '../mount.ts';
import { copyPath } from '../path-name.ts';
import { mayCreate, newInodeOf, refusesDeletion } from '../permission.ts';
import { walkToNewName } from '../new-name.ts';
import { checkName, lookUp, walkToLink, walkToParent } from '../path-walk.ts';
import { refusesWriting } from '../read-only.ts';
import { removeEntry } from '../removal.ts';
import type {
  Creation,
  Dentry,
  Kernel,
  Location,
  NegativeDentry,
  OrError,
  Task,
} from '../structures.types.ts';

export function mkdir(kernel: Kernel, task: Task, call: Mkdir): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const creation = { kind: 'directory' } as const;
  const found = walkToNewName(kernel, task, name, creation);
  if (typeof found === 'string') return found;
  const { negative } = found;
  const refused = mayCreate(task, negative.parent)
    ? checkName(kernel, negative.parent, negative.name)
    : 'EACCES';
  if (refused !== null) {
    kernel.operations.discardName(kernel, negative, creation);
    return refused;
  }
  instantiate(negative, creation, newInodeOf(task, 0o755));
  return 0;
}

/** Directories of bpffs have neither `create`, for regular files, nor a `mknod` that serves users. */
export function mknod(kernel: Kernel, task: Task, call: Mknod): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const creation = { kind: 'file' } as const;
  const found = walkToNewName(kernel, task, name, creation);
  if (typeof found === 'string') return found;
  const { negative } = found;
  const isAllowed = mayCreate(task, negative.parent);
  if (!isAllowed || negative.parent.inode.superblock.type === 'bpf') {
    kernel.operations.discardName(kernel, negative, creation);
    return !isAllowed || call.type === 'S_IFREG' ? 'EACCES' : 'EPERM';
  }
  instantiate(negative, creation, newInodeOf(task, 0o644));
  return 0;
}

export function symlink(kernel: Kernel, task: Task, call: Symlink): OrError<number> {
  const target = copyPath(call.target);
  if (typeof target === 'string') return target;
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const creation = { kind: 'symlink', target } as const;
  const found = walkToNewName(kernel, task, name, creation);
  if (typeof found === 'string') return found;
  const { negative } = found;
  const isAllowed = mayCreate(task, negative.parent);
  if (!isAllowed || !hasSymlinks(kernel, negative.parent.inode.superblock)) {
    kernel.operations.discardName(kernel, negative, creation);
    return isAllowed ? 'EPERM' : 'EACCES';
  }
  // Of a symbolic link neither the umask nor the mode means anything.
  instantiate(negative, creation, { uid: task.uid, mode: 0o777 });
  return 0;
}

export function rmdir(kernel: Kernel, task: Task, call: Rmdir): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  switch (last.type) {
    case 'dot':
      return 'EINVAL';
    case 'dot-dot':
      return 'ENOTEMPTY';
    case 'root':
      return 'EBUSY';
    case 'name':
      break;
  }
  if (refusesWriting(last.parent.mount) !== null) return 'EROFS';
  const dentry = lookUp(kernel, last.parent.dentry, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry === null) return 'ENOENT';
  const refused = refusesDeletion(task, last.parent.dentry, dentry);
  if (refused !== null) return refused;
  if (!isDirectory(dentry)) return 'ENOTDIR';
  if (isMountpoint(task.namespace, dentry)) return 'EBUSY';
  if (dentry.children.size > 0) return 'ENOTEMPTY';
  removeEntry(kernel, dentry);
  const { content } = dentry.inode;
  if (content.kind === 'cgroup') takeOffline(kernel, content.cgroup);
  return 0;
}

export function unlink(kernel: Kernel, task: Task, call: Unlink): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  if (last.type !== 'name') return 'EISDIR';
  if (refusesWriting(last.parent.mount) !== null) return 'EROFS';
  const dentry = lookUp(kernel, last.parent.dentry, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry === null) return 'ENOENT';
  if (name.trailingSlash) return isDirectory(dentry) ? 'EISDIR' : 'ENOTDIR';
  const refused = refusesDeletion(task, last.parent.dentry, dentry);
  if (refused !== null) return refused;
  if (isDirectory(dentry)) return 'EISDIR';
  if (isMountpoint(task.namespace, dentry)) return 'EBUSY';
  removeEntry(kernel, dentry);
  return 0;
}

export function link(kernel: Kernel, task: Task, call: Link): OrError<number> {
  const from = copyPath(call.from, call.fromFd);
  const old = typeof from === 'string' ? from : walkToLink(kernel, task, from);
  return typeof old === 'string' ? old : linkLocation(kernel, task, old, call);
}

/** With AT_EMPTY_PATH: what is open at a place gets one more name. */
export function linkat(kernel: Kernel, task: Task, call: Linkat): OrError<number> {
  const old = locationBehind(task, call.fd);
  return typeof old === 'string' ? old : linkLocation(kernel, task, old, call);
}

/** `old`: null for what is on no mount that paths lead to. */
function linkLocation(
  kernel: Kernel,
  task: Task,
  old: Location | null,
  call: Pick<Link, 'to' | 'toFd'>,
): OrError<number> {
  const to = copyPath(call.to, call.toFd);
  if (typeof to === 'string') return to;
  const creation: Creation =
    old === null ? { kind: 'file' } : { kind: 'link', inode: old.dentry.inode };
  const found = walkToNewName(kernel, task, to, creation);
  if (typeof found === 'string') return found;
  const { mount, negative } = found;
  const refused = mount === old?.mount ? checkLink(kernel, task, old.dentry, negative) : 'EXDEV';
  if (refused === null && creation.kind === 'link') {
    kernel.operations.addName(negative, creation.inode);
  } else kernel.operations.discardName(kernel, negative, creation);
  return refused ?? 0;
}

function checkLink(
  kernel: Kernel,
  task: Task,
  old: Dentry,
  { parent, name }: NegativeDentry,
): Errno | null {
  if (!mayCreate(task, parent)) return 'EACCES';
  if (!hasRenames(kernel, parent.inode.superblock) || isDirectory(old)) return 'EPERM';
  if (old.inode.nlink === 0) return 'ENOENT';
  return checkName(kernel, parent, name);
}
