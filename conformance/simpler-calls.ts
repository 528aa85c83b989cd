import { withoutStart, type PathCall } from './path-descriptors.ts';
import { plainOf } from './raw-calls.ts';
import type { Bpf, Call, Fcntl } from '../model/vocabulary/index.ts';

/** Simpler variants of a call, with the paths that it has: the plain call of its family. */
export function plainerCalls(call: Call): readonly Call[] {
  switch (call.call) {
    case 'BPF_MAP_CREATE': {
      const { innerFd, ...rest } = call;
      const plain = { ...rest, keySize: 4, valueSize: 4, maxEntries: 1 };
      return [
        { ...plain, type: 'BPF_MAP_TYPE_HASH' },
        ...(innerFd === undefined ? [plain] : [{ ...plain, type: 'BPF_MAP_TYPE_ARRAY' } as const]),
        { ...call, maxEntries: 1 },
        ...(call.access === undefined ? [] : [unrestricted(call)]),
      ];
    }
    case 'BPF_MAP_UPDATE_ELEM':
      return [
        { ...call, key: 0, value: 1, flag: 'BPF_ANY' },
        { ...call, key: 0, flag: 'BPF_ANY' },
        { ...call, key: 0 },
        { ...call, value: 1 },
      ];
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
      return call.key === 0 ? [] : [{ ...call, key: 0 }];
    case 'BPF_MAP_GET_NEXT_KEY':
      return call.key === null ? [] : [{ ...call, key: null }];
    case 'BPF_PROG_LOAD':
      return [
        ...(call.mapFd === null ? [] : [{ ...call, mapFd: null }]),
        ...(call.type === undefined ? [] : [{ call: call.call, mapFd: call.mapFd }]),
      ];
    case 'BPF_OBJ_GET':
      return [...simplerStart(call), ...(call.access === undefined ? [] : [unrestricted(call)])];
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
      return call.access === undefined ? [] : [unrestricted(call)];
    case 'renameat2': {
      const { flag, ...names } = call;
      return [...simplerStart(call), { ...names, call: 'rename' }];
    }
    case 'BPF_OBJ_PIN':
    case 'open':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'link':
    case 'linkat':
    case 'rename':
    case 'symlink':
    case 'mknod':
    case 'stat':
      return simplerStart(call);
    case 'RTM_NEWTFILTER':
      return call.direction === 'ingress' ? [] : [{ ...call, direction: 'ingress' }];
    case 'dup2':
    case 'dup3':
      return [
        { call: 'dup', fd: call.fd },
        ...(call.call === 'dup3' && call.flag !== 'none'
          ? [{ ...call, flag: 'none' } as const]
          : []),
        ...(call.call === 'dup3' ? [{ call: 'dup2', fd: call.fd, to: call.to } as const] : []),
      ];
    case 'fcntl':
      return simplerControl(call);
    case 'pipe2':
    case 'umount2':
      return call.flag === 'none' ? [] : [{ ...call, flag: 'none' }];
    case 'mount':
    case 'bind':
      return unflagged(call) === call ? [] : [unflagged(call)];
    case 'clone':
      return [{ call: 'fork' }];
    case 'sendmsg':
      return call.fds.length < 2 ? [] : call.fds.map((fd) => ({ ...call, fds: [fd] }));
    case 'recvmsg':
      return [
        { ...call, room: 1, flag: 'none' },
        { ...call, flag: 'none' },
        { ...call, room: 1 },
      ];
    case 'bpf':
      return simplerRaw(call);
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
    case 'BPF_LINK_DETACH':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
    case 'chdir':
    case 'fchdir':
    case 'close':
    case 'dup':
    case 'fork':
    case 'execve':
    case 'exit_group':
    case 'kill':
    case 'socketpair':
    case 'SO_ATTACH_BPF':
    case 'SO_DETACH_FILTER':
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
    case 'move':
    case 'remount':
    case 'set-propagation':
    case 'unshare':
    case 'unshare-user':
    case 'open-namespace':
    case 'bind-namespace':
    case 'setns':
      return [];
  }
}

/** A call about mounts without its flag and its options, where it has some; or the call itself. */
export function unflagged(call: Call): Call {
  if (call.call === 'mount' && (call.flag !== undefined || call.data !== undefined)) {
    return { call: 'mount', target: call.target };
  }
  if (call.call === 'bind' && call.flag !== undefined) {
    return { call: 'bind', source: call.source, target: call.target };
  }
  const isOdd = call.call === 'umount2' && call.flag !== 'none' && call.flag !== 'MNT_DETACH';
  return isOdd ? { ...call, flag: 'none' } : call;
}

/** With paths that start where the caller is. */
function simplerStart(call: PathCall): readonly Call[] {
  const simpler = withoutStart(call);
  return Object.keys(simpler).length < Object.keys(call).length ? [simpler] : [];
}

/** The call without what it restricts its new descriptor to. */
export function unrestricted(call: Call): Call {
  if (!('access' in call)) return call;
  if (call.call !== 'BPF_MAP_CREATE') {
    const { access, ...rest } = call;
    return rest;
  }
  const { type, keySize, valueSize, maxEntries, innerFd } = call;
  const plain = { call: call.call, type, keySize, valueSize, maxEntries };
  return innerFd === undefined ? plain : { ...plain, innerFd };
}

/** The call that it amounts to; the attributes without one of their fields; the usual size. */
function simplerRaw(raw: Bpf): readonly Call[] {
  const { attr, size } = raw;
  const plain = plainOf(raw);
  const fields = typeof attr === 'number' ? [] : attr;
  return [
    ...(plain === raw ? [] : [plain]),
    ...fields.map((dropped) => ({ ...raw, attr: fields.filter((field) => field !== dropped) })),
    ...(size > usualSize ? [{ ...raw, size: usualSize }] : []),
  ];
}

/** The attributes of the oldest kernel, whose fields all others have. */
const usualSize = 48;

function simplerControl(call: Fcntl): readonly Call[] {
  switch (call.command) {
    case 'F_DUPFD':
    case 'F_DUPFD_CLOEXEC':
      return [
        { call: 'dup', fd: call.fd },
        { ...call, command: 'F_DUPFD', argument: 0 },
        { ...call, argument: 0 },
      ];
    case 'F_GETFD':
    case 'F_GETFL':
    case 'F_SETFD':
      return [];
  }
}
