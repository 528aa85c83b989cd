/** Tasks: how they begin and end. */
import { firstFiles, getFiles, newFiles, putFiles } from './fdtable.ts';
import { getNamespace, putNamespace } from './namespace.ts';
import { getLocation, putLocation } from './file.ts';
import type { FilesStruct, Kernel, Location, Namespace, Task } from './structures.types.ts';

/** The first task of a run. */
export function startTask(kernel: Kernel, namespace: Namespace): Task {
  const cwd = { mount: namespace.root, dentry: namespace.root.root };
  const { userNamespace } = namespace;
  const root = { uid: 0, userNamespace, capabilities: 'kept', umask: 0o022 } as const;
  return newTask(kernel, { namespace, cwd, ...root }, firstFiles());
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
type Inherited = Pick<
  Task,
  'namespace' | 'cwd' | 'uid' | 'userNamespace' | 'capabilities' | 'umask'
>;

function newTask(kernel: Kernel, from: Inherited, files: FilesStruct): Task {
  const { namespace, cwd, uid, userNamespace, capabilities, umask } = from;
  kernel.lastPid += 1;
  const task: Task = {
    pid: kernel.lastPid,
    files,
    get descriptors() {
      return task.files.descriptors;
    },
    namespace: getNamespace(namespace),
    cwd: getLocation(cwd),
    uid,
    userNamespace,
    capabilities,
    umask,
  };
  kernel.tasks.set(task.pid, task);
  return task;
}

/** A task holds its working directory, and that its mount. */
export function setWorkingDirectory(kernel: Kernel, task: Task, cwd: Location): void {
  const old = task.cwd;
  task.cwd = getLocation(cwd);
  putLocation(kernel, old);
}

/** Ends a task: its files first, then where it is, then its namespace. Its parent reaps it at once. */
export function exitTask(kernel: Kernel, task: Task): void {
  putFiles(kernel, task.files);
  putLocation(kernel, task.cwd);
  putNamespace(kernel, task.namespace);
  kernel.tasks.delete(task.pid);
}
