/** rename and renameat2. */
import type {
  Errno,
  Fd,
  Path,
  Rename,
  Renameat2,
  RenameFlag,
} from '../../../model/vocabulary/index.ts';
import { exchangeNames, isAtOrBelow, isDirectory } from '../dcache.ts';
import { hasRenameFlags, hasRenames } from '../file-systems.ts';
import { isMountpoint } from '../mount.ts';
import { copyPath } from '../path-name.ts';
import { MAY, mayCreate, permits, refusesDeletion } from '../permission.ts';
import { checkName, lookUp, walkToParent } from '../path-walk.ts';
import type { Last } from '../path-walk.ts';
import { refusesWriting } from '../read-only.ts';
import { removeEntry } from '../removal.ts';
import type { Dentry, Entry, Kernel, NegativeDentry, OrError, Task } from '../structures.types.ts';

/** A flag that stands alone, or none. */
type Flag = 'none' | Exclude<RenameFlag, 'RENAME_NOREPLACE|RENAME_EXCHANGE'>;

/** The last component of a path that was walked to. */
interface Named extends Last {
  readonly trailingSlash: boolean;
}

/** What is to be renamed, and what is there where it is to go. */
interface Renaming {
  readonly from: Entry;
  readonly to: { readonly dentry: Dentry | null; readonly at: NegativeDentry };
  readonly flag: Flag;
}

/** Why something is not done, or null. */
type Refusal = Errno | null;

export function rename(kernel: Kernel, task: Task, call: Rename): OrError<number> {
  return renamePaths(kernel, task, call, 'none');
}

export function renameat2(kernel: Kernel, task: Task, call: Renameat2): OrError<number> {
  if (call.flag === 'RENAME_NOREPLACE|RENAME_EXCHANGE') return 'EINVAL';
  return renamePaths(kernel, task, call, call.flag);
}

function renamePaths(
  kernel: Kernel,
  task: Task,
  call: Omit<Rename, 'call'>,
  flag: Flag,
): OrError<number> {
  const from = lastOf(kernel, task, call.from, call.fromFd);
  if (typeof from === 'string') return from;
  const to = lastOf(kernel, task, call.to, call.toFd);
  if (typeof to === 'string') return to;
  const renaming = lookUpBoth(kernel, from, to, flag);
  if (typeof renaming === 'string') return renaming;
  const refused = checkSpelling(renaming, from, to) ?? checkAncestors(renaming);
  return refused ?? renameEntries(kernel, task, renaming);
}

function lastOf(kernel: Kernel, task: Task, path: Path, dirFd?: Fd): OrError<Named> {
  const name = copyPath(path, dirFd);
  if (typeof name === 'string') return name;
  const last = walkToParent(kernel, task, name);
  return typeof last === 'string' ? last : { ...last, trailingSlash: name.trailingSlash };
}

function lookUpBoth(kernel: Kernel, from: Named, to: Named, flag: Flag): OrError<Renaming> {
  if (from.parent.mount !== to.parent.mount) return 'EXDEV';
  if (from.type !== 'name') return 'EBUSY';
  if (to.type !== 'name') return flag === 'RENAME_NOREPLACE' ? 'EEXIST' : 'EBUSY';
  if (refusesWriting(from.parent.mount) !== null) return 'EROFS';
  const old = lookUp(kernel, from.parent.dentry, from.name);
  if (typeof old === 'string') return old;
  if (old === null) return 'ENOENT';
  const target = lookUp(kernel, to.parent.dentry, to.name);
  if (typeof target === 'string') return target;
  return {
    from: { dentry: old, at: { parent: from.parent.dentry, name: from.name } },
    to: { dentry: target, at: { parent: to.parent.dentry, name: to.name } },
    flag,
  };
}

/** Whether the name to be is there or not as the flag wants it, and slashes follow directories. */
function checkSpelling({ from, to, flag }: Renaming, fromName: Named, toName: Named): Refusal {
  if (flag === 'RENAME_NOREPLACE' && to.dentry !== null) return 'EEXIST';
  if (flag === 'RENAME_EXCHANGE') {
    if (to.dentry === null) return 'ENOENT';
    if (toName.trailingSlash && !isDirectory(to.dentry)) return 'ENOTDIR';
  }
  if (isDirectory(from.dentry)) return null;
  if (fromName.trailingSlash) return 'ENOTDIR';
  return toName.trailingSlash && flag !== 'RENAME_EXCHANGE' ? 'ENOTDIR' : null;
}

/** Nothing moves into itself. */
function checkAncestors({ from, to, flag }: Renaming): Refusal {
  if (isAtOrBelow(to.at.parent, from.dentry)) return 'EINVAL';
  if (to.dentry === null || !isAtOrBelow(from.at.parent, to.dentry)) return null;
  return flag === 'RENAME_EXCHANGE' ? 'EINVAL' : 'ENOTEMPTY';
}

function renameEntries(kernel: Kernel, task: Task, renaming: Renaming): OrError<number> {
  const { from, to, flag } = renaming;
  if (to.dentry?.inode === from.dentry.inode) return 0;
  const refused =
    checkOldName(task, renaming) ??
    checkNewName(task, renaming) ??
    checkFileSystem(kernel, renaming) ??
    checkParents(task, renaming) ??
    checkMounts(task, renaming) ??
    checkInBpffs(kernel, renaming);
  if (refused !== null) return refused;
  if (flag === 'RENAME_EXCHANGE') {
    if (to.dentry !== null) exchangeNames(from, { dentry: to.dentry, at: to.at });
    return 0;
  }
  if (to.dentry !== null) removeEntry(kernel, to.dentry);
  kernel.operations.moveName(from.dentry, to.at);
  return 0;
}

const checkOldName = (task: Task, { from }: Renaming): Refusal =>
  refusesDeletion(task, from.at.parent, from.dentry);

/** A name that is replaced is removed, with all that asks. */
function checkNewName(task: Task, renaming: Renaming): Refusal {
  const { dentry, at } = renaming.to;
  if (dentry === null) return mayCreate(task, at.parent) ? null : 'EACCES';
  return refusesDeletion(task, at.parent, dentry) ?? checkKinds(renaming);
}

/** What moves into another directory gets another ".." written into it. */
function checkParents(task: Task, { from, to, flag }: Renaming): Refusal {
  if (from.at.parent === to.at.parent) return null;
  const moved = flag === 'RENAME_EXCHANGE' ? [from.dentry, to.dentry] : [from.dentry];
  const isRefused = moved.some(
    (dentry) => dentry !== null && isDirectory(dentry) && !permits(task, dentry.inode, MAY.write),
  );
  return isRefused ? 'EACCES' : null;
}

/** A directory takes the place of directories only, and nothing else does. */
function checkKinds({ from, to, flag }: Renaming): Refusal {
  if (to.dentry === null || flag === 'RENAME_EXCHANGE') return null;
  if (isDirectory(from.dentry)) return isDirectory(to.dentry) ? null : 'ENOTDIR';
  return isDirectory(to.dentry) ? 'EISDIR' : null;
}

function checkFileSystem(kernel: Kernel, { from, flag }: Renaming): Refusal {
  const { superblock } = from.dentry.inode;
  if (!hasRenames(kernel, superblock)) return 'EPERM';
  return flag === 'none' || hasRenameFlags(kernel, superblock) ? null : 'EINVAL';
}

/** What other namespaces have mounted does not matter. */
function checkMounts({ namespace }: Task, { from, to }: Renaming): Refusal {
  const entries = to.dentry === null ? [from.dentry] : [from.dentry, to.dentry];
  return entries.some((dentry) => isMountpoint(namespace, dentry)) ? 'EBUSY' : null;
}

/** What a bpffs says itself, when everything else is fine. */
function checkInBpffs(kernel: Kernel, { to, flag }: Renaming): Refusal {
  if (checkName(kernel, to.at.parent, to.at.name) !== null) return 'EPERM';
  if (flag === 'RENAME_WHITEOUT') return 'EINVAL';
  const isReplaced = to.dentry !== null && flag !== 'RENAME_EXCHANGE';
  return isReplaced && to.dentry.children.size > 0 ? 'ENOTEMPTY' : null;
}
