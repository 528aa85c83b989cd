/** chdir and fchdir. */
import type { Chdir, Fchdir } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { locationBehind } from '../file.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import { MAY, permits } from '../permission.ts';
import type { Kernel, Location, OrError, Task } from '../structures.types.ts';
import { setWorkingDirectory } from '../task.ts';

export function chdir(kernel: Kernel, task: Task, call: Chdir): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  return typeof at === 'string' ? at : goTo(kernel, task, at);
}

export function fchdir(kernel: Kernel, task: Task, call: Fchdir): OrError<number> {
  const at = locationBehind(task, call.fd);
  return typeof at === 'string' ? at : goTo(kernel, task, at);
}

function goTo(kernel: Kernel, task: Task, at: Location | null): OrError<number> {
  if (at === null || !isDirectory(at.dentry)) return 'ENOTDIR';
  if (!permits(task, at.dentry.inode, MAY.exec)) return 'EACCES';
  setWorkingDirectory(kernel, task, at);
  return 0;
}
