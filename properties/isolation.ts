/** How far a call can be seen: whose descriptors and which paths it changes. */
import type { Observation } from '../model/index.ts';
import type {
  Link,
  Linkat,
  Mkdir,
  Mknod,
  ObjPin,
  Rename,
  Renameat2,
  Rmdir,
  Symlink,
  Unlink,
} from '../model/vocabulary/index.ts';
import { cell, openedBy, sameDescriptors, samePath, sightOf } from './cells.ts';
import type { StepProperty, StepView } from './property.types.ts';
import { isAlone, nothingMoves, onlyPeersMove, othersStay, seesOn } from './others-sights.ts';
import { removing } from './removing.ts';
import { watchedAt, watchedParent } from './watch.ts';

/** Calls on one name; link and rename are about two, in one instance as they succeed. */
type NameCall =
  (ObjPin | Mkdir | Rmdir | Unlink | Link | Linkat) | (Rename | Renameat2 | Symlink | Mknod);

function hasNoDescriptor(o: Observation, pid: number): boolean {
  for (let fd = 0; fd < o.shape.descriptors; fd += 1) {
    if (openedBy(o, pid, fd) !== 0) {
      return false;
    }
  }
  return true;
}

/**
 * Only fork, clone and kill reach into the descriptors of another process, but for those who share a
 * table.
 */
function descriptorsStayPrivate(
  before: Observation,
  { pid, call }: StepView,
  child: number,
  after: Observation,
): boolean {
  for (let other = 1; other <= before.shape.processes; other += 1) {
    if ((call.call === 'fork' || call.call === 'clone') && other === child) {
      if (!sameDescriptors(before, pid, after, child)) {
        return false;
      }
    } else if (call.call === 'kill' && other === call.pid) {
      if (!hasNoDescriptor(after, other)) {
        return false;
      }
    } else if (
      before.files[other] !== before.files[pid] &&
      !sameDescriptors(before, other, after, other)
    ) {
      return false;
    }
  }
  return true;
}

/** The instance in which a call adds or removes a name, or -1 if that cannot be seen. */
function instanceOf(
  before: Observation,
  step: StepView,
  call: NameCall,
  after: Observation,
): number {
  const path = 'to' in call ? call.to : call.path;
  const parent = watchedParent(step.watch, path);
  if (parent >= 0) {
    return cell(before.seenInstance, sightOf(before, step.pid, parent));
  }
  const own = watchedAt(step.watch, path);
  if (own < 0) {
    return -1;
  }
  const at = sightOf(before, step.pid, own);
  const instance = cell(before.seenInstance, at) || cell(after.seenInstance, at);
  return instance === 0 ? -1 : instance;
}

/** Whether what changed for a process is in this instance, before and after. */
function changesOnly(
  before: Observation,
  after: Observation,
  pid: number,
  instance: number,
): boolean {
  const end = sightOf(before, pid + 1, 0);
  for (let at = sightOf(before, pid, 0); at < end; at += 1) {
    const was = cell(before.seenInstance, at);
    const is = cell(after.seenInstance, at);
    const inside = (was === 0 || was === instance) && (is === 0 || is === instance);
    // Along a symbolic link a path leads through other instances than the one that it shows.
    const linked = cell(before.seenByLink, at) === 1 || cell(after.seenByLink, at) === 1;
    if (!inside && !linked && !samePath(before, after, at)) {
      return false;
    }
  }
  return true;
}

/**
 * A name that is added shows in its instance only. A name that is removed takes with it the mounts
 * on it in other namespaces, whatever they show; in the caller's own it would have been busy.
 */
function namesStayInside(
  before: Observation,
  step: StepView,
  call: NameCall,
  after: Observation,
): boolean {
  const instance = instanceOf(before, step, call, after);
  if (instance < 0) {
    return true;
  }
  const removes = removing.has(call.call);
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    const elsewhere = before.namespace[pid] !== before.namespace[step.pid];
    if (!(removes && elsewhere) && !changesOnly(before, after, pid, instance)) {
      return false;
    }
  }
  return true;
}

function pathsStayApart(before: Observation, step: StepView, after: Observation): boolean {
  const { call, pid } = step;
  switch (call.call) {
    case 'BPF_OBJ_PIN':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'link':
    case 'linkat':
    case 'rename':
    case 'renameat2':
    case 'symlink':
    case 'mknod':
      return namesStayInside(before, step, call, after);
    case 'mount':
    case 'bind':
    case 'bind-namespace':
    case 'move':
    case 'remount':
    case 'umount2':
      return onlyPeersMove(before, after, cell(before.namespace, pid));
    case 'exit_group':
    case 'kill':
      // What the others see then is the claim of survival-after-exit.
      return true;
    case 'BPF_MAP_CREATE':
    case 'BPF_MAP_UPDATE_ELEM':
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
    case 'BPF_PROG_LOAD':
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'bpf':
    case 'BPF_OBJ_GET':
    case 'close':
    case 'dup':
    case 'dup2':
    case 'dup3':
    case 'fcntl':
    case 'open':
    case 'pipe2':
    case 'fork':
    case 'clone':
    case 'execve':
    case 'socketpair':
    case 'sendmsg':
    case 'recvmsg':
    case 'SO_ATTACH_BPF':
    case 'SO_DETACH_FILTER':
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
    case 'BPF_LINK_DETACH':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID':
    case 'RTM_NEWTFILTER':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
    case 'stat':
    case 'chdir':
    case 'fchdir':
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'readdir':
    case 'umask':
    case 'chmod':
    case 'chown':
    case 'setresuid':
    case 'access':
    case 'statx':
      return nothingMoves(before, after, 0);
    case 'open-namespace':
    case 'set-propagation':
      return nothingMoves(before, after, 0);
    case 'setns':
      return othersStay(before, after, pid);
    case 'unshare':
    case 'unshare-user':
      return othersStay(before, after, pid) && seesOn(before, after, pid) && isAlone(after, pid);
  }
}

/**
 * An unshared namespace starts as a copy, so even the caller sees what it saw before: all but the files of
 * namespaces, which stay behind and uncover what they were mounted on.
 */
export const isolation = {
  kind: 'step',
  id: 'isolation',
  title:
    'A call changes names in its own instance only, mounts in its own namespace and where those are heard of, and nobody else’s descriptors.',
  needs: ['descriptors', 'paths', 'instances', 'namespaces'],
  source: 'mount_namespaces(7); fs/namespace.c, copy_mnt_ns, is_local_mountpoint, __detach_mounts',
  failing: 'skipped',
  holds: (before, step, after): boolean => {
    const { outcome } = step;
    return (
      !outcome.ok ||
      (descriptorsStayPrivate(before, step, outcome.value, after) &&
        pathsStayApart(before, step, after))
    );
  },
} as const satisfies StepProperty;
