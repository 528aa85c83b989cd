/** stat. */
import { statValue } from '../../../model/vocabulary/index.ts';
import type { Stat } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function stat(kernel: Kernel, task: Task, call: Stat): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const { nlink } = at.dentry.inode;
  return statValue({ kind: isDirectory(at.dentry) ? 'directory' : 'file', nlink });
}
