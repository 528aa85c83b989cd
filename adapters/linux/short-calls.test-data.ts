/** Calls, in short. */
import {
  receivedValue,
  type AttrField,
  type Call,
  type Direction,
  type MapCreate,
  type MapType,
  type MapUpdate,
  type ProgAttach,
  type Recvmsg,
  type UpdateFlag,
} from '../../model/vocabulary/index.ts';

type Short = 'HASH' | 'ARRAY' | 'PROG_ARRAY' | 'ARRAY_OF_MAPS' | 'HASH_OF_MAPS';

const typeOf = (type: Short): MapType => `BPF_MAP_TYPE_${type}`;

/** A map of two words of four bytes, except where `changes` says otherwise. */
export const create = (
  type: Short,
  changes: Partial<Omit<MapCreate, 'call' | 'type'>> = {},
): Call => ({
  call: 'BPF_MAP_CREATE',
  type: typeOf(type),
  keySize: 4,
  valueSize: 4,
  maxEntries: 2,
  ...changes,
});

export const update = (
  fd: number,
  key: number | null,
  value: number | null,
  flag: UpdateFlag = 'BPF_ANY',
): MapUpdate => ({ call: 'BPF_MAP_UPDATE_ELEM', fd, key, value, flag });

export const lookup = (fd: number, key: number | null): Call => ({
  call: 'BPF_MAP_LOOKUP_ELEM',
  fd,
  key,
});

export const remove = (fd: number, key: number | null): Call => ({
  call: 'BPF_MAP_DELETE_ELEM',
  fd,
  key,
});

export const nextKey = (fd: number, key: number | null): Call => ({
  call: 'BPF_MAP_GET_NEXT_KEY',
  fd,
  key,
});

export const freeze = (fd: number): Call => ({ call: 'BPF_MAP_FREEZE', fd });
export const info = (fd: number): Call => ({ call: 'BPF_OBJ_GET_INFO_BY_FD', fd });
export const mapById = (id: number): Call => ({ call: 'BPF_MAP_GET_FD_BY_ID', id });
export const progById = (id: number): Call => ({ call: 'BPF_PROG_GET_FD_BY_ID', id });
export const nextMap = (id: number): Call => ({ call: 'BPF_MAP_GET_NEXT_ID', id });
export const nextProg = (id: number): Call => ({ call: 'BPF_PROG_GET_NEXT_ID', id });

/** bpf(2) as it is; `attr` in fields of [offset, width, value], or an address. */
export const bpf = (
  command: number,
  attr: number | readonly (readonly [number, AttrField['width'], AttrField['value']])[],
  size: number,
): Call => ({
  call: 'bpf',
  command,
  attr:
    typeof attr === 'number'
      ? attr
      : attr.map(([offset, width, value]) => ({ offset, width, value })),
  size,
});

export const load = (mapFd: number | null = null): Call => ({ call: 'BPF_PROG_LOAD', mapFd });
type ShortProg = 'SOCKET_FILTER' | 'SCHED_CLS' | 'CGROUP_SKB';
export const loadOf = (type: ShortProg, mapFd: number | null = null): Call => ({
  call: 'BPF_PROG_LOAD',
  type: `BPF_PROG_TYPE_${type}`,
  mapFd,
});
export const attachTo = (
  targetFd: number,
  progFd: number,
  flag: ProgAttach['flag'] = 'BPF_F_ALLOW_MULTI',
): Call => ({ call: 'BPF_PROG_ATTACH', targetFd, progFd, flag });
export const detachFrom = (targetFd: number, progFd: number): Call => ({
  call: 'BPF_PROG_DETACH',
  targetFd,
  progFd,
});
export const link = (progFd: number, targetFd: number): Call => ({
  call: 'BPF_LINK_CREATE',
  progFd,
  targetFd,
});
export const detachLink = (fd: number): Call => ({ call: 'BPF_LINK_DETACH', fd });
export const linkById = (id: number): Call => ({ call: 'BPF_LINK_GET_FD_BY_ID', id });
export const nextLink = (id: number): Call => ({ call: 'BPF_LINK_GET_NEXT_ID', id });
export const directory = (path: string): Call => ({ call: 'open', path, flag: 'O_DIRECTORY' });
export const removeDirectory = (path: string): Call => ({ call: 'rmdir', path });
export const addFilter = (direction: Direction, progFd: number): Call => ({
  call: 'RTM_NEWTFILTER',
  direction,
  progFd,
  flag: 'NLM_F_EXCL',
});
export const replaceFilter = (direction: Direction, progFd: number): Call => ({
  call: 'RTM_NEWTFILTER',
  direction,
  progFd,
  flag: 'NLM_F_REPLACE',
});
export const deleteFilter = (direction: Direction): Call => ({ call: 'RTM_DELTFILTER', direction });
export const deleteQdisc: Call = { call: 'RTM_DELQDISC' };
export const run = (fd: number): Call => ({ call: 'BPF_PROG_TEST_RUN', fd });
export const close = (fd: number): Call => ({ call: 'close', fd });
export const dup = (fd: number): Call => ({ call: 'dup', fd });
export const place = (path: string): Call => ({ call: 'open', path, flag: 'O_PATH' });
export const openNull: Call = { call: 'open', path: '/dev/null', flag: 'O_RDWR' };
export const pair: Call = { call: 'socketpair' };

export const send = (fd: number, ...fds: readonly number[]): Call => ({ call: 'sendmsg', fd, fds });

export const receive = (fd: number, room: 0 | 1 | 2, flag: Recvmsg['flag'] = 'none'): Call => ({
  call: 'recvmsg',
  fd,
  room,
  flag,
});

export const attach = (fd: number, progFd: number): Call => ({ call: 'SO_ATTACH_BPF', fd, progFd });
export const detach = (fd: number): Call => ({ call: 'SO_DETACH_FILTER', fd });

/** What a recvmsg that brought a byte succeeds with. */
export const received = (fds: readonly number[], truncated: 'whole' | 'truncated'): number =>
  receivedValue({ bytes: 1, fds, truncated });
