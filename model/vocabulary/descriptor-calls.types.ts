/** Calls on descriptors, on tables of them and on sockets, as `calls.ts` lists them. */
import type { Fd, Path } from './arguments.types.ts';

export interface Close {
  readonly call: 'close';
  readonly fd: Fd;
}

export interface Dup {
  readonly call: 'dup';
  readonly fd: Fd;
}

export interface Dup2 {
  readonly call: 'dup2';
  readonly fd: Fd;
  readonly to: Fd;
}

export interface Dup3 {
  readonly call: 'dup3';
  readonly fd: Fd;
  readonly to: Fd;
  readonly flag: 'none' | 'O_CLOEXEC';
}

/**
 * fcntl(2). `argument`: the lowest number for F_DUPFD and F_DUPFD_CLOEXEC; 0 or 1 (FD_CLOEXEC) for
 * F_SETFD; 0 for F_GETFD, which succeeds with 0 or 1, and for F_GETFL, which succeeds with what the
 * open file is for: 0 (O_RDONLY), 1 (O_WRONLY) or 2 (O_RDWR).
 */
export interface Fcntl {
  readonly call: 'fcntl';
  readonly fd: Fd;
  readonly command: 'F_DUPFD' | 'F_DUPFD_CLOEXEC' | 'F_GETFD' | 'F_SETFD' | 'F_GETFL';
  readonly argument: number;
}

/**
 * open(2) of what is no object: /dev/null, a directory, or anything as a mere place (O_PATH). A pin
 * can be opened in no other way. With O_CREAT and mode 0600 a file would be made, which a bpffs does not.
 */
export interface Open {
  readonly call: 'open';
  /** The descriptor of the directory in which a relative path starts; absent: AT_FDCWD. */
  readonly dirFd?: Fd;
  readonly path: Path;
  readonly flag:
    | 'O_RDWR'
    | 'O_RDONLY'
    | 'O_WRONLY|O_TRUNC'
    | 'O_RDWR|O_CREAT'
    | 'O_RDWR|O_CREAT|O_EXCL'
    | 'O_DIRECTORY'
    | 'O_PATH';
}

/** Succeeds with two descriptors (`pairOf`): the end to read from, the end to write to. */
export interface Pipe {
  readonly call: 'pipe2';
  readonly flag: 'none' | 'O_CLOEXEC';
}

/** clone(CLONE_FILES | SIGCHLD): a child that shares the table of descriptors. */
export interface Clone {
  readonly call: 'clone';
}

/**
 * Execs a program that goes on as the old one would have, with the descriptors that survive: those
 * that close on exec are closed, and a shared table is left first.
 */
export interface Execve {
  readonly call: 'execve';
}

/** socketpair(AF_UNIX, SOCK_STREAM, 0). Succeeds with two descriptors (`pairOf`). */
export interface Socketpair {
  readonly call: 'socketpair';
}

/** Sends one byte and one or two descriptors (SCM_RIGHTS), MSG_DONTWAIT | MSG_NOSIGNAL. */
export interface Sendmsg {
  readonly call: 'sendmsg';
  readonly fd: Fd;
  readonly fds: readonly Fd[];
}

/**
 * Asks for one byte and for as many descriptors as there is room for, MSG_DONTWAIT. Succeeds with
 * what came (`receivedOf`). Descriptors that find no room are dropped.
 */
export interface Recvmsg {
  readonly call: 'recvmsg';
  readonly fd: Fd;
  readonly room: 0 | 1 | 2;
  readonly flag: 'none' | 'MSG_PEEK' | 'MSG_CMSG_CLOEXEC';
}

/** setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, prog_fd). */
export interface AttachBpf {
  readonly call: 'SO_ATTACH_BPF';
  readonly fd: Fd;
  readonly progFd: Fd;
}

/** setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER). */
export interface DetachFilter {
  readonly call: 'SO_DETACH_FILTER';
  readonly fd: Fd;
}
