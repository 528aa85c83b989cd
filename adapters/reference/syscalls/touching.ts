/** truncate, utimensat and setxattr. Inodes here have neither a size nor times. */
import type { Setxattr, Truncate, Utimensat } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function truncate(kernel: Kernel, task: Task, call: Truncate): OrError<number> {
  if (call.length < 0) return 'EINVAL';
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  return isDirectory(at.dentry) ? 'EISDIR' : 0;
}

export function utimensat(kernel: Kernel, task: Task, call: Utimensat): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  return typeof at === 'string' ? at : 0;
}

/** Only a tmpfs keeps attributes, and nobody reads them. */
export function setxattr(kernel: Kernel, task: Task, call: Setxattr): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  return at.dentry.inode.superblock.type === 'tmpfs' ? 0 : 'EOPNOTSUPP';
}
