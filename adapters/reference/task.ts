/** Tasks: how they begin and end. */
import type { Fd } from '../../model/vocabulary/index.ts';
import { closeDescriptor, getFile, openNullDevice } from './file.ts';
import { getNamespace, putNamespace } from './namespace.ts';
import type { File, Kernel, Namespace, Task } from './structures.types.ts';

/** The first task of a run. */
export function startTask(kernel: Kernel, namespace: Namespace): Task {
  const nullDevice = openNullDevice();
  const descriptors = new Map([0, 1, 2].map((fd) => [fd, getFile(nullDevice)]));
  return newTask(kernel, namespace, descriptors);
}

export function forkTask(kernel: Kernel, parent: Task): Task {
  return newTask(kernel, parent.namespace, kernel.operations.copyDescriptors(parent));
}

function newTask(kernel: Kernel, namespace: Namespace, descriptors: Map<Fd, File>): Task {
  kernel.lastPid += 1;
  const task: Task = { pid: kernel.lastPid, descriptors, namespace: getNamespace(namespace) };
  kernel.tasks.set(task.pid, task);
  return task;
}

/** Ends a task: its files first, then its namespace. Its parent reaps it at once. */
export function exitTask(kernel: Kernel, task: Task): void {
  for (const fd of [...task.descriptors.keys()]) closeDescriptor(kernel, task, fd);
  putNamespace(kernel, task.namespace);
  kernel.tasks.delete(task.pid);
}
