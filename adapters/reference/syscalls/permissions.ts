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
import { isCapable, isOwner, isUnmapped, MAY, permits } from '../permission.ts';
import { refusesMask, refusesWriting } from '../read-only.ts';
import type { Kernel, Location, OrError, Task } from '../structures.types.ts';

export function umask(task: Task, { mask }: Umask): number {
  const old = task.umask;
  task.umask = mask;
  return old;
}

export function setresuid(task: Task, { uid }: Setresuid): OrError<number> {
  if (isUnmapped(task)) return 'EINVAL';
  if (!isCapable(task) && uid !== task.uid) return 'EPERM';
  task.uid = uid;
  return 0;
}

export function chmod(kernel: Kernel, task: Task, { path, mode }: Chmod): OrError<number> {
  const at = locationAt(kernel, task, path);
  if (typeof at === 'string') return at;
  const { mount, dentry } = at;
  if (refusesWriting(mount) !== null) return 'EROFS';
  if (!isOwner(task, dentry.inode)) return 'EPERM';
  dentry.inode.mode = mode;
  return 0;
}

/** chown_ok and chgrp_ok: an owner can give a file to itself at most. */
export function chown(kernel: Kernel, task: Task, { path, owner }: Chown): OrError<number> {
  const at = locationAt(kernel, task, path);
  if (typeof at === 'string') return at;
  const { mount, dentry } = at;
  if (refusesWriting(mount) !== null) return 'EROFS';
  if (isUnmapped(task)) return 'EINVAL';
  const keeps = dentry.inode.uid === task.uid && owner === task.uid;
  if (!keeps && !isCapable(task)) return 'EPERM';
  dentry.inode.uid = owner;
  return 0;
}

const masks = { F_OK: 0, R_OK: MAY.read, W_OK: MAY.write, X_OK: MAY.exec } as const;

export function access(kernel: Kernel, task: Task, { path, mode }: Access): OrError<number> {
  const at = locationAt(kernel, task, path);
  if (typeof at === 'string') return at;
  const { inode } = at.dentry;
  const refused = refusesMask(inode, masks[mode]);
  if (refused !== null) return refused;
  if (!permits(task, inode, masks[mode])) return 'EACCES';
  return mode === 'W_OK' ? (refusesWriting(at.mount) ?? 0) : 0;
}

export function statx(kernel: Kernel, task: Task, { path }: Statx): OrError<number> {
  const at = locationAt(kernel, task, path);
  if (typeof at === 'string') return at;
  const { dentry } = at;
  const { mode, uid } = dentry.inode;
  const owner = isUnmapped(task) ? overflowUid : uid;
  return statxValue({ kind: isDirectory(dentry) ? 'directory' : 'file', mode, owner });
}

/** What from_kuid_munged makes of a user without a number. */
const overflowUid = 65534;

function locationAt(kernel: Kernel, task: Task, path: Path): OrError<Location> {
  const name = copyPath(path);
  return typeof name === 'string' ? name : walk(kernel, task, name);
}
