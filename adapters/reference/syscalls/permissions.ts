/** umask, chmod, chown, setresuid, access and statx. */
import { statxValue } from '../../../model/vocabulary/index.ts';
import type {
  Access,
  Chmod,
  Chown,
  Path,
  Setresuid,
  Statx,
  Umask,
} from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import { isCapable, isOwner, MAY, permits } from '../permission.ts';
import type { Dentry, Kernel, OrError, Task } from '../structures.types.ts';

export function umask(task: Task, { mask }: Umask): number {
  const old = task.umask;
  task.umask = mask;
  return old;
}

export function setresuid(task: Task, { uid }: Setresuid): OrError<number> {
  if (!isCapable(task) && uid !== task.uid) return 'EPERM';
  task.uid = uid;
  return 0;
}

export function chmod(kernel: Kernel, task: Task, { path, mode }: Chmod): OrError<number> {
  const dentry = dentryAt(kernel, task, path);
  if (typeof dentry === 'string') return dentry;
  if (!isOwner(task, dentry.inode)) return 'EPERM';
  dentry.inode.mode = mode;
  return 0;
}

/** chown_ok and chgrp_ok: an owner can give a file to itself at most. */
export function chown(kernel: Kernel, task: Task, { path, owner }: Chown): OrError<number> {
  const dentry = dentryAt(kernel, task, path);
  if (typeof dentry === 'string') return dentry;
  const keeps = dentry.inode.uid === task.uid && owner === task.uid;
  if (!keeps && !isCapable(task)) return 'EPERM';
  dentry.inode.uid = owner;
  return 0;
}

const masks = { F_OK: 0, R_OK: MAY.read, W_OK: MAY.write, X_OK: MAY.exec } as const;

export function access(kernel: Kernel, task: Task, { path, mode }: Access): OrError<number> {
  const dentry = dentryAt(kernel, task, path);
  if (typeof dentry === 'string') return dentry;
  return permits(task, dentry.inode, masks[mode]) ? 0 : 'EACCES';
}

export function statx(kernel: Kernel, task: Task, { path }: Statx): OrError<number> {
  const dentry = dentryAt(kernel, task, path);
  if (typeof dentry === 'string') return dentry;
  const { mode, uid: owner } = dentry.inode;
  return statxValue({ kind: isDirectory(dentry) ? 'directory' : 'file', mode, owner });
}

function dentryAt(kernel: Kernel, task: Task, path: Path): OrError<Dentry> {
  const name = copyPath(path);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  return typeof at === 'string' ? at : at.dentry;
}
