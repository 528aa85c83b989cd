/**
 * Calls on names, as `calls.ts` lists them. `dirFd`, `fromFd`, `toFd`: the descriptor of the directory
 * in which a relative path starts (mkdirat(2), ...). Absent: the working directory, AT_FDCWD.
 */
import type { Fd, Path } from './arguments.types.ts';

/** Succeeds with 0, as the next one does. */
export interface Chdir {
  readonly call: 'chdir';
  readonly path: Path;
}

export interface Fchdir {
  readonly call: 'fchdir';
  readonly fd: Fd;
}

export interface Mkdir {
  readonly call: 'mkdir';
  readonly dirFd?: Fd;
  readonly path: Path;
}

export interface Rmdir {
  readonly call: 'rmdir';
  readonly dirFd?: Fd;
  readonly path: Path;
}

export interface Unlink {
  readonly call: 'unlink';
  readonly dirFd?: Fd;
  readonly path: Path;
}

/** One more name for what `from` names; a symbolic link there is not followed. */
export interface Link {
  readonly call: 'link';
  readonly fromFd?: Fd;
  readonly from: Path;
  readonly toFd?: Fd;
  readonly to: Path;
}

/** linkat(fd, "", ..., AT_EMPTY_PATH): one more name for what is open as `fd`. */
export interface Linkat {
  readonly call: 'linkat';
  readonly fd: Fd;
  readonly toFd?: Fd;
  readonly to: Path;
}

export interface Rename {
  readonly call: 'rename';
  readonly fromFd?: Fd;
  readonly from: Path;
  readonly toFd?: Fd;
  readonly to: Path;
}

/** The last is two that exclude each other. */
export type RenameFlag =
  'RENAME_NOREPLACE' | 'RENAME_EXCHANGE' | 'RENAME_WHITEOUT' | 'RENAME_NOREPLACE|RENAME_EXCHANGE';

export interface Renameat2 {
  readonly call: 'renameat2';
  readonly fromFd?: Fd;
  readonly from: Path;
  readonly toFd?: Fd;
  readonly to: Path;
  readonly flag: RenameFlag;
}

/** symlink(target, path). */
export interface Symlink {
  readonly call: 'symlink';
  readonly target: Path;
  readonly dirFd?: Fd;
  readonly path: Path;
}

/** A regular file, a pipe with a name, a device: what a bpffs has none of. */
export interface Mknod {
  readonly call: 'mknod';
  readonly dirFd?: Fd;
  readonly path: Path;
  readonly type: 'S_IFREG' | 'S_IFIFO' | 'S_IFCHR';
}

/** Succeeds with what it shows (`statOf`). */
export interface Stat {
  readonly call: 'stat';
  readonly dirFd?: Fd;
  readonly path: Path;
}

/**
 * truncate(2): `length` from -2147483648 to 2147483647, and what is negative is refused. A pin is a file
 * to it, that has no contents.
 */
export interface Truncate {
  readonly call: 'truncate';
  readonly path: Path;
  readonly length: number;
}

/** utimensat(AT_FDCWD, path, NULL, 0): the times become those of now, which nothing here shows. */
export interface Utimensat {
  readonly call: 'utimensat';
  readonly path: Path;
}

/** setxattr(path, name, "v", 1, 0). */
export interface Setxattr {
  readonly call: 'setxattr';
  readonly path: Path;
  readonly name: 'user.a' | 'trusted.a';
}

/**
 * A directory is opened, read to its end and closed. Succeeds with the names in it: `.` and `..` are left
 * out, and so is every name with a dot, which only the kernel gives in a bpffs.
 */
export interface Readdir {
  readonly call: 'readdir';
  readonly path: Path;
}

/** All of them. */
export type NameCall =
  | Chdir
  | Fchdir
  | Mkdir
  | Rmdir
  | Unlink
  | Link
  | Linkat
  | Rename
  | Renameat2
  | Symlink
  | Mknod
  | Stat
  | Truncate
  | Utimensat
  | Setxattr
  | Readdir;
