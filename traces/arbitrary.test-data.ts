/** Any call of the vocabulary, and anything that it can answer. */
import * as fc from 'fast-check';
import type { AttrField, Call, CallName, Outcome } from '../model/vocabulary/index.ts';
import {
  accessNames,
  callNames,
  errnoNumbers,
  fail,
  infoValue,
  isErrno,
  isNextId,
  listed,
  mapTypeNames,
  pairValue,
  receivedValue,
  succeed,
} from '../model/vocabulary/index.ts';
import { attachmentCalls } from './arbitrary-attachments.test-data.ts';
import { dirFd, escaped, name, nameCalls, path, shown } from './arbitrary-names.test-data.ts';
import { mountCalls } from './arbitrary-mounts.test-data.ts';
import { permissionCalls, shownByStatx } from './arbitrary-permissions.test-data.ts';
import { descriptor, foundId, id, word } from './arbitrary-numbers.test-data.ts';

export const pid = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }),
);

const element = fc.option(word, { nil: null });

const attrField: fc.Arbitrary<Pick<AttrField, 'width' | 'value'>> = fc.oneof(
  fc.record({ width: fc.constant(1), value: fc.nat(255) }),
  fc.record({ width: fc.constant(4), value: word }),
  fc.record({
    width: fc.constant(8),
    value: fc.oneof(fc.nat(65_535), name, escaped, fc.tuple(word)),
  }),
);

/** Fields with gaps between them, which end before byte 4201, and of which two are strings at most. */
const attrFields: fc.Arbitrary<readonly AttrField[]> = fc
  .array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(8), fc.nat(500)), attrField), { maxLength: 8 })
  .map((all) => {
    let end = 0;
    let strings = 0;
    return all.map(([gap, { width, value }]): AttrField => {
      const offset = end + gap;
      end = offset + width;
      if (typeof value === 'string') strings += 1;
      return { offset, width, value: typeof value === 'string' && strings > 2 ? 0 : value };
    });
  });

const access = fc.constantFrom(...accessNames);
const closeOnExec = fc.constantFrom('none', 'O_CLOEXEC');

const calls: Readonly<Record<CallName, fc.Arbitrary<Call>>> = {
  BPF_MAP_CREATE: fc.record(
    {
      call: fc.constant('BPF_MAP_CREATE'),
      type: fc.constantFrom(...mapTypeNames),
      keySize: word,
      valueSize: word,
      maxEntries: word,
      // A template of 0 is none.
      innerFd: descriptor.filter((fd) => fd !== 0),
      access,
    },
    { requiredKeys: ['call', 'type', 'keySize', 'valueSize', 'maxEntries'] },
  ),
  BPF_MAP_UPDATE_ELEM: fc.record({
    call: fc.constant('BPF_MAP_UPDATE_ELEM'),
    fd: descriptor,
    key: element,
    value: element,
    flag: fc.constantFrom(
      ...(['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST'] as const),
      ...(['BPF_NOEXIST|BPF_EXIST', 'BPF_F_LOCK'] as const),
    ),
  }),
  BPF_MAP_LOOKUP_ELEM: fc.record({
    call: fc.constant('BPF_MAP_LOOKUP_ELEM'),
    fd: descriptor,
    key: element,
  }),
  BPF_MAP_DELETE_ELEM: fc.record({
    call: fc.constant('BPF_MAP_DELETE_ELEM'),
    fd: descriptor,
    key: element,
  }),
  BPF_MAP_GET_NEXT_KEY: fc.record({
    call: fc.constant('BPF_MAP_GET_NEXT_KEY'),
    fd: descriptor,
    key: element,
  }),
  BPF_PROG_TEST_RUN: fc.record({ call: fc.constant('BPF_PROG_TEST_RUN'), fd: descriptor }),
  BPF_MAP_FREEZE: fc.record({ call: fc.constant('BPF_MAP_FREEZE'), fd: descriptor }),
  BPF_OBJ_GET_INFO_BY_FD: fc.record({
    call: fc.constant('BPF_OBJ_GET_INFO_BY_FD'),
    fd: descriptor,
  }),
  BPF_MAP_GET_FD_BY_ID: fc.record(
    { call: fc.constant('BPF_MAP_GET_FD_BY_ID'), id, access },
    { requiredKeys: ['call', 'id'] },
  ),
  BPF_PROG_GET_FD_BY_ID: fc.record(
    { call: fc.constant('BPF_PROG_GET_FD_BY_ID'), id, access },
    { requiredKeys: ['call', 'id'] },
  ),
  BPF_MAP_GET_NEXT_ID: fc.record({ call: fc.constant('BPF_MAP_GET_NEXT_ID'), id }),
  BPF_PROG_GET_NEXT_ID: fc.record({ call: fc.constant('BPF_PROG_GET_NEXT_ID'), id }),
  bpf: fc.record({
    call: fc.constant('bpf'),
    command: fc.oneof(fc.nat(37), fc.nat(2 ** 31 - 1)),
    attr: fc.oneof(attrFields, fc.nat(2), fc.nat(65_535)),
    size: fc.oneof(fc.nat(200), fc.nat(2 ** 31 - 1)),
  }),
  BPF_OBJ_PIN: fc.record(
    { call: fc.constant('BPF_OBJ_PIN'), path, fd: descriptor, pathFd: dirFd },
    { requiredKeys: ['call', 'path', 'fd'] },
  ),
  BPF_OBJ_GET: fc.record(
    { call: fc.constant('BPF_OBJ_GET'), path, pathFd: dirFd, access },
    { requiredKeys: ['call', 'path'] },
  ),
  close: fc.record({ call: fc.constant('close'), fd: descriptor }),
  dup: fc.record({ call: fc.constant('dup'), fd: descriptor }),
  dup2: fc.record({ call: fc.constant('dup2'), fd: descriptor, to: descriptor }),
  dup3: fc.record({
    call: fc.constant('dup3'),
    fd: descriptor,
    to: descriptor,
    flag: closeOnExec,
  }),
  fcntl: fc.oneof(
    fc.record({
      call: fc.constant('fcntl'),
      fd: descriptor,
      command: fc.constantFrom('F_DUPFD', 'F_DUPFD_CLOEXEC'),
      argument: descriptor,
    }),
    fc.record({
      call: fc.constant('fcntl'),
      fd: descriptor,
      command: fc.constantFrom('F_GETFD', 'F_GETFL'),
      argument: fc.constant(0),
    }),
    fc.record({
      call: fc.constant('fcntl'),
      fd: descriptor,
      command: fc.constant('F_SETFD'),
      argument: fc.nat(1),
    }),
  ),
  open: fc.record(
    {
      call: fc.constant('open'),
      path,
      dirFd,
      flag: fc.constantFrom(
        ...(['O_RDWR', 'O_RDONLY', 'O_WRONLY|O_TRUNC', 'O_DIRECTORY', 'O_PATH'] as const),
        ...(['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const),
      ),
    },
    { requiredKeys: ['call', 'path', 'flag'] },
  ),
  pipe2: fc.record({ call: fc.constant('pipe2'), flag: closeOnExec }),
  fork: fc.constant({ call: 'fork' }),
  clone: fc.constant({ call: 'clone' }),
  execve: fc.constant({ call: 'execve' }),
  exit_group: fc.constant({ call: 'exit_group' }),
  kill: fc.record({ call: fc.constant('kill'), pid }),
  socketpair: fc.constant({ call: 'socketpair' }),
  sendmsg: fc.record({
    call: fc.constant('sendmsg'),
    fd: descriptor,
    fds: fc.array(descriptor, { minLength: 1, maxLength: 2 }),
  }),
  recvmsg: fc.record({
    call: fc.constant('recvmsg'),
    fd: descriptor,
    room: fc.constantFrom(0, 1, 2),
    flag: fc.constantFrom('none', 'MSG_PEEK', 'MSG_CMSG_CLOEXEC'),
  }),
  SO_ATTACH_BPF: fc.record({
    call: fc.constant('SO_ATTACH_BPF'),
    fd: descriptor,
    progFd: descriptor,
  }),
  SO_DETACH_FILTER: fc.record({ call: fc.constant('SO_DETACH_FILTER'), fd: descriptor }),
  ...attachmentCalls,
  ...nameCalls,
  ...permissionCalls,
  ...mountCalls,
};

export const call: fc.Arbitrary<Call> = fc.oneof(...callNames.map((each) => calls[each]));

const paired = fc.oneof(fc.nat(9), fc.nat(4095));
const pair = fc.tuple(paired, paired).map(([first, second]) => pairValue(first, second));
const received = fc.oneof(
  fc.constant(0),
  fc
    .record({
      bytes: fc.constant(1),
      fds: fc.array(fc.integer({ min: 1, max: 4095 }), { maxLength: 2 }),
      truncated: fc.constantFrom('whole', 'truncated'),
    })
    .map(receivedValue),
);

const info = fc.oneof(
  fc.constantFrom('attached', 'defunct').map((state) => infoValue({ kind: 'link', state })),
  word.map((maps) => infoValue({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps })),
  fc
    .tuple(fc.constantFrom(...mapTypeNames), word)
    .map(([type, maxEntries]) => infoValue({ kind: 'map', type, maxEntries })),
);

function value(of: Call): fc.Arbitrary<number> {
  if (of.call === 'pipe2' || of.call === 'socketpair') return pair;
  if (of.call === 'recvmsg') return received;
  if (of.call === 'BPF_OBJ_GET_INFO_BY_FD') return info;
  if (of.call === 'stat') return shown;
  if (of.call === 'statx') return shownByStatx;
  if (of.call === 'umask') return fc.nat(0o777);
  if (isNextId(of)) return foundId;
  if (of.call === 'fcntl' && of.command === 'F_GETFL') return fc.nat(2);
  return of.call === 'fcntl' && of.command === 'F_GETFD' ? fc.nat(1) : word;
}

const errno = fc.constantFrom(...Object.keys(errnoNumbers).filter(isErrno));

export const outcome = (of: Call): fc.Arbitrary<Outcome> =>
  fc.oneof(of.call === 'readdir' ? listing : value(of).map(succeed), errno.map(fail));

const listing = fc.uniqueArray(fc.oneof(name, escaped), { maxLength: 3 }).map(listed);
