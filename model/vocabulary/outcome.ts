import { statxOf, statxValue } from './shown.ts';
import { mapTypeNames, progTypeNames } from './call-names.ts';
import type { Call, MapType, ProgType } from './calls.types.ts';

/** What a call answers: a value (0 where it has none), or an error by name. */
export type Outcome =
  | {
      readonly ok: true;
      readonly value: number;
      /** Of readdir: the names, each once, ascending by UTF-16 code units; the value counts them. */
      readonly names?: readonly string[];
    }
  | { readonly ok: false; readonly errno: Errno };

/** The errors of the specification and their numbers on Linux (asm-generic/errno.h). */
export const errnoNumbers = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EBADFD: 77,
  ENOTSOCK: 88,
  EOPNOTSUPP: 95,
  ECONNRESET: 104,
  ENOTCONN: 107,
  ETOOMANYREFS: 109,
  ENOTSUPP: 524,
} as const;

export type Errno = keyof typeof errnoNumbers;

const namesByNumber = new Map<number, Errno>(
  // Object.entries loses the literal types of the keys; isErrno gives them back.
  Object.entries(errnoNumbers).flatMap(([name, number]) =>
    isErrno(name) ? [[number, name] as const] : [],
  ),
);

export function isErrno(name: string): name is Errno {
  return Object.hasOwn(errnoNumbers, name);
}

/** The name of an error number, or undefined for one that the specification does not know. */
export function errnoName(number: number): Errno | undefined {
  return namesByNumber.get(number);
}

export const succeed = (value: number): Outcome => ({ ok: true, value });
export const fail = (errno: Errno): Outcome => ({ ok: false, errno });

/** readdir has succeeded with these names, in whatever order they came. */
export const listed = (names: readonly string[]): Outcome => ({
  ok: true,
  value: names.length,
  names: names.toSorted(byCodeUnits),
});

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function sameOutcome(a: Outcome, b: Outcome): boolean {
  if (!a.ok) return !b.ok && a.errno === b.errno;
  return b.ok && a.value === b.value && sameNames(a.names, b.names);
}

function sameNames(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}

/** Two descriptors as one value: those of pipe2 and socketpair. A descriptor is below 4,096. */
export const pairValue = (first: number, second: number): number => first + pairRadix * second;

/** The two descriptors that `pairValue` made a value of. */
export function pairOf(value: number): readonly [first: number, second: number] {
  return [value % pairRadix, Math.floor(value / pairRadix) % pairRadix];
}

const pairRadix = 4096;
const receivedBit = pairRadix ** 2;
const truncatedBit = 2 * receivedBit;

/** What recvmsg brought. */
export interface Received {
  /** 0 at the end of the stream, else 1. */
  readonly bytes: 0 | 1;
  /** The new descriptors, at most two. */
  readonly fds: readonly number[];
  /** MSG_CTRUNC: descriptors were dropped. */
  readonly truncated: 'whole' | 'truncated';
}

/** What recvmsg brought, as one value; 0 at the end of the stream. */
export function receivedValue({ bytes, fds, truncated }: Received): number {
  const [first = 0, second = 0] = fds;
  const flags = (bytes === 1 ? receivedBit : 0) + (truncated === 'truncated' ? truncatedBit : 0);
  return pairValue(first, second) + flags;
}

/** What `receivedValue` made a value of. */
export function receivedOf(value: number): Received {
  return {
    bytes: Math.floor(value / receivedBit) % 2 === 1 ? 1 : 0,
    fds: pairOf(value).filter((fd) => fd !== 0),
    truncated: value >= truncatedBit ? 'truncated' : 'whole',
  };
}

/**
 * What BPF_OBJ_GET_INFO_BY_FD tells: of a program its type and how many maps it uses, of a map its
 * shape, of a link whether it is attached still.
 */
export type Info =
  | { readonly kind: 'program'; readonly type: ProgType; readonly maps: number }
  | { readonly kind: 'link'; readonly state: 'attached' | 'defunct' }
  | { readonly kind: 'map'; readonly type: MapType; readonly maxEntries: number };

/** 0 for a program, then the types of maps, then one for a link. */
const infoRadix = 2 + mapTypeNames.length;
const linkInfo = 1 + mapTypeNames.length;

/** What is told, as one value. */
export function infoValue(info: Info): number {
  switch (info.kind) {
    case 'program':
      return infoRadix * (progTypeNames.indexOf(info.type) + progTypeNames.length * info.maps);
    case 'link':
      return linkInfo + infoRadix * (info.state === 'attached' ? 1 : 0);
    case 'map':
      return 1 + mapTypeNames.indexOf(info.type) + infoRadix * info.maxEntries;
  }
}

/** What `infoValue` made a value of. */
export function infoOf(value: number): Info {
  const kind = value % infoRadix;
  const type = mapTypeNames[kind - 1];
  const rest = Math.floor(value / infoRadix);
  if (kind === linkInfo) return { kind: 'link', state: rest === 1 ? 'attached' : 'defunct' };
  if (type !== undefined) return { kind: 'map', type, maxEntries: rest };
  const { length } = progTypeNames;
  const [first] = progTypeNames;
  const progType = progTypeNames[rest % length] ?? first;
  return { kind: 'program', type: progType, maps: Math.floor(rest / length) };
}

/**
 * What the value of a success is: two descriptors (`pairOf`), what recvmsg brought (`receivedOf`),
 * what is told of an object (`infoOf`) or shown of a file (`statOf`, `statxOf`), a mask of permissions,
 * the flags of a descriptor, what an open file is for, how many names there are, or a number that stands
 * for itself.
 */
export type ValueKind =
  | ('pair' | 'received' | 'info' | 'stat' | 'statx')
  | ('mask' | 'flags' | 'access' | 'names' | 'number');

export function valueKind(call: Call): ValueKind {
  if (call.call === 'pipe2' || call.call === 'socketpair') return 'pair';
  if (call.call === 'recvmsg') return 'received';
  if (call.call === 'BPF_OBJ_GET_INFO_BY_FD') return 'info';
  if (call.call === 'stat' || call.call === 'statx') return call.call;
  if (call.call === 'readdir') return 'names';
  if (call.call === 'umask') return 'mask';
  if (call.call !== 'fcntl') return 'number';
  return call.command === 'F_GETFD' ? 'flags' : call.command === 'F_GETFL' ? 'access' : 'number';
}

/** Whether a call succeeds with the id of an object. */
export const isNextId = ({ call }: Call): boolean =>
  call === 'BPF_MAP_GET_NEXT_ID' ||
  call === 'BPF_PROG_GET_NEXT_ID' ||
  call === 'BPF_LINK_GET_NEXT_ID';

/** Whether a whole number from 0 on is a value of that kind. */
export function isOfKind(kind: ValueKind, value: number): boolean {
  switch (kind) {
    case 'pair':
      return value === pairValue(...pairOf(value));
    case 'received': {
      // Nothing comes with the end of a stream.
      const received = receivedOf(value);
      return value === (received.bytes === 0 ? 0 : receivedValue(received));
    }
    case 'flags':
      return value <= 1;
    case 'access':
      return value <= 2;
    case 'info':
      return value === infoValue(infoOf(value));
    case 'statx':
      return value === statxValue(statxOf(value));
    case 'mask':
      return value <= 0o777;
    case 'stat':
    case 'names':
    case 'number':
      return true;
  }
}
