/** Tasks: how they begin and end. */
import { firstFiles, getFiles, newFiles, putFiles } from './fdtable.ts';
import { getNamespace, putNamespace } from './namespace.ts';
import type { FilesStruct, Kernel, Namespace, Task } from './structures.types.ts';

/** The first task of a run. */
export function startTask(kernel: Kernel, namespace: Namespace): Task {
  return newTask(kernel, { namespace, uid: 0, umask: 0o022 }, firstFiles());
}

/** A child with a table of descriptors of its own. */
export function forkTask(kernel: Kernel, parent: Task): Task {
  const descriptors = kernel.operations.copyDescriptors(parent);
  return newTask(kernel, parent, newFiles(descriptors, parent.files));
}

/** A child that uses its parent's table of descriptors. */
export function cloneTask(kernel: Kernel, parent: Task): Task {
  return newTask(kernel, parent, getFiles(parent.files));
}

/** What a task has from the one that it comes from. */
type Inherited = Pick<Task, 'namespace' | 'uid' | 'umask'>;

function newTask(kernel: Kernel, { namespace, uid, umask }: Inherited, files: FilesStruct): Task {
  kernel.lastPid += 1;
  const task: Task = {
    pid: kernel.lastPid,
    files,
    get descriptors() {
      return task.files.descriptors;
    },
    namespace: getNamespace(namespace),
    uid,
    umask,
  };
  kernel.tasks.set(task.pid, task);
  return task;
}

/** Ends a task: its files first, then its namespace. Its parent reaps it at once. */
export function exitTask(kernel: Kernel, task: Task): void {
  putFiles(kernel, task.files);
  putNamespace(kernel, task.namespace);
  kernel.tasks.delete(task.pid);
}
