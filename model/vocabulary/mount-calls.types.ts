/** Calls about mounts, as `calls.ts` lists them. */
import type { Fd, Path, Pid } from './arguments.types.ts';

/** mount("bpf", target, "bpf", flag, data): a fresh mount. */
export interface Mount {
  readonly call: 'mount';
  readonly target: Path;
  /** The mount is read-only, and so is an instance that it makes. */
  readonly flag?: 'MS_RDONLY';
  /** Options, `key=value` with commas between; NULL if absent. */
  readonly data?: string;
}

/** mount(source, target, NULL, MS_BIND, NULL). */
export interface Bind {
  readonly call: 'bind';
  readonly source: Path;
  readonly target: Path;
  /** With what is mounted below the source. */
  readonly flag?: 'MS_REC';
}

/** mount(source, target, NULL, MS_MOVE, NULL). */
export interface Move {
  readonly call: 'move';
  readonly source: Path;
  readonly target: Path;
}

/** mount(NULL, target, NULL, MS_REMOUNT|..., NULL): of the mount and its instance, or of the mount alone. */
export interface Remount {
  readonly call: 'remount';
  readonly target: Path;
  readonly what: 'instance' | 'MS_BIND';
  readonly flag: 'none' | 'MS_RDONLY';
}

/** mount(NULL, target, NULL, type, NULL), of a mount alone or with MS_REC of all below it, too. */
export interface SetPropagation {
  readonly call: 'set-propagation';
  readonly target: Path;
  readonly type: 'MS_SHARED' | 'MS_SLAVE' | 'MS_PRIVATE';
  readonly flag?: 'MS_REC';
}

export interface Umount {
  readonly call: 'umount2';
  readonly target: Path;
  readonly flag:
    | 'none'
    | 'MNT_FORCE'
    | 'MNT_DETACH'
    | 'UMOUNT_NOFOLLOW'
    /** Marks what nobody uses, and unmounts what nobody has used since. */
    | 'MNT_EXPIRE'
    | 'MNT_DETACH|MNT_EXPIRE';
}

/** openat(AT_FDCWD, "/proc/PID/ns/mnt", O_RDONLY): the mount namespace of a process, as a file. */
export interface OpenNamespace {
  readonly call: 'open-namespace';
  readonly pid: Pid;
}

/** mount("/proc/PID/ns/mnt", target, NULL, MS_BIND, NULL): the mount namespace of a process, as a file there. */
export interface BindNamespace {
  readonly call: 'bind-namespace';
  readonly pid: Pid;
  readonly target: Path;
}

/** setns(fd, CLONE_NEWNS). */
export interface Setns {
  readonly call: 'setns';
  readonly fd: Fd;
}

/** unshare(CLONE_NEWNS). */
export interface Unshare {
  readonly call: 'unshare';
}

/** unshare(CLONE_NEWUSER|CLONE_NEWNS): that namespace belongs to a new user namespace, without any map. */
export interface UnshareUser {
  readonly call: 'unshare-user';
}
