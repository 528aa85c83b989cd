/** Who a task is, and what that lets it do (fs/namei.c, fs/attr.c, kernel/capability.c). */
import type { Uid } from '../../model/vocabulary/index.ts';
import type { Dentry, Inode, Kernel, Namespace, NewInode, Task } from './structures.types.ts';

export const MAY = { exec: 1, write: 2, read: 4 } as const;

const S_ISVTX = 0o1000;

/** Whether no user has a number in the user namespace of a task. */
export const isUnmapped = ({ userNamespace }: Task): boolean => userNamespace.parent !== null;

/** capable: in the initial user namespace every capability belongs to root, and to nobody else. */
export const isCapable = (task: Task): boolean => task.uid === 0 && !isUnmapped(task);

/** ns_capable: who is capable in the initial user namespace is so in all of them. */
export const isCapableIn = (task: Task, { userNamespace }: Namespace): boolean =>
  isCapable(task) ||
  (isUnmapped(task) && task.userNamespace === userNamespace && task.capabilities === 'kept');

/** As mode bits are numbered for the owner, or for those who are neither that nor in its group. */
function modeFor(inode: Inode, uid: Uid): number {
  return (inode.uid === uid ? inode.mode >> 6 : inode.mode) & 7;
}

/** inode_permission: EACCES, unless the mode grants all of it or a capability does. */
export function permits(task: Task, inode: Inode, mask: number): boolean {
  if ((modeFor(inode, task.uid) & mask) === mask) return true;
  if (!isCapable(task)) return false;
  const isDirectory = inode.content.kind === 'directory' || inode.content.kind === 'cgroup';
  return isDirectory || (mask & MAY.exec) === 0 || (inode.mode & 0o111) !== 0;
}

/** inode_owner_or_capable. */
export const isOwner = (task: Task, inode: Inode): boolean =>
  inode.uid === task.uid || isCapable(task);

/** may_create: whether a task may put a name into a directory. */
export const mayCreate = (task: Task, directory: Dentry): boolean =>
  permits(task, directory.inode, MAY.write | MAY.exec);

/** may_delete, as far as it is about the task; null if it may. */
export function refusesDeletion(
  task: Task,
  directory: Dentry,
  victim: Dentry,
): 'EACCES' | 'EPERM' | null {
  if (!mayCreate(task, directory)) return 'EACCES';
  const isSticky = (directory.inode.mode & S_ISVTX) !== 0;
  return isSticky && !isOwner(task, victim.inode) && !isOwner(task, directory.inode)
    ? 'EPERM'
    : null;
}

/** inode_init_owner, with the mode that a call gives to what it makes. */
export const newInodeOf = ({ uid, umask }: Task, mode: number): NewInode => ({
  uid,
  mode: mode & ~umask,
});

/** sysctl_unprivileged_bpf_disabled. */
export const isBpfClosed = (kernel: Kernel, task: Task): boolean =>
  !isCapable(task) && kernel.unprivilegedBpf === 'disabled';
