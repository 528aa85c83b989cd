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

import type { NameCall } from './name-calls.types.ts';
import type {
  Bind,
  Mount,
  Move,
  OpenNamespace,
  BindNamespace,
  Remount,
  SetPropagation,
  Setns,
  Umount,
  Unshare,
  UnshareUser,
} from './mount-calls.types.ts';
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
  MapUpdate,
  ObjGet,
  ObjInfo,
  ObjPin,
  ProgLoad,
  ProgRun,
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
  | NameCall
  | PermissionCall
  | Mount
  | Bind
  | Move
  | Remount
  | SetPropagation
  | Umount
  | Unshare
  | UnshareUser
  | OpenNamespace
  | BindNamespace
  | Setns;

export type CallName = Call['call'];

/** One call by one process. */
export interface Step {
  readonly pid: Pid;
  readonly call: Call;
}
