import { makesDescriptor, makesObject, plainOf, withRawDescriptors } from './raw-calls.ts';
import { pairOf, receivedOf } from '../model/vocabulary/index.ts';
import { withPathDescriptors } from './path-descriptors.ts';
import type { Call, CallName, Fcntl, Fd, MapType, Outcome } from '../model/vocabulary/index.ts';

/** What the value of a call that succeeded is. */
export type ResultKind = 'descriptor' | 'pair' | 'received' | 'process' | 'word' | 'nothing';

const resultKinds: Partial<Record<CallName, ResultKind>> = {
  BPF_MAP_CREATE: 'descriptor',
  BPF_MAP_LOOKUP_ELEM: 'word',
  BPF_MAP_GET_NEXT_KEY: 'word',
  BPF_PROG_LOAD: 'descriptor',
  BPF_PROG_TEST_RUN: 'word',
  BPF_OBJ_GET_INFO_BY_FD: 'word',
  BPF_MAP_GET_FD_BY_ID: 'descriptor',
  BPF_PROG_GET_FD_BY_ID: 'descriptor',
  BPF_MAP_GET_NEXT_ID: 'word',
  BPF_PROG_GET_NEXT_ID: 'word',
  BPF_OBJ_GET: 'descriptor',
  dup: 'descriptor',
  dup2: 'descriptor',
  dup3: 'descriptor',
  open: 'descriptor',
  'open-namespace': 'descriptor',
  pipe2: 'pair',
  fork: 'process',
  clone: 'process',
  socketpair: 'pair',
  sendmsg: 'word',
  recvmsg: 'received',
  BPF_LINK_CREATE: 'descriptor',
  BPF_LINK_GET_FD_BY_ID: 'descriptor',
  BPF_LINK_GET_NEXT_ID: 'word',
  stat: 'word',
  readdir: 'word',
};

const fcntlResults: Readonly<Record<Fcntl['command'], ResultKind>> = {
  F_DUPFD: 'descriptor',
  F_DUPFD_CLOEXEC: 'descriptor',
  F_GETFD: 'word',
  F_GETFL: 'word',
  F_SETFD: 'nothing',
};

export function resultKind(call: Call): ResultKind {
  if (call.call === 'bpf') return makesDescriptor(call) ? 'descriptor' : 'nothing';
  return call.call === 'fcntl' ? fcntlResults[call.command] : (resultKinds[call.call] ?? 'nothing');
}

/** The descriptors that a call which succeeded with a value gave to its caller, in their order. */
export function descriptorsMade(call: Call, value: number): readonly Fd[] {
  switch (resultKind(call)) {
    case 'descriptor':
      return [value];
    case 'pair':
      return pairOf(value);
    case 'received':
      return receivedOf(value).fds;
    case 'process':
    case 'word':
    case 'nothing':
      return [];
  }
}

/** True if two values of a call say the same but for the numbers of the descriptors that it made. */
export function sameButForDescriptors(call: Call, a: number, b: number): boolean {
  switch (resultKind(call)) {
    case 'descriptor':
    case 'pair':
      return true;
    case 'received': {
      const [ours, theirs] = [receivedOf(a), receivedOf(b)];
      const isAsLong = ours.fds.length === theirs.fds.length;
      return isAsLong && ours.bytes === theirs.bytes && ours.truncated === theirs.truncated;
    }
    case 'process':
    case 'word':
    case 'nothing':
      return a === b;
  }
}

/** True for a call that makes a new object if it succeeds. */
export function createsObject(call: Call): boolean {
  if (call.call === 'bpf') return makesObject(call);
  const name = call.call;
  return name === 'BPF_MAP_CREATE' || name === 'BPF_PROG_LOAD' || name === 'BPF_LINK_CREATE';
}

const opening: ReadonlySet<CallName> = new Set([
  'BPF_OBJ_GET',
  'BPF_MAP_GET_FD_BY_ID',
  'BPF_PROG_GET_FD_BY_ID',
  'BPF_LINK_GET_FD_BY_ID',
]);

/** True for a call that opens an object that is there, if it succeeds. */
export function getsObject(call: Call): boolean {
  return opening.has(plainOf(call).call);
}

const typesThatHoldObjects: ReadonlySet<MapType> = new Set([
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_ARRAY_OF_MAPS',
  'BPF_MAP_TYPE_HASH_OF_MAPS',
]);

/** True for a call that makes a map whose values are descriptors of objects. */
export function makesMapOfObjects(call: Call): boolean {
  return call.call === 'BPF_MAP_CREATE' && typesThatHoldObjects.has(call.type);
}

/** What an update writes: a word, or a descriptor where the map holds objects. */
export type ValueKind = 'word' | 'descriptor';

/** The descriptors that a call is given, in the order of `withDescriptors`. */
export function descriptorsOf(call: Call, value: ValueKind): readonly Fd[] {
  const given: Fd[] = [];
  withDescriptors(call, value, (fd) => {
    given.push(fd);
    return fd;
  });
  return given;
}

/** The same call with each descriptor that it is given replaced; `at`: which of them it is. */
export function withDescriptors(
  call: Call,
  value: ValueKind,
  replaced: (fd: Fd, at: number) => Fd,
): Call {
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return call.innerFd === undefined ? call : { ...call, innerFd: replaced(call.innerFd, 0) };
    case 'BPF_PROG_LOAD':
      return call.mapFd === null ? call : { ...call, mapFd: replaced(call.mapFd, 0) };
    case 'BPF_MAP_UPDATE_ELEM': {
      const fd = replaced(call.fd, 0);
      if (value !== 'descriptor' || call.value === null) return { ...call, fd };
      return { ...call, fd, value: replaced(call.value, 1) };
    }
    case 'bpf':
      return withRawDescriptors(call, value, replaced);
    case 'dup2':
    case 'dup3':
      return { ...call, fd: replaced(call.fd, 0), to: replaced(call.to, 1) };
    case 'SO_ATTACH_BPF':
      return { ...call, fd: replaced(call.fd, 0), progFd: replaced(call.progFd, 1) };
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
      return {
        ...call,
        targetFd: replaced(call.targetFd, 0),
        progFd: replaced(call.progFd, 1),
      };
    case 'RTM_NEWTFILTER':
      return { ...call, progFd: replaced(call.progFd, 0) };
    case 'sendmsg': {
      const fd = replaced(call.fd, 0);
      return { ...call, fd, fds: call.fds.map((sent, at) => replaced(sent, 1 + at)) };
    }
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'close':
    case 'dup':
    case 'fcntl':
    case 'recvmsg':
    case 'SO_DETACH_FILTER':
    case 'BPF_LINK_DETACH':
    case 'fchdir':
      return { ...call, fd: replaced(call.fd, 0) };
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
    case 'open':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'link':
    case 'linkat':
    case 'rename':
    case 'renameat2':
    case 'symlink':
    case 'mknod':
    case 'stat':
      return withPathDescriptors(call, replaced);
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
    case 'pipe2':
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'kill':
    case 'socketpair':
    case 'chdir':
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
    case 'mount':
    case 'bind':
    case 'move':
    case 'remount':
    case 'set-propagation':
    case 'umount2':
    case 'unshare':
    case 'unshare-user':
    case 'open-namespace':
    case 'bind-namespace':
    case 'setns':
      return call;
  }
}

/** An outcome as texts and keys name it; `ok` without the value that renumbering would change. */
export function outcomeName(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.errno;
}
