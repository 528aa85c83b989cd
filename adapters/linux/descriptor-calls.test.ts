/** The errors of calls on descriptors and sockets, case by case. */
import { pairValue, type Call, type Fcntl, type Open } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { hashMap, setup } from './session.test-data.ts';
import {
  attach,
  close,
  detach,
  dup,
  load,
  openNull,
  pair,
  place,
  receive,
  received,
  send,
} from './short-calls.test-data.ts';

/** fd 3: a map, close-on-exec; 4: a copy of it, not; 5 closed. */
const map: readonly Call[] = [hashMap, dup(3)];

const dup2 = (fd: number, to: number): Call => ({ call: 'dup2', fd, to });
const dup3 = (fd: number, to: number, flag: 'none' | 'O_CLOEXEC' = 'none'): Call => ({
  call: 'dup3',
  fd,
  to,
  flag,
});
const fcntl = (command: Fcntl['command'], fd: number, argument = 0): Call => ({
  call: 'fcntl',
  fd,
  command,
  argument,
});

const dupCases: readonly Case[] = [
  ['dup2 to a closed fd', dup2(3, 7), 7],
  ['dup2 to an open fd', dup2(3, 4), 4],
  ['dup2 to itself', dup2(3, 3), 3],
  ['dup2 of a closed fd to itself', dup2(5, 5), 'EBADF'],
  ['dup2 of a closed fd', dup2(5, 4), 'EBADF'],
  ['dup2 to the limit', dup2(3, 16), 'EBADF'],
  ['dup2 to -1', dup2(3, -1), 'EBADF'],
  ['dup3', dup3(3, 7, 'O_CLOEXEC'), 7],
  ['dup3 to itself', dup3(3, 3), 'EINVAL'],
  ['dup3 of a closed fd to itself', dup3(5, 5), 'EINVAL'],
  ['dup3 of a closed fd', dup3(5, 7), 'EBADF'],
  ['dup3 to the limit', dup3(3, 16), 'EBADF'],
  ['F_DUPFD from 0', fcntl('F_DUPFD', 3, 0), 5],
  ['F_DUPFD from 9', fcntl('F_DUPFD', 3, 9), 9],
  ['F_DUPFD_CLOEXEC from 4', fcntl('F_DUPFD_CLOEXEC', 3, 4), 5],
  ['F_DUPFD from -1', fcntl('F_DUPFD', 3, -1), 'EINVAL'],
  ['F_DUPFD from the limit', fcntl('F_DUPFD', 3, 16), 'EINVAL'],
  ['F_DUPFD of a closed fd from -1', fcntl('F_DUPFD', 5, -1), 'EBADF'],
  ['F_GETFD of a fresh map', fcntl('F_GETFD', 3), 1],
  ['F_GETFD of a copy', fcntl('F_GETFD', 4), 0],
  ['F_GETFD of a closed fd', fcntl('F_GETFD', 5), 'EBADF'],
  ['F_GETFL of a map', fcntl('F_GETFL', 4), 2],
  ['F_GETFL of a closed fd', fcntl('F_GETFL', 5), 'EBADF'],
  ['F_SETFD', fcntl('F_SETFD', 4, 1), 0],
  ['F_SETFD of a closed fd', fcntl('F_SETFD', 5, 1), 'EBADF'],
];

const open = (path: string | null, flag: Open['flag']): Call => ({
  call: 'open',
  path,
  flag,
});

const openCases: readonly Case[] = [
  ['/dev/null, which the host tree does not hold', openNull, 5],
  ['the root', open('/', 'O_DIRECTORY'), 5],
  ['a directory', open('/c/sub/', 'O_DIRECTORY'), 5],
  ['a file as a directory', open('/file', 'O_DIRECTORY'), 'ENOTDIR'],
  ['a file as a place', open('/file', 'O_PATH'), 5],
  ['a place with a slash after a file', open('/file/', 'O_PATH'), 'ENOTDIR'],
  ['nothing', open('/none', 'O_DIRECTORY'), 'ENOENT'],
  ['a NULL path', open(null, 'O_PATH'), 'EFAULT'],
  ['the empty path', open('', 'O_PATH'), 'ENOENT'],
  ['a name of 256 bytes', open(`/${'n'.repeat(256)}`, 'O_PATH'), 'ENAMETOOLONG'],
];

const pinned: readonly Call[] = [
  ...map,
  { call: 'mount', target: '/b' },
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
];

const pinCases: readonly Case[] = [
  ['for reading', open('/b/m', 'O_RDONLY'), 'EIO'],
  ['for both', open('/b/m', 'O_RDWR'), 'EIO'],
  ['to be cut', open('/b/m', 'O_WRONLY|O_TRUNC'), 'EIO'],
  ['as a directory', open('/b/m', 'O_DIRECTORY'), 'ENOTDIR'],
  ['with a slash', open('/b/m/', 'O_RDONLY'), 'ENOTDIR'],
  ['the root to be cut', open('/b', 'O_WRONLY|O_TRUNC'), 'EISDIR'],
  ['a directory of the host for both', open('/c', 'O_RDWR'), 'EISDIR'],
  ['a directory of the host for reading', open('/c', 'O_RDONLY'), 5],
  ['the null device for reading', open('/dev/null', 'O_RDONLY'), 5],
];

const pipe: Call = { call: 'pipe2', flag: 'none' };

const pairCases: readonly Case[] = [
  ['a pipe', pipe, pairValue(5, 6)],
  ['a pair of sockets', pair, pairValue(5, 6)],
];

/** Where 5 is the only free number. */
const narrow = { ...setup, descriptors: 6 };

const lastNumberCases: readonly Case[] = [
  ['a pipe', pipe, 'EMFILE'],
  ['a pair of sockets', pair, 'EMFILE'],
  ['a device', openNull, 5],
];

const fullCases: readonly Case[] = [
  ['F_DUPFD', fcntl('F_DUPFD', 3), 'EMFILE'],
  ['/dev/null', openNull, 'EMFILE'],
  ['a place that is not there', open('/none', 'O_PATH'), 'EMFILE'],
  ['a NULL path', open(null, 'O_PATH'), 'EFAULT'],
  ['dup2', dup2(3, 5), 5],
];

/** fd 3: a map, 4: a program, 5 and 6: sockets, 7: a place, 8: one whose peer was closed. */
const sockets: readonly Call[] = [hashMap, load(), pair, place('/c'), pair, close(9)];

const sendCases: readonly Case[] = [
  ['one descriptor', send(5, 3), 1],
  ['a descriptor twice', send(5, 3, 3), 1],
  ['a place', send(5, 7), 1],
  ['itself', send(5, 5), 1],
  ['a closed descriptor', send(5, 3, 10), 'EBADF'],
  ['to a closed fd', send(10, 10), 'EBADF'],
  ['to a place', send(7, 3), 'EBADF'],
  ['to a map', send(3, 10), 'ENOTSOCK'],
  ['to nobody', send(8, 3), 'EPIPE'],
  ['to nobody, a closed descriptor', send(8, 10), 'EBADF'],
];

const receiveCases: readonly Case[] = [
  ['nothing yet', receive(6, 1), 'EAGAIN'],
  ['a peek at nothing', receive(6, 0, 'MSG_PEEK'), 'EAGAIN'],
  ['the end', receive(8, 1), 0],
  ['from a closed fd', receive(10, 1), 'EBADF'],
  ['from a place', receive(7, 1), 'EBADF'],
  ['from a map', receive(3, 1), 'ENOTSOCK'],
];

const twoSent: readonly Call[] = [...sockets, send(5, 3, 4)];

const roomCases: readonly Case[] = [
  ['room for two', receive(6, 2), received([9, 10], 'whole')],
  ['room for one', receive(6, 1), received([9], 'truncated')],
  ['no room', receive(6, 0), received([], 'truncated')],
  ['a peek', receive(6, 2, 'MSG_PEEK'), received([9, 10], 'whole')],
  ['with close-on-exec', receive(6, 2, 'MSG_CMSG_CLOEXEC'), received([9, 10], 'whole')],
];

const filterCases: readonly Case[] = [
  ['a program', attach(5, 4), 0],
  ['a program, where nobody is', attach(8, 4), 0],
  ['a map', attach(5, 3), 'EINVAL'],
  ['a closed program', attach(5, 10), 'EBADF'],
  ['a place', attach(5, 7), 'EBADF'],
  ['to a closed fd', attach(10, 10), 'EBADF'],
  ['to a place', attach(7, 4), 'EBADF'],
  ['to a map', attach(3, 10), 'ENOTSOCK'],
  ['no filter to detach', detach(5), 'ENOENT'],
  ['detach from a closed fd', detach(10), 'EBADF'],
  ['detach from a program', detach(4), 'ENOTSOCK'],
];

itAnswersAsMeasured('dup2, dup3 and fcntl', map, dupCases);
itAnswersAsMeasured('open', map, openCases);
itAnswersAsMeasured('open of a pin', pinned, pinCases);
itAnswersAsMeasured('pipe2 and socketpair', map, pairCases);
itAnswersAsMeasured('calls for the last free number', map, lastNumberCases, narrow);
itAnswersAsMeasured('calls in a full table', [...map, dup(3)], fullCases, narrow);
itAnswersAsMeasured('sendmsg', sockets, sendCases);
itAnswersAsMeasured('recvmsg', sockets, receiveCases);
itAnswersAsMeasured('recvmsg of two descriptors', twoSent, roomCases);
itAnswersAsMeasured(
  'recvmsg where one number is free',
  twoSent,
  [
    ['room for two', receive(6, 2), received([9], 'truncated')],
    ['a peek', receive(6, 2, 'MSG_PEEK'), received([9], 'truncated')],
  ],
  { ...setup, descriptors: 10 },
);
itAnswersAsMeasured('SO_ATTACH_BPF and SO_DETACH_FILTER', sockets, filterCases);
