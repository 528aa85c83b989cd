/** Calls on maps and programs, and bpf(2) in its raw form, as `calls.ts` lists them. */
import type { AttrField, Fd, ObjectId, Path } from './arguments.types.ts';

/** The last three hold objects: programs, or maps. */
export type MapType =
  | 'BPF_MAP_TYPE_HASH'
  | 'BPF_MAP_TYPE_ARRAY'
  | 'BPF_MAP_TYPE_PROG_ARRAY'
  | 'BPF_MAP_TYPE_ARRAY_OF_MAPS'
  | 'BPF_MAP_TYPE_HASH_OF_MAPS';
/** The last two are none: 3, and a lock that no map of this specification has. */
export type UpdateFlag =
  'BPF_ANY' | 'BPF_NOEXIST' | 'BPF_EXIST' | 'BPF_NOEXIST|BPF_EXIST' | 'BPF_F_LOCK';

/**
 * What a new descriptor of a map is restricted to: only to look it up, or only to change it; both at
 * once are refused.
 */
export type AccessFlags = 'BPF_F_RDONLY' | 'BPF_F_WRONLY' | 'BPF_F_RDONLY|BPF_F_WRONLY';

export interface MapCreate {
  readonly call: 'BPF_MAP_CREATE';
  readonly type: MapType;
  /** In bytes. Keys and values are little-endian words of 4 bytes in this specification. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** inner_map_fd, for maps of maps: the map that those inside have to be like. Absent: 0. */
  readonly innerFd?: Fd;
  /** map_flags. Absent: 0. */
  readonly access?: AccessFlags;
}

export interface MapUpdate {
  readonly call: 'BPF_MAP_UPDATE_ELEM';
  readonly fd: Fd;
  /** Null for a NULL pointer, as in the calls below. */
  readonly key: number | null;
  /** In a map that holds objects, a descriptor of the object. */
  readonly value: number | null;
  readonly flag: UpdateFlag;
}

/** Succeeds with the value found; in a map that holds objects with 0, since no two runs share ids. */
export interface MapLookup {
  readonly call: 'BPF_MAP_LOOKUP_ELEM';
  readonly fd: Fd;
  readonly key: number | null;
}

export interface MapDelete {
  readonly call: 'BPF_MAP_DELETE_ELEM';
  readonly fd: Fd;
  readonly key: number | null;
}

/** Succeeds with the key behind `key`, or with the first one for a NULL pointer. */
export interface MapNextKey {
  readonly call: 'BPF_MAP_GET_NEXT_KEY';
  readonly fd: Fd;
  readonly key: number | null;
}

/** What a program can be attached to: a socket, a qdisc, a cgroup. */
export type ProgType =
  'BPF_PROG_TYPE_SOCKET_FILTER' | 'BPF_PROG_TYPE_SCHED_CLS' | 'BPF_PROG_TYPE_CGROUP_SKB';

/**
 * Loads a program that returns 0; with `mapFd`, it refers to that map and so holds it. If the map is
 * a program array, it calls the program in slot 0 and returns 1 if there is none.
 */
export interface ProgLoad {
  readonly call: 'BPF_PROG_LOAD';
  /** Absent: a socket filter. */
  readonly type?: ProgType;
  readonly mapFd: Fd | null;
}

/** BPF_PROG_TEST_RUN on an empty packet, once. Succeeds with what the program returns. */
export interface ProgRun {
  readonly call: 'BPF_PROG_TEST_RUN';
  readonly fd: Fd;
}

/** From then on nobody writes the map through a descriptor, a new one included. */
export interface MapFreeze {
  readonly call: 'BPF_MAP_FREEZE';
  readonly fd: Fd;
}

/** Succeeds with what it tells of a map, a program or a link (`infoOf`). */
export interface ObjInfo {
  readonly call: 'BPF_OBJ_GET_INFO_BY_FD';
  readonly fd: Fd;
}

export interface ObjPin {
  readonly call: 'BPF_OBJ_PIN';
  readonly path: Path;
  readonly fd: Fd;
  /** path_fd, with BPF_F_PATH_FD: the directory in which a relative path starts. */
  readonly pathFd?: Fd;
}

export interface ObjGet {
  readonly call: 'BPF_OBJ_GET';
  readonly path: Path;
  /** path_fd, with BPF_F_PATH_FD. */
  readonly pathFd?: Fd;
  /** file_flags. Absent: 0. */
  readonly access?: AccessFlags;
}

/** Opens a living object, whoever holds it. */
export interface GetById {
  readonly call: 'BPF_MAP_GET_FD_BY_ID' | 'BPF_PROG_GET_FD_BY_ID' | 'BPF_LINK_GET_FD_BY_ID';
  readonly id: ObjectId;
  /** open_flags, which only maps have: for others, all but 0 is EINVAL. Absent: 0. */
  readonly access?: AccessFlags;
}

/** Succeeds with the id of the next living object of the run, behind `id`. */
export interface GetNextId {
  readonly call: 'BPF_MAP_GET_NEXT_ID' | 'BPF_PROG_GET_NEXT_ID' | 'BPF_LINK_GET_NEXT_ID';
  readonly id: ObjectId;
}

/**
 * bpf(2) as it is: a command by number, and a number of bytes. Succeeds with what the system call
 * returns: a descriptor, or 0.
 */
export interface Bpf {
  readonly call: 'bpf';
  readonly command: number;
  /** What the attributes hold besides zeros; or, in their place, an address that leads nowhere. */
  readonly attr: readonly AttrField[] | number;
  readonly size: number;
}
