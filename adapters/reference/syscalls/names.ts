/** mkdir, rmdir and unlink. */
import type { Mkdir, Rmdir, Unlink } from '../../../model/vocabulary/index.ts';
import { takeOffline } from '../cgroup.ts';
import { instantiate, isDirectory } from '../dcache.ts';
import { detachMounts, isMountpoint } from '../mount.ts';
import { copyPath } from '../path-name.ts';
import { isReservedName, lookUp, walkToNewName, walkToParent } from '../path-walk.ts';
import type { Dentry, Kernel, OrError, Task } from '../structures.types.ts';

export function mkdir(kernel: Kernel, task: Task, call: Mkdir): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const creation = { kind: 'directory' } as const;
  const negative = walkToNewName(kernel, task, name, creation);
  if (typeof negative === 'string') return negative;
  if (isReservedName(negative.parent, negative.name)) {
    kernel.operations.discardName(kernel, negative, creation);
    return 'EPERM';
  }
  instantiate(negative, creation);
  return 0;
}

export function rmdir(kernel: Kernel, task: Task, call: Rmdir): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  switch (last.type) {
    case 'dot':
      return 'EINVAL';
    case 'dot-dot':
      return 'ENOTEMPTY';
    case 'root':
      return 'EBUSY';
    case 'name':
      break;
  }
  const dentry = lookUp(kernel, last.parent.dentry, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry === null) return 'ENOENT';
  if (!isDirectory(dentry)) return 'ENOTDIR';
  if (isMountpoint(task.namespace, dentry)) return 'EBUSY';
  if (dentry.children.size > 0) return 'ENOTEMPTY';
  remove(kernel, dentry);
  const { content } = dentry.inode;
  if (content.kind === 'cgroup') takeOffline(kernel, content.cgroup);
  return 0;
}

export function unlink(kernel: Kernel, task: Task, call: Unlink): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  if (last.type !== 'name') return 'EISDIR';
  const dentry = lookUp(kernel, last.parent.dentry, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry === null) return 'ENOENT';
  if (isDirectory(dentry)) return 'EISDIR';
  if (name.trailingSlash) return 'ENOTDIR';
  if (isMountpoint(task.namespace, dentry)) return 'EBUSY';
  remove(kernel, dentry);
  return 0;
}

/** Removes a name, and what other namespaces have mounted on it. */
function remove(kernel: Kernel, dentry: Dentry): void {
  kernel.operations.removeName(kernel, dentry);
  detachMounts(kernel, dentry);
}
