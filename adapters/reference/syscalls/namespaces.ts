/** The files of namespaces, and setns. */
import type { OpenNamespace, Setns } from '../../../model/vocabulary/index.ts';
import { installFile, unusedDescriptor } from '../fdtable.ts';
import { fileBehind } from '../file.ts';
import { getNamespace, namespaceFile, putNamespace } from '../namespace.ts';
import { isCapableIn } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { setWorkingDirectory } from '../task.ts';

export function openNamespace(kernel: Kernel, task: Task, call: OpenNamespace): OrError<number> {
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  const target = kernel.tasks.get(call.pid);
  if (target === undefined) return 'ENOENT';
  installFile(task, fd, namespaceFile(target.namespace), 'stays');
  return fd;
}

/** mntns_install: the root of the namespace is the task's root and its working directory from now on. */
export function setns(kernel: Kernel, task: Task, call: Setns): OrError<number> {
  const file = fileBehind(task, call.fd);
  if (typeof file === 'string') return file;
  if (file.kind !== 'namespace') return 'EINVAL';
  const { namespace } = file;
  if (!isCapableIn(task, namespace)) return 'EPERM';
  const old = task.namespace;
  task.namespace = getNamespace(namespace);
  setWorkingDirectory(kernel, task, { mount: namespace.root, dentry: namespace.root.root });
  putNamespace(kernel, old);
  return 0;
}
