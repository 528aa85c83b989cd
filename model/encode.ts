/** Calls as numbers: what the rows take, what a search enumerates. */
import { keyOf, roomOf, type Args } from './argument-names.ts';
import { accessCodeOf, accessFlagsFor } from './calls/access.ts';
import { attachFlags } from './calls/cgroups.ts';
import { fcntlCommands, onExecFlags } from './calls/descriptors.ts';
import { openFlags } from './calls/files.ts';
import { noKey } from './calls/map-rows.ts';
import { receiveFlags } from './calls/messages.ts';
import { noFd } from './calls/new-descriptor.ts';
import { mapTypes, progTypeCode } from './calls/objects.ts';
import { renameFlags } from './calls/rename.ts';
import { fileTypes } from './calls/special-files.ts';
import { umountFlags } from './calls/mounts.ts';
import { directions, filterFlags } from './calls/traffic-filters.ts';
import {
  decodePermission,
  encodePermission,
  isPermissionCall,
  isPermissionName,
} from './encode-permissions.ts';
import type { Names } from './names.ts';
import {
  callNames,
  progTypeNames,
  updateFlagBits,
  type Call,
  type CallName,
} from './vocabulary/index.ts';

export type { Args } from './argument-names.ts';

/** What is loaded where no type is told. */
const socketFilter = 'BPF_PROG_TYPE_SOCKET_FILTER';

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
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return [call.id, 0, 0, 0];
    case 'BPF_PROG_LOAD':
      return [call.mapFd ?? noFd, progTypeCode(call.type ?? socketFilter), 0, 0];
    case 'BPF_OBJ_PIN':
      return [names.pathId(call.path), call.fd, 0, 0];
    case 'BPF_OBJ_GET':
      return [names.pathId(call.path), accessCodeOf(call), 0, 0];
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return [names.pathId(call.path), 0, 0, 0];
    case 'link':
    case 'rename':
      return [names.pathId(call.from), names.pathId(call.to), 0, 0];
    case 'renameat2':
      return [names.pathId(call.from), names.pathId(call.to), renameFlags[call.flag], 0];
    case 'symlink':
      return [names.pathId(call.target), names.pathId(call.path), 0, 0];
    case 'mknod':
      return [names.pathId(call.path), fileTypes[call.type], 0, 0];
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'close':
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
      return [names.pathId(call.path), openFlags[call.flag], 0, 0];
    case 'pipe2':
      return [onExecFlags[call.flag], 0, 0, 0];
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'unshare':
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
    case 'kill':
      return [call.pid, 0, 0, 0];
    case 'mount':
      return [names.pathId(call.target), 0, 0, 0];
    case 'bind':
      return [names.pathId(call.target), names.pathId(call.source), 0, 0];
    case 'umount2':
      return [names.pathId(call.target), umountFlags[call.flag], 0, 0];
  }
}

/** The call that `encodeArgs` made these numbers of. */
export function decodeCall(name: CallName, args: Args, names: Names): Call {
  if (isPermissionName(name)) return decodePermission(name, args, names);
  const [a, b, c, d] = args;
  const path = (id: number) => names.path(id).text;
  const word = (id: number): number | null => (id === noKey ? null : names.word(id));
  switch (name) {
    case 'BPF_MAP_CREATE': {
      const { kind, keySize, valueSize, maxEntries } = names.shape(a);
      const created = { call: name, type: keyOf(mapTypes, kind), keySize, valueSize, maxEntries };
      return { ...created, ...(b === noFd ? {} : { innerFd: b }), ...accessFlagsFor(c) };
    }
    case 'BPF_MAP_UPDATE_ELEM':
      return {
        call: name,
        fd: a,
        key: word(b),
        value: word(c),
        flag: keyOf(updateFlagBits, d),
      };
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
      return { call: name, fd: a, key: word(b) };
    case 'bpf':
      return names.raw(a);
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return { call: name, id: a };
    case 'BPF_PROG_LOAD': {
      const loaded = { call: name, mapFd: a === noFd ? null : a };
      const type = progTypeNames[b] ?? socketFilter;
      return type === socketFilter ? loaded : { ...loaded, type };
    }
    case 'BPF_OBJ_PIN':
      return { call: name, path: path(a), fd: b };
    case 'BPF_OBJ_GET':
      return { call: name, path: path(a), ...accessFlagsFor(b) };
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return { call: name, path: path(a) };
    case 'link':
    case 'rename':
      return { call: name, from: path(a), to: path(b) };
    case 'renameat2':
      return { call: name, from: path(a), to: path(b), flag: keyOf(renameFlags, c) };
    case 'symlink':
      return { call: name, target: path(a), path: path(b) };
    case 'mknod':
      return { call: name, path: path(a), type: keyOf(fileTypes, b) };
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'close':
    case 'dup':
    case 'SO_DETACH_FILTER':
    case 'BPF_LINK_DETACH':
      return { call: name, fd: a };
    case 'dup2':
      return { call: name, fd: a, to: b };
    case 'dup3':
      return { call: name, fd: a, to: b, flag: keyOf(onExecFlags, c) };
    case 'fcntl':
      return { call: name, fd: a, command: keyOf(fcntlCommands, b), argument: c };
    case 'open':
      return { call: name, path: path(a), flag: keyOf(openFlags, b) };
    case 'pipe2':
      return { call: name, flag: keyOf(onExecFlags, a) };
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'unshare':
    case 'RTM_DELQDISC':
      return { call: name };
    case 'sendmsg':
      return { call: name, fd: a, fds: [b, c].filter((fd) => fd !== noFd) };
    case 'recvmsg':
      return { call: name, fd: a, room: roomOf(b), flag: keyOf(receiveFlags, c) };
    case 'SO_ATTACH_BPF':
      return { call: name, fd: a, progFd: b };
    case 'BPF_PROG_ATTACH':
      return { call: name, targetFd: a, progFd: b, flag: keyOf(attachFlags, c) };
    case 'BPF_PROG_DETACH':
      return { call: name, targetFd: a, progFd: b };
    case 'BPF_LINK_CREATE':
      return { call: name, progFd: a, targetFd: b };
    case 'RTM_NEWTFILTER':
      return {
        call: name,
        direction: keyOf(directions, a),
        progFd: b,
        flag: keyOf(filterFlags, c),
      };
    case 'RTM_DELTFILTER':
      return { call: name, direction: keyOf(directions, a) };
    case 'kill':
      return { call: name, pid: a };
    case 'mount':
      return { call: name, target: path(a) };
    case 'bind':
      return { call: name, target: path(a), source: path(b) };
    case 'umount2':
      return { call: name, target: path(a), flag: keyOf(umountFlags, b) };
  }
}
