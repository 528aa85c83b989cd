/** Calls as numbers: what the rows take, what a search enumerates. */
import type { Args } from './argument-names.ts';
import { accessCodeOf } from './calls/access.ts';
import { attachFlags } from './calls/cgroups.ts';
import { fcntlCommands, onExecFlags } from './calls/descriptors.ts';
import { openFlags } from './calls/creating-open.ts';
import { noKey } from './calls/map-rows.ts';
import { receiveFlags } from './calls/messages.ts';
import { noFd } from './calls/new-descriptor.ts';
import { mapTypes, progTypeCode } from './calls/objects.ts';
import { bindFlags } from './calls/binding.ts';
import { mountFlags } from './calls/mounts.ts';
import { remounted } from './calls/moving.ts';
import { propagationTypes } from './calls/set-propagation.ts';
import { umountFlags } from './calls/unmounting.ts';
import { directions, filterFlags } from './calls/traffic-filters.ts';
import { encodeNameCall } from './encode-names.ts';
import { encodePermission, isPermissionCall } from './encode-permissions.ts';
import type { Names } from './names.ts';
import { callNames, updateFlagBits, type Call, type CallName } from './vocabulary/index.ts';

export type { Args } from './argument-names.ts';

/** What is loaded where no type is told. */
export const usualProgType = 'BPF_PROG_TYPE_SOCKET_FILTER';

/** The code of a call: its index in `callNames`. */
export const callCode = (call: CallName): number => callNames.indexOf(call);

/** A call's arguments as numbers; interns its strings. */
export function encodeArgs(call: Call, names: Names): Args {
  const word = (value: number | null): number => (value === null ? noKey : names.wordId(value));
  if (isPermissionCall(call)) return encodePermission(call, names);
  switch (call.call) {
    case 'BPF_MAP_CREATE': {
      const { keySize, valueSize, maxEntries } = call;
      const shape = { kind: mapTypes[call.type], keySize, valueSize, maxEntries };
      return [names.shapeId(shape), call.innerFd ?? noFd, accessCodeOf(call), 0];
    }
    case 'BPF_MAP_UPDATE_ELEM':
      return [call.fd, word(call.key), word(call.value), updateFlagBits[call.flag]];
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
      return [call.fd, word(call.key), 0, 0];
    case 'bpf':
      return [names.rawId(call), 0, 0, 0];
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
      return [call.id, accessCodeOf(call), 0, 0];
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return [call.id, 0, 0, 0];
    case 'BPF_PROG_LOAD':
      return [call.mapFd ?? noFd, progTypeCode(call.type ?? usualProgType), 0, 0];
    case 'BPF_OBJ_PIN':
      return [names.pathId(call.path, call.pathFd), call.fd, 0, 0];
    case 'BPF_OBJ_GET':
      return [names.pathId(call.path, call.pathFd), accessCodeOf(call), 0, 0];
    case 'chdir':
    case 'fchdir':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'readdir':
    case 'link':
    case 'linkat':
    case 'rename':
    case 'renameat2':
    case 'symlink':
    case 'mknod':
      return encodeNameCall(call, names);
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'close':
    case 'setns':
    case 'dup':
    case 'SO_DETACH_FILTER':
    case 'BPF_LINK_DETACH':
      return [call.fd, 0, 0, 0];
    case 'dup2':
      return [call.fd, call.to, 0, 0];
    case 'dup3':
      return [call.fd, call.to, onExecFlags[call.flag], 0];
    case 'fcntl':
      return [call.fd, fcntlCommands[call.command], call.argument, 0];
    case 'open':
      return [names.pathId(call.path, call.dirFd), openFlags[call.flag], 0, 0];
    case 'pipe2':
      return [onExecFlags[call.flag], 0, 0, 0];
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'unshare':
    case 'unshare-user':
    case 'RTM_DELQDISC':
      return [0, 0, 0, 0];
    case 'sendmsg': {
      const [first = noFd, second = noFd] = call.fds;
      return [call.fd, first, second, 0];
    }
    case 'recvmsg':
      return [call.fd, call.room, receiveFlags[call.flag], 0];
    case 'SO_ATTACH_BPF':
      return [call.fd, call.progFd, 0, 0];
    case 'BPF_PROG_ATTACH':
      return [call.targetFd, call.progFd, attachFlags[call.flag], 0];
    case 'BPF_PROG_DETACH':
      return [call.targetFd, call.progFd, 0, 0];
    case 'BPF_LINK_CREATE':
      return [call.progFd, call.targetFd, 0, 0];
    case 'RTM_NEWTFILTER':
      return [directions[call.direction], call.progFd, filterFlags[call.flag], 0];
    case 'RTM_DELTFILTER':
      return [directions[call.direction], 0, 0, 0];
    case 'bind-namespace':
      return [names.pathId(call.target), call.pid, 0, 0];
    case 'kill':
    case 'open-namespace':
      return [call.pid, 0, 0, 0];
    case 'mount':
      return [
        names.pathId(call.target),
        mountFlags[call.flag ?? 'none'],
        names.dataId(call.data),
        0,
      ];
    case 'bind':
      return [
        names.pathId(call.target),
        names.pathId(call.source),
        bindFlags[call.flag ?? 'none'],
        0,
      ];
    case 'move':
      return [names.pathId(call.target), names.pathId(call.source), 0, 0];
    case 'set-propagation':
      return [
        names.pathId(call.target),
        propagationTypes[call.type],
        bindFlags[call.flag ?? 'none'],
        0,
      ];
    case 'remount':
      return [names.pathId(call.target), remounted[call.what], mountFlags[call.flag], 0];
    case 'umount2':
      return [names.pathId(call.target), umountFlags[call.flag], 0, 0];
  }
}
