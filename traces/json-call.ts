/** Calls and steps from their JSON shapes, which are those of the vocabulary. */
import type {
  Call,
  CallName,
  Direction,
  Fcntl,
  Fd,
  Mknod,
  Open,
  Path,
  RenameFlag,
  Setxattr,
  Step,
  UpdateFlag,
} from '../model/vocabulary/index.ts';
import { accessNames, callNames, mapTypeNames, progTypeNames } from '../model/vocabulary/index.ts';
import { callKeys, optionalKeys } from './json-keys.ts';
import { roomOf, sentFds, startOf } from './json-members.ts';
import { isMountName, mountFromJson } from './json-mount.ts';
import { isPermissionName, permissionFromJson } from './json-permission.ts';
import { rawFromJson } from './json-raw.ts';
import type { Json } from './json-shape.ts';
import { jsonChoice, jsonInteger, jsonObject, jsonString } from './json-shape.ts';
import type { Flaws, IntegerRange } from './read-value.ts';
import { descriptorRange, lengthRange, objectIdRange, pidRange, wordRange } from './read-value.ts';

const updateFlags = [
  'BPF_ANY',
  'BPF_NOEXIST',
  'BPF_EXIST',
  'BPF_NOEXIST|BPF_EXIST',
  'BPF_F_LOCK',
] as const satisfies readonly UpdateFlag[];
const openFlags = [
  'O_RDWR',
  'O_RDONLY',
  'O_WRONLY|O_TRUNC',
  'O_RDWR|O_CREAT',
  'O_RDWR|O_CREAT|O_EXCL',
  'O_DIRECTORY',
  'O_PATH',
] as const satisfies readonly Open['flag'][];
const renameFlags = [
  'RENAME_NOREPLACE',
  'RENAME_EXCHANGE',
  'RENAME_WHITEOUT',
  'RENAME_NOREPLACE|RENAME_EXCHANGE',
] as const satisfies readonly RenameFlag[];
const attachFlags = ['none', 'BPF_F_ALLOW_MULTI'] as const;
const filterFlags = ['NLM_F_EXCL', 'NLM_F_REPLACE'] as const;
const directions = ['ingress', 'egress'] as const satisfies readonly Direction[];
const fileTypes = ['S_IFREG', 'S_IFIFO', 'S_IFCHR'] as const satisfies readonly Mknod['type'][];
const attributeNames = ['user.a', 'trusted.a'] as const satisfies readonly Setxattr['name'][];
const fcntlCommands = ['F_DUPFD', 'F_DUPFD_CLOEXEC', 'F_GETFD', 'F_SETFD', 'F_GETFL'] as const;
const fcntlArguments: Readonly<Record<Fcntl['command'], IntegerRange>> = {
  F_DUPFD: descriptorRange,
  F_DUPFD_CLOEXEC: descriptorRange,
  F_GETFD: { what: 'no argument', min: 0, max: 0 },
  F_GETFL: { what: 'no argument', min: 0, max: 0 },
  F_SETFD: { what: 'the flags of a descriptor', min: 0, max: 1 },
};

export function stepFromJson(value: unknown, path: string, flaws: Flaws): Step | null {
  const step = jsonObject(value, path, { required: ['pid', 'call'] }, flaws);
  const pid = jsonInteger(step['pid'], `${path}.pid`, pidRange, flaws);
  const call = callFromJson(step['call'], `${path}.call`, flaws);
  return call === null ? null : { pid, call };
}

function callFromJson(value: unknown, path: string, flaws: Flaws): Call | null {
  const named = typeof value === 'object' && value !== null && 'call' in value;
  const name = jsonChoice(named ? value.call : undefined, `${path}.call`, callNames, flaws);
  if (name === undefined) return null;
  const shape = { required: ['call', ...callKeys[name]], optional: optionalKeys.get(name) ?? [] };
  return build(name, jsonObject(value, path, shape, flaws), path, flaws);
}

function build(name: CallName, from: Json, path: string, flaws: Flaws): Call {
  const word = (key: string): number =>
    jsonInteger(from[key], `${path}.${key}`, wordRange(`the ${key}`), flaws);
  /** A NULL pointer in the place of a word. */
  const element = (key: string): number | null => (from[key] === null ? null : word(key));
  const descriptor = (key: string): number =>
    jsonInteger(from[key], `${path}.${key}`, descriptorRange, flaws);
  const file = (key: string): Path =>
    from[key] === null ? null : jsonString(from[key], `${path}.${key}`, 'a path', flaws);
  const choice = <N extends string>(key: string, names: readonly [N, ...N[]]): N =>
    jsonChoice(from[key], `${path}.${key}`, names, flaws) ?? names[0];
  const objectId = () => jsonInteger(from['id'], `${path}.id`, objectIdRange, flaws);
  const access = () =>
    from['access'] === undefined ? {} : { access: choice('access', accessNames) };
  if (isMountName(name)) return mountFromJson(name, from, path, flaws);
  if (isPermissionName(name)) return permissionFromJson(name, from, path, flaws);
  /** The directory in which a path starts, if it is told. */
  const start = <Key extends string>(key: Key): Partial<Record<Key, Fd>> =>
    from[key] === undefined ? {} : startOf(key, descriptor(key));
  const both = () => ({
    ...start('fromFd'),
    from: file('from'),
    ...start('toFd'),
    to: file('to'),
  });
  switch (name) {
    case 'BPF_MAP_CREATE': {
      const innerFd = from['innerFd'] === undefined ? 0 : descriptor('innerFd');
      return {
        call: name,
        type: choice('type', mapTypeNames),
        keySize: word('keySize'),
        valueSize: word('valueSize'),
        maxEntries: word('maxEntries'),
        ...(innerFd === 0 ? {} : { innerFd }),
        ...access(),
      };
    }
    case 'BPF_MAP_UPDATE_ELEM': {
      const [key, value] = [element('key'), element('value')];
      return { call: name, fd: descriptor('fd'), key, value, flag: choice('flag', updateFlags) };
    }
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
      return { call: name, fd: descriptor('fd'), key: element('key') };
    case 'BPF_PROG_LOAD': {
      const mapFd = from['mapFd'] === null ? null : descriptor('mapFd');
      const type = from['type'] === undefined ? progTypeNames[0] : choice('type', progTypeNames);
      return { call: name, ...(type === progTypeNames[0] ? {} : { type }), mapFd };
    }
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
      return { call: name, id: objectId(), ...access() };
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return { call: name, id: objectId() };
    case 'bpf':
      return rawFromJson(from, path, flaws);
    case 'BPF_OBJ_PIN':
      return { call: name, path: file('path'), fd: descriptor('fd'), ...start('pathFd') };
    case 'BPF_OBJ_GET':
      return { call: name, path: file('path'), ...start('pathFd'), ...access() };
    case 'chdir':
      return { call: name, path: file('path') };
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return { call: name, ...start('dirFd'), path: file('path') };
    case 'utimensat':
    case 'readdir':
      return { call: name, path: file('path') };
    case 'linkat':
      return { call: name, fd: descriptor('fd'), ...start('toFd'), to: file('to') };
    case 'link':
    case 'rename':
      return { call: name, ...both() };
    case 'renameat2':
      return { call: name, ...both(), flag: choice('flag', renameFlags) };
    case 'mknod':
      return { call: name, ...start('dirFd'), path: file('path'), type: choice('type', fileTypes) };
    case 'truncate': {
      const length = jsonInteger(from['length'], `${path}.length`, lengthRange, flaws);
      return { call: name, path: file('path'), length };
    }
    case 'setxattr':
      return { call: name, path: file('path'), name: choice('name', attributeNames) };
    case 'symlink':
      return { call: name, target: file('target'), ...start('dirFd'), path: file('path') };
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'BPF_LINK_DETACH':
    case 'fchdir':
    case 'close':
    case 'dup':
    case 'SO_DETACH_FILTER':
      return { call: name, fd: descriptor('fd') };
    case 'dup2':
      return { call: name, fd: descriptor('fd'), to: descriptor('to') };
    case 'dup3':
      return {
        call: name,
        fd: descriptor('fd'),
        to: descriptor('to'),
        flag: choice('flag', ['none', 'O_CLOEXEC']),
      };
    case 'fcntl': {
      const command = choice('command', fcntlCommands);
      const argument = jsonInteger(
        from['argument'],
        `${path}.argument`,
        fcntlArguments[command],
        flaws,
      );
      return { call: name, fd: descriptor('fd'), command, argument };
    }
    case 'open':
      return { call: name, ...start('dirFd'), path: file('path'), flag: choice('flag', openFlags) };
    case 'pipe2':
      return { call: name, flag: choice('flag', ['none', 'O_CLOEXEC']) };
    case 'fork':
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'RTM_DELQDISC':
      return { call: name };
    case 'kill':
      return { call: name, pid: jsonInteger(from['pid'], `${path}.pid`, pidRange, flaws) };
    case 'sendmsg':
      return { call: name, fd: descriptor('fd'), fds: sentFds(from['fds'], `${path}.fds`, flaws) };
    case 'recvmsg': {
      const room = roomOf(from['room'], `${path}.room`, flaws);
      const flag = choice('flag', ['none', 'MSG_PEEK', 'MSG_CMSG_CLOEXEC']);
      return { call: name, fd: descriptor('fd'), room, flag };
    }
    case 'SO_ATTACH_BPF':
      return { call: name, fd: descriptor('fd'), progFd: descriptor('progFd') };
    case 'BPF_PROG_ATTACH': {
      const [targetFd, progFd] = [descriptor('targetFd'), descriptor('progFd')];
      return { call: name, targetFd, progFd, flag: choice('flag', attachFlags) };
    }
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
      return { call: name, targetFd: descriptor('targetFd'), progFd: descriptor('progFd') };
    case 'RTM_NEWTFILTER': {
      const [direction, progFd] = [choice('direction', directions), descriptor('progFd')];
      return { call: name, direction, progFd, flag: choice('flag', filterFlags) };
    }
    case 'RTM_DELTFILTER':
      return { call: name, direction: choice('direction', directions) };
  }
}
