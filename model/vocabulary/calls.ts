/**
 * The calls of the specification, named as the kernel names them. A call is what one process asks
 * of the kernel; who asks (`pid`) stands beside it in a step.
 */

import type { Pid } from './arguments.types.ts';
import type {
  DelFilter,
  DelQdisc,
  LinkCreate,
  LinkDetach,
  NewFilter,
  ProgAttach,
  ProgDetach,
} from './attachment-calls.types.ts';
import type {
  AttachBpf,
  Clone,
  Close,
  DetachFilter,
  Dup,
  Dup2,
  Dup3,
  Execve,
  Fcntl,
  Open,
  Pipe,
  Recvmsg,
  Sendmsg,
  Socketpair,
} from './descriptor-calls.types.ts';

import type {
  Link,
  Mkdir,
  Mknod,
  Rename,
  Renameat2,
  Rmdir,
  Stat,
  Symlink,
  Unlink,
} from './name-calls.types.ts';
import type { Bind, Mount, Umount, Unshare } from './mount-calls.types.ts';
import type { PermissionCall } from './permission-calls.types.ts';

import type {
  Bpf,
  GetById,
  GetNextId,
  MapCreate,
  MapDelete,
  MapFreeze,
  MapLookup,
  MapNextKey,
  MapType,
  MapUpdate,
  ObjGet,
  ObjInfo,
  ObjPin,
  ProgLoad,
  ProgRun,
  ProgType,
} from './object-calls.types.ts';

export type * from './arguments.types.ts';
export type * from './name-calls.types.ts';
export type * from './mount-calls.types.ts';
export type * from './permission-calls.types.ts';
export type * from './attachment-calls.types.ts';
export type * from './descriptor-calls.types.ts';
export type * from './object-calls.types.ts';

/** Succeeds with the child's pid; the child's own return is no step of its own. */
export interface Fork {
  readonly call: 'fork';
}

/** Ends the caller; its parent reaps it at once. Succeeds with 0. */
export interface ExitGroup {
  readonly call: 'exit_group';
}

/** kill(pid, SIGKILL); the victim's parent reaps it at once. */
export interface Kill {
  readonly call: 'kill';
  readonly pid: Pid;
}

export type Call =
  | MapCreate
  | MapUpdate
  | MapLookup
  | MapDelete
  | MapNextKey
  | ProgLoad
  | ProgRun
  | MapFreeze
  | ObjInfo
  | GetById
  | GetNextId
  | Bpf
  | ObjPin
  | ObjGet
  | Close
  | Dup
  | Dup2
  | Dup3
  | Fcntl
  | Open
  | Pipe
  | Fork
  | Clone
  | Execve
  | ExitGroup
  | Kill
  | Socketpair
  | Sendmsg
  | Recvmsg
  | AttachBpf
  | DetachFilter
  | ProgAttach
  | ProgDetach
  | LinkCreate
  | LinkDetach
  | NewFilter
  | DelFilter
  | DelQdisc
  | Mkdir
  | Rmdir
  | Unlink
  | Link
  | Rename
  | Renameat2
  | Symlink
  | Mknod
  | Stat
  | PermissionCall
  | Mount
  | Bind
  | Umount
  | Unshare;

export type CallName = Call['call'];

/** Every type of map once. */
export const mapTypeNames = [
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_ARRAY_OF_MAPS',
  'BPF_MAP_TYPE_HASH_OF_MAPS',
] as const satisfies readonly MapType[];

/** Every type of program once; the first is the one that is meant where none is told. */
export const progTypeNames = [
  'BPF_PROG_TYPE_SOCKET_FILTER',
  'BPF_PROG_TYPE_SCHED_CLS',
  'BPF_PROG_TYPE_CGROUP_SKB',
] as const satisfies readonly ProgType[];

/** Every call once, in the order in which tables, lists and searches take them. */
export const callNames = [
  'BPF_MAP_CREATE',
  'BPF_MAP_UPDATE_ELEM',
  'BPF_MAP_LOOKUP_ELEM',
  'BPF_MAP_DELETE_ELEM',
  'BPF_MAP_GET_NEXT_KEY',
  'BPF_PROG_LOAD',
  'BPF_PROG_TEST_RUN',
  'BPF_MAP_FREEZE',
  'BPF_OBJ_GET_INFO_BY_FD',
  'BPF_MAP_GET_FD_BY_ID',
  'BPF_PROG_GET_FD_BY_ID',
  'BPF_MAP_GET_NEXT_ID',
  'BPF_PROG_GET_NEXT_ID',
  'bpf',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'dup2',
  'dup3',
  'fcntl',
  'open',
  'pipe2',
  'fork',
  'clone',
  'execve',
  'exit_group',
  'kill',
  'socketpair',
  'sendmsg',
  'recvmsg',
  'SO_ATTACH_BPF',
  'SO_DETACH_FILTER',
  'BPF_PROG_ATTACH',
  'BPF_PROG_DETACH',
  'BPF_LINK_CREATE',
  'BPF_LINK_DETACH',
  'BPF_LINK_GET_FD_BY_ID',
  'BPF_LINK_GET_NEXT_ID',
  'RTM_NEWTFILTER',
  'RTM_DELTFILTER',
  'RTM_DELQDISC',
  'mkdir',
  'rmdir',
  'unlink',
  'link',
  'rename',
  'renameat2',
  'symlink',
  'mknod',
  'stat',
  'statx',
  'access',
  'chmod',
  'chown',
  'umask',
  'setresuid',
  'mount',
  'bind',
  'umount2',
  'unshare',
] as const satisfies readonly CallName[];

/** One call by one process. */
export interface Step {
  readonly pid: Pid;
  readonly call: Call;
}
