/** readdir: a directory is opened, read and closed. */
import type { Readdir } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { unusedDescriptor } from '../fdtable.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import { MAY, permits } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

/** The names in it but those with a dot, which are the kernel's own, and of which there are none here. */
export function readdir(kernel: Kernel, task: Task, call: Readdir): OrError<readonly string[]> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const { dentry } = at;
  if (!isDirectory(dentry)) return 'ENOTDIR';
  if (!permits(task, dentry.inode, MAY.read)) return 'EACCES';
  // Nobody reads a directory that was removed.
  if (dentry.state === 'unhashed') return 'ENOENT';
  return [...dentry.children.keys()].filter((child) => !child.includes('.'));
}
