/** Numbers as calls: what the rows took, as the vocabulary has it. */
import { accessFlagsFor } from './calls/access.ts';
import { attachFlags } from './calls/cgroups.ts';
import { fcntlCommands, onExecFlags } from './calls/descriptors.ts';
import { openFlags } from './calls/creating-open.ts';
import { noKey } from './calls/map-rows.ts';
import { receiveFlags } from './calls/messages.ts';
import { noFd } from './calls/new-descriptor.ts';
import { mapTypes } from './calls/objects.ts';
import { bindFlags } from './calls/binding.ts';
import { mountFlags } from './calls/mounts.ts';
import { remounted } from './calls/moving.ts';
import { propagationTypes } from './calls/set-propagation.ts';
import { umountFlags } from './calls/unmounting.ts';
import { directions, filterFlags } from './calls/traffic-filters.ts';
import type { Names } from './names.ts';
import { progTypeNames, updateFlagBits, type Call, type CallName } from './vocabulary/index.ts';

import { usualProgType } from './encode.ts';
import { keyOf, roomOf, type Args } from './argument-names.ts';
import { decodeNameCall } from './encode-names.ts';
import { decodePermission, isPermissionName } from './encode-permissions.ts';
/** The call that `encodeArgs` made these numbers of. */
export function decodeCall(name: CallName, args: Args, names: Names): Call {
  if (isPermissionName(name)) return decodePermission(name, args, names);
  const [a, b, c, d] = args;
  const path = (id: number) => names.path(id).text;
  /** The descriptor that came with a path, as a member of the call; nothing if none did. */
  const dirFd = (id: number) => {
    const { fd } = names.path(id);
    return fd === undefined ? {} : { dirFd: fd };
  };
  const pathFd = (id: number) => {
    const { fd } = names.path(id);
    return fd === undefined ? {} : { pathFd: fd };
  };
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
    case 'BPF_LINK_GET_FD_BY_ID':
      return { call: name, id: a, ...accessFlagsFor(b) };
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return { call: name, id: a };
    case 'BPF_PROG_LOAD': {
      const loaded = { call: name, mapFd: a === noFd ? null : a };
      const type = progTypeNames[b] ?? usualProgType;
      return type === usualProgType ? loaded : { ...loaded, type };
    }
    case 'BPF_OBJ_PIN':
      return { call: name, path: path(a), fd: b, ...pathFd(a) };
    case 'BPF_OBJ_GET':
      return { call: name, path: path(a), ...pathFd(a), ...accessFlagsFor(b) };
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
      return decodeNameCall(name, args, names);
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'close':
    case 'setns':
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
      return { call: name, ...dirFd(a), path: path(a), flag: keyOf(openFlags, b) };
    case 'pipe2':
      return { call: name, flag: keyOf(onExecFlags, a) };
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'unshare':
    case 'unshare-user':
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
    case 'bind-namespace':
      return { call: name, pid: b, target: path(a) };
    case 'kill':
    case 'open-namespace':
      return { call: name, pid: a };
    case 'mount':
      return {
        call: name,
        target: path(a),
        ...(b === mountFlags.none ? {} : { flag: 'MS_RDONLY' as const }),
        ...(c === 0 ? {} : { data: names.data(c) }),
      };
    case 'bind':
      return {
        call: name,
        target: path(a),
        source: path(b),
        ...(c === bindFlags.none ? {} : { flag: 'MS_REC' as const }),
      };
    case 'move':
      return { call: name, target: path(a), source: path(b) };
    case 'set-propagation': {
      const type = keyOf(propagationTypes, b);
      return c === 0
        ? { call: name, target: path(a), type }
        : { call: name, target: path(a), type, flag: 'MS_REC' };
    }
    case 'remount':
      return { call: name, target: path(a), what: keyOf(remounted, b), flag: keyOf(mountFlags, c) };
    case 'umount2':
      return { call: name, target: path(a), flag: keyOf(umountFlags, b) };
  }
}
