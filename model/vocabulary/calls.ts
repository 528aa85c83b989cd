/**
 * The calls of the specification, named as the kernel names them. A call is what one process asks
 * of the kernel; who asks (`pid`) stands beside it in a step.
 */

/** A process, numbered in the order of creation within a run: the first is 1, fork makes the next. */
export type Pid = number;

/** A descriptor number as the process sees it. 0, 1 and 2 are open on /dev/null from the start. */
export type Fd = number;

/** What a call gets as a path: the string, or null for a NULL pointer. */
export type Path = string | null;

export type MapType = 'BPF_MAP_TYPE_HASH' | 'BPF_MAP_TYPE_ARRAY';
export type UpdateFlag = 'BPF_ANY' | 'BPF_NOEXIST' | 'BPF_EXIST';

export interface MapCreate {
  readonly call: 'BPF_MAP_CREATE';
  readonly type: MapType;
  /** In bytes. Keys and values are little-endian words of 4 bytes in this specification. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

export interface MapUpdate {
  readonly call: 'BPF_MAP_UPDATE_ELEM';
  readonly fd: Fd;
  readonly key: number;
  readonly value: number;
  readonly flag: UpdateFlag;
}

/** Succeeds with the value found. */
export interface MapLookup {
  readonly call: 'BPF_MAP_LOOKUP_ELEM';
  readonly fd: Fd;
  readonly key: number;
}

/** Loads a socket filter that returns 0; with `mapFd`, it refers to that map and so holds it. */
export interface ProgLoad {
  readonly call: 'BPF_PROG_LOAD';
  readonly mapFd: Fd | null;
}

export interface ObjPin {
  readonly call: 'BPF_OBJ_PIN';
  readonly path: Path;
  readonly fd: Fd;
}

export interface ObjGet {
  readonly call: 'BPF_OBJ_GET';
  readonly path: Path;
}

export interface Close {
  readonly call: 'close';
  readonly fd: Fd;
}

export interface Dup {
  readonly call: 'dup';
  readonly fd: Fd;
}

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

export interface Mkdir {
  readonly call: 'mkdir';
  readonly path: Path;
}

export interface Rmdir {
  readonly call: 'rmdir';
  readonly path: Path;
}

export interface Unlink {
  readonly call: 'unlink';
  readonly path: Path;
}

/** mount("bpf", target, "bpf", 0, NULL): a fresh mount. */
export interface Mount {
  readonly call: 'mount';
  readonly target: Path;
}

/** mount(source, target, NULL, MS_BIND, NULL), not recursive. */
export interface Bind {
  readonly call: 'bind';
  readonly source: Path;
  readonly target: Path;
}

export interface Umount {
  readonly call: 'umount2';
  readonly target: Path;
  readonly flag: 'none' | 'MNT_DETACH';
}

/** unshare(CLONE_NEWNS). */
export interface Unshare {
  readonly call: 'unshare';
}

export type Call =
  | MapCreate
  | MapUpdate
  | MapLookup
  | ProgLoad
  | ObjPin
  | ObjGet
  | Close
  | Dup
  | Fork
  | ExitGroup
  | Kill
  | Mkdir
  | Rmdir
  | Unlink
  | Mount
  | Bind
  | Umount
  | Unshare;

export type CallName = Call['call'];

/** Every call once, in the order in which tables, lists and searches take them. */
export const callNames = [
  'BPF_MAP_CREATE',
  'BPF_MAP_UPDATE_ELEM',
  'BPF_MAP_LOOKUP_ELEM',
  'BPF_PROG_LOAD',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'fork',
  'exit_group',
  'kill',
  'mkdir',
  'rmdir',
  'unlink',
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
