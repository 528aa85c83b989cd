/** Requests to the agent as lines; the protocol is described in agent/protocol.c. */
import {
  allowMultiFlag,
  mapTypeNumbers,
  progTypeNames,
  progTypeNumbers,
  updateFlagBits,
} from '../../model/vocabulary/index.ts';
import type { AttrField, Bpf, Call, Fd, Path, Rename, Step } from '../../model/vocabulary/index.ts';
import { AdapterFailure, type Setup } from '../contract/index.ts';
import {
  accessBits,
  accessModes,
  closeOnExec,
  directions,
  fcntlCommands,
  fileTypes,
  openFlags,
  recvmsgFlags,
  renameFlags,
  propagationTypes,
  umountFlags,
} from './flags.ts';
import { refusalOf } from './raw-refusals.ts';

/**
 * `fd`: the directory in which it starts, AT_FDCWD if absent. Throws an AdapterFailure for a string
 * that no C program could pass.
 */
function pathField(path: Path, fd?: Fd): string {
  const start = fd === undefined ? '' : `@${fd}`;
  if (path === null) {
    return `${start}-`;
  }
  if (path.includes('\0')) {
    throw new AdapterFailure('harness', 'A string with a NUL byte cannot be passed to the kernel.');
  }
  return `${start}=${Buffer.from(path, 'utf8').toString('hex')}`;
}

const twoPaths = ({ fromFd, from, toFd, to }: Omit<Rename, 'call'>): readonly string[] => [
  pathField(from, fromFd),
  pathField(to, toFd),
];

const pathList = (paths: readonly string[]): string =>
  [String(paths.length), ...paths.map((path) => pathField(path))].join(' ');

/** How many descriptors, and as many as a message can carry. */
function sentFields(fds: readonly number[]): readonly number[] {
  const [first = 0, second = 0, ...others] = fds;
  if (others.length > 0) {
    throw new AdapterFailure('harness', `A message carries two descriptors, not ${fds.length}.`);
  }
  return [fds.length, first, second];
}

/** Whether there is a word, and the word: null is a NULL pointer. */
const wordFields = (word: number | null): readonly number[] => (word === null ? [0, 0] : [1, word]);

function attrValue(value: AttrField['value']): string {
  if (typeof value === 'string') {
    return pathField(value);
  }
  return typeof value === 'number' ? String(value) : `@${value[0]}`;
}

function rawFields(raw: Bpf): readonly (string | number)[] {
  const { command, size, attr } = raw;
  const refusal = refusalOf(raw);
  if (refusal !== undefined) {
    throw new AdapterFailure('harness', refusal);
  }
  return typeof attr === 'number'
    ? [command, size, 0, attr]
    : [
        ...[command, size, 1, 0, attr.length],
        ...attr.flatMap(({ offset, width, value }) => [offset, width, attrValue(value)]),
      ];
}

function callFields(call: Call): readonly (string | number)[] {
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return [
        mapTypeNumbers[call.type],
        call.keySize,
        call.valueSize,
        call.maxEntries,
        call.innerFd ?? 0,
        accessBits(call),
      ];
    case 'BPF_MAP_UPDATE_ELEM':
      return [
        call.fd,
        ...wordFields(call.key),
        ...wordFields(call.value),
        updateFlagBits[call.flag],
      ];
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
      return [call.fd, ...wordFields(call.key)];
    case 'BPF_PROG_LOAD':
      return [progTypeNumbers[call.type ?? progTypeNames[0]], ...wordFields(call.mapFd)];
    case 'bpf':
      return rawFields(call);
    case 'BPF_OBJ_PIN':
      return [call.fd, pathField(call.path, call.pathFd)];
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'BPF_LINK_DETACH':
    case 'SO_DETACH_FILTER':
    case 'close':
    case 'dup':
    case 'fchdir':
      return [call.fd];
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
      return [call.id, accessBits(call)];
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return [call.id];
    case 'dup2':
      return [call.fd, call.to];
    case 'dup3':
      return [call.fd, call.to, closeOnExec[call.flag]];
    case 'fcntl':
      return [call.fd, fcntlCommands[call.command], call.argument];
    case 'open':
      return [openFlags[call.flag], pathField(call.path, call.dirFd)];
    case 'pipe2':
      return [closeOnExec[call.flag]];
    case 'sendmsg':
      return [call.fd, ...sentFields(call.fds)];
    case 'recvmsg':
      return [call.fd, call.room, recvmsgFlags[call.flag]];
    case 'SO_ATTACH_BPF':
      return [call.fd, call.progFd];
    case 'BPF_PROG_ATTACH':
      return [call.targetFd, call.progFd, call.flag === 'none' ? 0 : allowMultiFlag];
    case 'BPF_PROG_DETACH':
      return [call.targetFd, call.progFd];
    case 'BPF_LINK_CREATE':
      return [call.progFd, call.targetFd];
    case 'RTM_NEWTFILTER':
      return [directions[call.direction], call.progFd, call.flag === 'NLM_F_REPLACE' ? 1 : 0];
    case 'RTM_DELTFILTER':
      return [directions[call.direction]];
    case 'kill':
      return [call.pid];
    case 'BPF_OBJ_GET':
      return [accessBits(call), pathField(call.path, call.pathFd)];
    case 'chdir':
      return [pathField(call.path)];
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return [pathField(call.path, call.dirFd)];
    case 'utimensat':
    case 'readdir':
    case 'statx':
      return [pathField(call.path)];
    case 'linkat':
      return [call.fd, pathField(call.to, call.toFd)];
    case 'link':
    case 'rename':
      return twoPaths(call);
    case 'renameat2':
      return [renameFlags[call.flag], ...twoPaths(call)];
    case 'mknod':
      return [fileTypes[call.type], pathField(call.path, call.dirFd)];
    case 'truncate':
      return [call.length, pathField(call.path)];
    case 'setxattr':
      return [pathField(call.path), pathField(call.name)];
    case 'symlink':
      return [pathField(call.target), pathField(call.path, call.dirFd)];
    case 'access':
      return [accessModes[call.mode], pathField(call.path)];
    case 'chmod':
      return [call.mode, pathField(call.path)];
    case 'chown':
      return [call.owner, pathField(call.path)];
    case 'umask':
      return [call.mask];
    case 'setresuid':
      return [call.uid];
    case 'mount':
      return [
        call.flag === undefined ? 0 : 1,
        pathField(call.target),
        pathField(call.data ?? null),
      ];
    case 'bind':
      return [call.flag === undefined ? 0 : 1, pathField(call.source), pathField(call.target)];
    case 'move':
      return [pathField(call.source), pathField(call.target)];
    case 'remount':
      return [
        call.what === 'MS_BIND' ? 1 : 0,
        call.flag === 'none' ? 0 : 1,
        pathField(call.target),
      ];
    case 'set-propagation':
      return [propagationTypes[call.type], call.flag === undefined ? 0 : 1, pathField(call.target)];
    case 'open-namespace':
      return [call.pid];
    case 'bind-namespace':
      return [call.pid, pathField(call.target)];
    case 'setns':
      return [call.fd];
    case 'umount2':
      return [umountFlags[call.flag], pathField(call.target)];
    case 'fork':
    case 'clone':
    case 'execve':
    case 'socketpair':
    case 'exit_group':
    case 'RTM_DELQDISC':
    case 'unshare':
    case 'unshare-user':
      return [];
  }
}

export const resetLine = (setup: Setup): string =>
  `reset ${setup.descriptors} ${pathList(setup.host)} ${pathList(setup.watch)}`;

/** What is wanted after a step, as the agent numbers it. */
const wishes = { none: 0, sight: 1, time: 2, 'sight and time': 3 } as const;

export type Wish = keyof typeof wishes;

export const stepLine = (step: Step, wish: Wish): string =>
  ['step', wishes[wish], step.pid, step.call.call, ...callFields(step.call)].join(' ');

/** A request about some objects. */
export const listLine = (verb: 'alive' | 'await' | 'gone', objects: readonly number[]): string =>
  [verb, objects.length, ...objects].join(' ');

export const settleLine = 'settle';
