/** truncate, utimensat and setxattr. Inodes here have neither a size nor times. */
import type { Setxattr, Truncate, Utimensat } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import { isCapable, isOwner, MAY, permits } from '../permission.ts';
import { refusesMask, refusesWriting } from '../read-only.ts';
import type { Dentry, Kernel, OrError, Task } from '../structures.types.ts';

export function truncate(kernel: Kernel, task: Task, call: Truncate): OrError<number> {
  if (call.length < 0) return 'EINVAL';
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  if (isDirectory(at.dentry)) return 'EISDIR';
  const { mount, dentry } = at;
  if (kernel.release.truncateAsks === 'mount-first' && refusesWriting(mount) !== null)
    return 'EROFS';
  if (refusesMask(dentry.inode, MAY.write) !== null) return 'EROFS';
  if (!permits(task, dentry.inode, MAY.write)) return 'EACCES';
  return refusesWriting(mount) ?? 0;
}

export function utimensat(kernel: Kernel, task: Task, call: Utimensat): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const { inode } = at.dentry;
  if (refusesWriting(at.mount) !== null) return 'EROFS';
  return isOwner(task, inode) || permits(task, inode, MAY.write) ? 0 : 'EACCES';
}

/** xattr_permission: a directory with the sticky bit leaves them to its owner. */
function refusesAttribute(
  task: Task,
  dentry: Dentry,
  name: Setxattr['name'],
): 'EACCES' | 'EPERM' | null {
  if (name === 'trusted.a') return isCapable(task) ? null : 'EPERM';
  const isSticky = isDirectory(dentry) && (dentry.inode.mode & 0o1000) !== 0;
  if (isSticky && !isOwner(task, dentry.inode)) return 'EPERM';
  return permits(task, dentry.inode, MAY.write) ? null : 'EACCES';
}

/** Only a tmpfs keeps attributes, and nobody reads them. */
export function setxattr(kernel: Kernel, task: Task, call: Setxattr): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const refused = refusesWriting(at.mount) ?? refusesAttribute(task, at.dentry, call.name);
  if (refused !== null) return refused;
  return at.dentry.inode.superblock.type === 'tmpfs' ? 0 : 'EOPNOTSUPP';
}
