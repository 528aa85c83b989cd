/** fork, clone, execve, exit_group and kill. */
import type { Kill } from '../../../model/vocabulary/index.ts';
import { execFiles } from '../fdtable.ts';
import { isCapable, isUnmapped } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { cloneTask, forkTask } from '../task.ts';

export function fork(kernel: Kernel, task: Task): number {
  return forkTask(kernel, task).pid;
}

export function clone(kernel: Kernel, task: Task): number {
  return cloneTask(kernel, task).pid;
}

export function execve(kernel: Kernel, task: Task): number {
  execFiles(kernel, task);
  // cap_bprm_creds_from_file: who is not the root that its user namespace maps has no capability left.
  if (isUnmapped(task)) task.capabilities = 'dropped';
  return 0;
}

export function exitGroup(kernel: Kernel, task: Task): number {
  kernel.operations.exitTask(kernel, task);
  return 0;
}

export function kill(kernel: Kernel, task: Task, call: Kill): OrError<number> {
  const victim = kernel.tasks.get(call.pid);
  if (victim === undefined) return 'ESRCH';
  if (victim.uid !== task.uid && !isCapable(task)) return 'EPERM';
  kernel.operations.exitTask(kernel, victim);
  return 0;
}
