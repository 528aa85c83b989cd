/** A call as strace prints it, without the fields that are always the same here. */
import type {
  Call,
  Fcntl,
  Fd,
  GetById,
  MapCreate,
  Open,
  Outcome,
  Recvmsg,
} from '../model/vocabulary/index.ts';
import { infoOf, pairOf, receivedOf } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { printAttachment } from './print-attachments.ts';
import { printRaw } from './print-raw.ts';
import { printMountCall } from './print-mount-calls.ts';
import { printNameCall } from './print-name-calls.ts';
import { printPinCall } from './print-pins.ts';
import { printPermissionCall } from './print-permission-calls.ts';
import { printAt, printBpf, zeroOr } from './print-parts.ts';

import { usualProgType } from './read-types.ts';

/** The program that execs, by a name that needs no other file. */
export const programItself = '/proc/self/exe';

/** A call and, for a success, what its arguments show of it. */
export function printCall(call: Call, outcome?: Outcome): string {
  const value = outcome?.ok === true ? outcome.value : null;
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return printMapCreate(call);
    case 'BPF_MAP_UPDATE_ELEM': {
      const element = `key=${printWord(call.key)}, value=${printWord(call.value)}`;
      return printBpf(call, `map_fd=${call.fd}, ${element}, flags=${call.flag}`, 32);
    }
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
      return printBpf(call, `map_fd=${call.fd}, key=${printWord(call.key)}`, 32);
    case 'BPF_MAP_GET_NEXT_KEY': {
      const next = value === null ? '' : `, next_key=${value}`;
      return printBpf(call, `map_fd=${call.fd}, key=${printWord(call.key)}${next}`, 24);
    }
    case 'BPF_PROG_LOAD': {
      const map = call.mapFd === null ? '' : `, map_fd=${call.mapFd}`;
      return printBpf(call, `prog_type=${call.type ?? usualProgType}${map}`, 48);
    }
    case 'BPF_PROG_TEST_RUN': {
      const returned = value === null ? '' : `, retval=${value}`;
      return printBpf(call, `test={prog_fd=${call.fd}${returned}}`, 40);
    }
    case 'BPF_MAP_FREEZE':
      return printBpf(call, `map_fd=${call.fd}`, 4);
    case 'BPF_OBJ_GET_INFO_BY_FD': {
      const told = value === null ? '' : `, ${printInfo(value)}`;
      return printBpf(call, `info={bpf_fd=${call.fd}${told}}`, 16);
    }
    case 'BPF_MAP_GET_FD_BY_ID':
      return printBpf(call, `map_id=${call.id}${flagsOf('open_flags', call)}`, 12);
    case 'BPF_PROG_GET_FD_BY_ID':
      return printBpf(call, `prog_id=${call.id}${flagsOf('open_flags', call)}`, 12);
    case 'BPF_LINK_GET_FD_BY_ID':
      return printBpf(call, `link_id=${call.id}${flagsOf('open_flags', call)}`, 12);
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID': {
      const next = value === null ? '' : `, next_id=${value}`;
      return printBpf(call, `start_id=${call.id}${next}`, 12);
    }
    case 'bpf':
      return printRaw(call);
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
      return printPinCall(call);
    case 'close':
    case 'dup':
      return `${call.call}(${call.fd})`;
    case 'dup2':
      return `dup2(${call.fd}, ${call.to})`;
    case 'dup3':
      return `dup3(${call.fd}, ${call.to}, ${zeroOr(call.flag)})`;
    case 'fcntl':
      return `fcntl(${call.fd}, ${call.command}${fcntlArgument(call)})`;
    case 'open':
      return `openat(${printAt(call.dirFd, call.path)}, ${openFlags[call.flag]})`;
    case 'pipe2':
      return `pipe2(${printPair(value)}, ${zeroOr(call.flag)})`;
    case 'fork':
      return 'fork()';
    case 'clone':
      return 'clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD)';
    case 'execve':
      return `execve(${printString(programItself)}, ["exe"], NULL)`;
    case 'exit_group':
      return 'exit_group(0)';
    case 'kill':
      return `kill(${call.pid}, SIGKILL)`;
    case 'socketpair':
      return `socketpair(AF_UNIX, SOCK_STREAM, 0, ${printPair(value)})`;
    case 'sendmsg': {
      const message = printControl(call.fds);
      return `sendmsg(${call.fd}, {${message}}, MSG_DONTWAIT|MSG_NOSIGNAL)`;
    }
    case 'recvmsg':
      return printRecvmsg(call, value);
    case 'SO_ATTACH_BPF':
      return `setsockopt(${call.fd}, SOL_SOCKET, SO_ATTACH_BPF, [${call.progFd}], 4)`;
    case 'SO_DETACH_FILTER':
      return `setsockopt(${call.fd}, SOL_SOCKET, SO_DETACH_FILTER, [0], 4)`;
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
    case 'BPF_LINK_DETACH':
    case 'RTM_NEWTFILTER':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
      return printAttachment(call);
    case 'chdir':
    case 'fchdir':
    case 'linkat':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'link':
    case 'rename':
    case 'renameat2':
    case 'symlink':
    case 'mknod':
    case 'stat':
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'readdir':
      return printNameCall(call, outcome);
    case 'umask':
    case 'chmod':
    case 'chown':
    case 'setresuid':
    case 'access':
    case 'statx':
      return printPermissionCall(call, value);
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
      return printMountCall(call);
  }
}

/**
 * What BPF_OBJ_GET_INFO_BY_FD told. The number of a cgroup is no part of it, which no two runs share: a
 * link is attached or not, and 1 stands for any.
 */
export function printInfo(value: number): string {
  const info = infoOf(value);
  switch (info.kind) {
    case 'program':
      return `type=${info.type}, nr_map_ids=${info.maps}`;
    case 'link': {
      const id = info.state === 'attached' ? 1 : 0;
      return `type=BPF_LINK_TYPE_CGROUP, cgroup={cgroup_id=${id}}`;
    }
    case 'map':
      return `type=${info.type}, max_entries=${info.maxEntries}`;
  }
}

function printMapCreate(call: MapCreate): string {
  const { type, keySize, valueSize, maxEntries, innerFd = 0 } = call;
  const sizes = `key_size=${keySize}, value_size=${valueSize}, max_entries=${maxEntries}`;
  const plain = `map_type=${type}, ${sizes}${flagsOf('map_flags', call)}`;
  if (innerFd === 0) return printBpf(call, plain, call.access === undefined ? 16 : 20);
  return printBpf(call, `${plain}, inner_map_fd=${innerFd}`, 24);
}

const flagsOf = (field: string, { access }: MapCreate | GetById): string =>
  access === undefined ? '' : `, ${field}=${access}`;

const openFlags: Readonly<Record<Open['flag'], string>> = {
  O_RDWR: 'O_RDWR',
  O_RDONLY: 'O_RDONLY',
  'O_WRONLY|O_TRUNC': 'O_WRONLY|O_TRUNC',
  'O_RDWR|O_CREAT': 'O_RDWR|O_CREAT, 0600',
  'O_RDWR|O_CREAT|O_EXCL': 'O_RDWR|O_CREAT|O_EXCL, 0600',
  O_DIRECTORY: 'O_RDONLY|O_DIRECTORY',
  O_PATH: 'O_RDONLY|O_PATH',
};

function fcntlArgument({ command, argument }: Fcntl): string {
  switch (command) {
    case 'F_GETFD':
    case 'F_GETFL':
      return '';
    case 'F_SETFD':
      return argument === 0 ? ', 0' : ', FD_CLOEXEC';
    case 'F_DUPFD':
    case 'F_DUPFD_CLOEXEC':
      return `, ${argument >>> 0}`;
  }
}

const receiveFlags: Readonly<Record<Recvmsg['flag'], string>> = {
  none: 'MSG_DONTWAIT',
  MSG_PEEK: 'MSG_PEEK|MSG_DONTWAIT',
  MSG_CMSG_CLOEXEC: 'MSG_DONTWAIT|MSG_CMSG_CLOEXEC',
};

/** The size of the control buffer is that which was given, not what strace shows was used of it. */
function printRecvmsg({ fd, room, flag }: Recvmsg, value: number | null): string {
  const { fds, truncated } = receivedOf(value ?? 0);
  const parts = [
    ...(fds.length === 0 ? [] : [printControl(fds)]),
    `msg_controllen=${controlSizes[room]}`,
    ...(truncated === 'truncated' ? ['msg_flags=MSG_CTRUNC'] : []),
  ];
  return `recvmsg(${fd}, {${parts.join(', ')}}, ${receiveFlags[flag]})`;
}

/** A header of 16 bytes and 4 for each descriptor, if there is room for any. */
const controlSizes: Readonly<Record<Recvmsg['room'], number>> = { 0: 0, 1: 20, 2: 24 };

const printControl = (fds: readonly Fd[]): string =>
  `msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=${printFds(fds)}}]`;

export const printFds = (fds: readonly Fd[]): string => `[${fds.join(', ')}]`;

/** The descriptors of a pair, once they are there; strace shows an address in their place. */
const printPair = (value: number | null): string => printFds(value === null ? [] : pairOf(value));

/** A key or a value behind its pointer. */
const printWord = (word: number | null): string => `${word ?? 'NULL'}`;
