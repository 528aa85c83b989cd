/** The files of namespaces, and setns. */
import type { BindNamespace, OpenNamespace, Setns } from '../../../model/vocabulary/index.ts';
import { anonymousFile } from '../anonymous-file.ts';
import { isDirectory } from '../dcache.ts';
import { installFile, unusedDescriptor } from '../fdtable.ts';
import { fileBehind } from '../file.ts';
import { attachMount, isIn, showFile } from '../mount.ts';
import { getNamespace, namespaceFile, putNamespace } from '../namespace.ts';
import { listenersAt, propagate } from '../propagation.ts';
import { isCapableIn } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { setWorkingDirectory } from '../task.ts';
import { topmost, userPath } from './mounts.ts';

export function openNamespace(kernel: Kernel, task: Task, call: OpenNamespace): OrError<number> {
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  const target = kernel.tasks.get(call.pid);
  if (target === undefined) return 'ENOENT';
  installFile(task, fd, namespaceFile(target.namespace), 'stays');
  return fd;
}

/** Only a namespace that is older may show one that is younger: so none keeps itself (mnt_ns_loop). */
export function bindNamespace(kernel: Kernel, task: Task, call: BindNamespace): OrError<number> {
  const at = userPath(kernel, task, call.target);
  if (typeof at === 'string') return at;
  if (!isCapableIn(task, task.namespace)) return 'EPERM';
  const shown = kernel.tasks.get(call.pid)?.namespace;
  if (shown === undefined) return 'ENOENT';
  if (task.namespace.id >= shown.id) return 'EINVAL';
  const top = topmost(kernel, at);
  if (typeof top === 'string') return top;
  if (!isIn(task.namespace, top.mount)) return 'EINVAL';
  if (isDirectory(top.dentry)) return 'ENOTDIR';
  // It is not copied to where it may show what is older.
  if (listenersAt(kernel, top).length > 0) return 'EINVAL';
  const mount = attachMount(task.namespace, anonymousFile().dentry, top);
  showFile(mount, shown);
  propagate(task, top, mount, []);
  return 0;
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
