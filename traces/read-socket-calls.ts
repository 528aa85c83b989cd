/** Calls on sockets: pairs, descriptors in flight, filters. */
import type { Fd, Recvmsg } from '../model/vocabulary/index.ts';
import { receivedValue } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import { pairedRange } from './outcome-range.ts';
import { readPair } from './read-descriptor-calls.ts';
import type { Fields } from './read-fields.ts';
import { readBraces, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import {
  describeValue,
  fixedNumber,
  isNull,
  misfit,
  note,
  readFixed,
  readInteger,
  readName,
  wordRange,
} from './read-value.ts';
import type { NumberValue, Value } from './syntax.types.ts';

const domain = { what: 'the domain of a pair of sockets', names: { AF_UNIX: 1 } } as const;
const kind = { what: 'the type of a pair of sockets', names: { SOCK_STREAM: 1 } } as const;
const protocol = fixedNumber('the protocol of a pair of sockets', 0, '0');
const level = { what: 'the level of an option', names: { SOL_SOCKET: 1 } } as const;
/** SO_DETACH_BPF is the same option. */
const option = {
  what: 'a socket option',
  names: { SO_ATTACH_BPF: 50, SO_DETACH_FILTER: 27, SO_DETACH_BPF: 27 },
} as const;
const optionLength = fixedNumber('the length of a socket option', 4, '4');
const iovLength = fixedNumber('the length of a message', 1, '1');
const rights = { what: 'the type of a control message', names: { SCM_RIGHTS: 1 } } as const;

const messageBits = {
  MSG_PEEK: 0x2,
  MSG_CTRUNC: 0x8,
  MSG_DONTWAIT: 0x40,
  MSG_NOSIGNAL: 0x4000,
  MSG_CMSG_CLOEXEC: 0x40000000,
} as const;
const sendFlags = {
  what: 'the flags of sendmsg',
  sets: ['MSG_DONTWAIT|MSG_NOSIGNAL'],
  bits: messageBits,
  ignored: [],
} as const satisfies FlagChoice<string>;
const receiveFlags = {
  what: 'the flags of recvmsg',
  sets: ['MSG_DONTWAIT', 'MSG_PEEK|MSG_DONTWAIT', 'MSG_DONTWAIT|MSG_CMSG_CLOEXEC'],
  bits: messageBits,
  ignored: [],
} as const satisfies FlagChoice<string>;
const receivedFlags = {
  what: 'the flags of a message received',
  sets: ['0', 'MSG_CTRUNC'],
  bits: messageBits,
  ignored: ['MSG_CMSG_CLOEXEC'],
} as const satisfies FlagChoice<string>;

const fields = ['msg_iov', 'msg_control', 'msg_controllen', 'msg_flags'];
const sent = { owner: 'a message', fields, zero: 'msg_name msg_namelen', ignored: 'msg_iovlen' };
const received = { owner: 'a message', fields, ignored: 'msg_name msg_namelen msg_iovlen' };
const iov = { owner: 'msg_iov', fields: ['iov_base', 'iov_len'] };
const control = {
  owner: 'msg_control',
  fields: ['cmsg_type', 'cmsg_data'],
  ignored: 'cmsg_len cmsg_level',
};

export const socketForms: readonly NamedForm[] = [
  [
    'socketpair',
    {
      usage: 'socketpair(AF_UNIX, SOCK_STREAM, 0, [FD, FD])',
      counts: [4],
      read: readSocketpair,
    },
  ],
  [
    'sendmsg',
    {
      usage: 'sendmsg(FD, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[FD]}]}, FLAGS)',
      counts: [3],
      read: readSendmsg,
    },
  ],
  [
    'recvmsg',
    { usage: 'recvmsg(FD, {msg_controllen=SIZE}, FLAGS)', counts: [3], read: readRecvmsg },
  ],
  [
    'setsockopt',
    {
      usage:
        'setsockopt(FD, SOL_SOCKET, SO_ATTACH_BPF, [FD], 4) or setsockopt(FD, SOL_SOCKET, SO_DETACH_FILTER, [0], 4)',
      counts: [5],
      read: readSetsockopt,
    },
  ],
];

function readSocketpair(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [family, type, zero, fds] = args;
  if (!family || !type || !zero || !fds) return null;
  readName(family, domain, flaws);
  readName(type, kind, flaws);
  readFixed(zero, protocol, flaws);
  return { call: { call: 'socketpair' }, value: shownValue('[FD, FD]', fds, readPair) };
}

function readSendmsg(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [fd, message, flags] = args;
  if (!fd || !message || !flags) return null;
  const to = descriptor(fd, flaws);
  const parts = readBraces(message, sent, flaws);
  mustBeOneByte(parts.values.get('msg_iov'), flaws);
  const data = controlData(requiredField(parts, 'msg_control', flaws), flaws);
  const fds = data.map((value) => descriptor(value, flaws));
  readFlags(flags, sendFlags, flaws);
  return { call: { call: 'sendmsg', fd: to, fds } };
}

function readRecvmsg(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [fd, message, flags] = args;
  if (!fd || !message || !flags) return null;
  const from = descriptor(fd, flaws);
  const parts = readBraces(message, received, flaws);
  mustBeOneByte(parts.values.get('msg_iov'), flaws);
  const room = roomOf(parts.values.get('msg_controllen'), flaws);
  const flag = receiveFlag(readFlags(flags, receiveFlags, flaws));
  return {
    call: { call: 'recvmsg', fd: from, room, flag },
    value: (result, found) => readReceived(result, parts, found),
  };
}

function receiveFlag(set: (typeof receiveFlags.sets)[number] | undefined): Recvmsg['flag'] {
  switch (set) {
    case 'MSG_PEEK|MSG_DONTWAIT':
      return 'MSG_PEEK';
    case 'MSG_DONTWAIT|MSG_CMSG_CLOEXEC':
      return 'MSG_CMSG_CLOEXEC';
    case 'MSG_DONTWAIT':
    case undefined:
      return 'none';
  }
}

/** How many descriptors a control buffer has room for: its header has 16 bytes, each of them 4. */
function roomOf(value: Value | undefined, flaws: Flaws): Recvmsg['room'] {
  // strace shows no size for a call that failed; all that can be sent finds room in two.
  if (value === undefined) return 2;
  const size = readInteger(value, wordRange('the msg_controllen'), flaws);
  if (size < 20) return 0;
  return size < 24 ? 1 : 2;
}

/** What came, by what the message shows: it has no more than two descriptors. */
function readReceived(result: NumberValue, { values }: Fields, flaws: Flaws): number {
  const shown = values.get('msg_control');
  const fds: readonly Fd[] =
    shown === undefined || isNull(shown)
      ? []
      : controlData(shown, flaws).map((value) => readInteger(value, pairedRange, flaws));
  const flags = values.get('msg_flags');
  const set = flags === undefined ? '0' : readFlags(flags, receivedFlags, flaws);
  if (result.value === 0 && fds.length === 0 && set === '0') return 0;
  if (result.value === 1) {
    return receivedValue({ bytes: 1, fds, truncated: set === '0' ? 'whole' : 'truncated' });
  }
  const expected = '1, 0 with nothing received, or -1 ERROR, was expected';
  note(flaws, result.column, `${result.text} was found as the result of recvmsg; ${expected}`);
  return 0;
}

/** The items of the one control message that there is, of which there are one or two. */
function controlData(value: Value, flaws: Flaws): readonly Value[] {
  const [only, ...others] = value.kind === 'list' ? value.items : [];
  if (only === undefined || others.length > 0) {
    misfit(value, 'one control message [{...}]', flaws);
    return [];
  }
  const parts = readBraces(only, control, flaws);
  readName(requiredField(parts, 'cmsg_type', flaws), rights, flaws);
  const data = requiredField(parts, 'cmsg_data', flaws);
  if (data.kind === 'list' && (data.items.length === 1 || data.items.length === 2)) {
    return data.items;
  }
  misfit(data, 'a list of one or two descriptors [FD]', flaws);
  return [];
}

/** Of the bytes that go with descriptors, all that matters is that there is one. */
function mustBeOneByte(value: Value | undefined, flaws: Flaws): void {
  if (value === undefined) return;
  const [only, ...others] = value.kind === 'list' ? value.items : [];
  if (only === undefined || others.length > 0) {
    const found = describeValue(value);
    note(flaws, value.column, `${found} was found where one byte [{...}] was expected`);
    return;
  }
  const length = readBraces(only, iov, flaws).values.get('iov_len');
  if (length !== undefined) readFixed(length, iovLength, flaws);
}

function readSetsockopt(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [fd, at, name, value, length] = args;
  if (!fd || !at || !name || !value || !length) return null;
  const socket = descriptor(fd, flaws);
  readName(at, level, flaws);
  const chosen = readName(name, option, flaws);
  readFixed(length, optionLength, flaws);
  const [program, ...others] = value.kind === 'list' ? value.items : [];
  if (chosen !== 'SO_ATTACH_BPF') {
    // The kernel reads a number, whatever it is, and makes nothing of it.
    if (program?.kind !== 'number' || others.length > 0) misfit(value, 'a number [0]', flaws);
    return { call: { call: 'SO_DETACH_FILTER', fd: socket } };
  }
  if (program === undefined || others.length > 0) {
    misfit(value, 'the descriptor of a program [FD]', flaws);
    return null;
  }
  return { call: { call: 'SO_ATTACH_BPF', fd: socket, progFd: descriptor(program, flaws) } };
}
