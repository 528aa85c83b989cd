import type { CallName, Pid } from '../model/vocabulary/index.ts';
import type { Prospects } from './prospects.ts';
import {
  callers,
  cgroupPrograms,
  cgroups,
  classifiers,
  links,
  maps,
  objects,
  openPins,
  places,
  programArrays,
  programs,
  sockets,
} from './things.ts';
import type { Things } from './things.ts';

/** True for a choice that is about an array of programs; half of the maps it makes are some. */
export const wantsArray = (detail: number): boolean => detail % 2 === 1;

/** How far a call can be from one that makes sense: a get needs a pin, that a mount. */
const longestWay = 4;

/**
 * The call itself, or the one that has to come first: nearly nothing can be learned from pinning
 * without a descriptor, or from getting what nobody pinned.
 * @param detail decides where two calls would do.
 */
export function callInPlace(
  name: CallName,
  pid: Pid,
  detail: number,
  prospects: Prospects,
): CallName {
  let wanted = name;
  for (let way = 0; way < longestWay; way++) {
    const first = firstCall(wanted, pid, detail, prospects);
    if (first === wanted) break;
    wanted = first;
  }
  return wanted;
}

function firstCall(name: CallName, pid: Pid, detail: number, prospects: Prospects): CallName {
  const unpinned = prospects.pins().length === 0;
  const unmounted = prospects.mounted().length === 0;
  const opening = unpinned || detail % 2 === 0 ? 'BPF_MAP_CREATE' : 'BPF_OBJ_GET';
  switch (name) {
    case 'BPF_MAP_UPDATE_ELEM':
      if (wantsArray(detail) && !isOpen(prospects, pid, programArrays)) return 'BPF_MAP_CREATE';
      if (isOpen(prospects, pid, programArrays) && !isOpen(prospects, pid, programs)) {
        return 'BPF_PROG_LOAD';
      }
      return isOpen(prospects, pid, maps) ? name : opening;
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
    case 'BPF_MAP_FREEZE':
      return isOpen(prospects, pid, maps) ? name : opening;
    case 'close':
    case 'dup':
    case 'dup2':
    case 'dup3':
    case 'fcntl':
    case 'execve':
    case 'bpf':
    case 'BPF_OBJ_GET_INFO_BY_FD':
      return isOpen(prospects, pid) ? name : opening;
    case 'BPF_PROG_TEST_RUN':
      // Half of the time a program that calls what is in an array.
      if (wantsArray(detail) && isOpen(prospects, pid, programArrays)) {
        if (!isOpen(prospects, pid, callers)) return 'BPF_PROG_LOAD';
        if (detail % 4 === 3) return 'BPF_MAP_UPDATE_ELEM';
      }
      return isOpen(prospects, pid, programs) ? name : 'BPF_PROG_LOAD';
    case 'BPF_OBJ_PIN':
      if (unmounted) return 'mount';
      return isOpen(prospects, pid, objects) ? name : opening;
    case 'BPF_OBJ_GET':
    case 'link':
    case 'rename':
    case 'renameat2':
    case 'stat':
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'readdir':
    case 'statx':
    case 'access':
    case 'chmod':
    case 'chown':
    case 'unlink':
      return unpinned ? 'BPF_OBJ_PIN' : name;
    case 'sendmsg':
      return isOpen(prospects, pid, sockets) ? name : 'socketpair';
    case 'recvmsg':
      return prospects.readable(pid).length > 0 ? name : 'sendmsg';
    case 'SO_ATTACH_BPF':
      if (!isOpen(prospects, pid, sockets)) return 'socketpair';
      return isOpen(prospects, pid, programs) ? name : 'BPF_PROG_LOAD';
    case 'SO_DETACH_FILTER':
      return prospects.filtered(pid).length > 0 ? name : 'SO_ATTACH_BPF';
    case 'fchdir':
      if (unmounted) return 'mount';
      return isOpen(prospects, pid, places) ? name : 'open';
    case 'linkat':
      if (unpinned) return 'BPF_OBJ_PIN';
      return isOpen(prospects, pid, openPins) ? name : 'open';
    case 'chdir':
    case 'mkdir':
    case 'symlink':
    case 'mknod':
    case 'umount2':
    case 'move':
    case 'remount':
    case 'set-propagation':
      return unmounted ? 'mount' : name;
    case 'rmdir':
      if (unmounted) return 'mount';
      return prospects.directories().length === 0 ? 'mkdir' : name;
    case 'exit_group':
    case 'kill':
      return prospects.running().length < 3 ? 'fork' : name;
    case 'BPF_PROG_ATTACH':
    case 'BPF_LINK_CREATE':
      if (!isOpen(prospects, pid, cgroups)) return 'open';
      return isOpen(prospects, pid, cgroupPrograms) ? name : 'BPF_PROG_LOAD';
    case 'BPF_PROG_DETACH':
      return prospects.hook(pid) !== null ? name : 'BPF_PROG_ATTACH';
    case 'BPF_LINK_DETACH':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return isOpen(prospects, pid, links) ? name : 'BPF_LINK_CREATE';
    case 'RTM_NEWTFILTER':
      return isOpen(prospects, pid, classifiers) ? name : 'BPF_PROG_LOAD';
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
      return prospects.classifying() ? name : 'RTM_NEWTFILTER';
    case 'BPF_MAP_CREATE':
    case 'BPF_PROG_LOAD':
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'open':
    case 'pipe2':
    case 'fork':
    case 'clone':
    case 'socketpair':
    case 'mount':
    case 'bind':
    case 'unshare':
    case 'unshare-user':
    case 'open-namespace':
    case 'bind-namespace':
    case 'setns':
    case 'umask':
      return name;
    case 'setresuid':
      return prospects.running().length > 1 ? name : 'fork';
  }
}

function isOpen(prospects: Prospects, pid: Pid, things?: Things): boolean {
  return prospects.open(pid, things).length > 0;
}
