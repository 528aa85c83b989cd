/** From a call's text to the call, for those calls of a log that matter. */
import type { ForkFlags, LogCall, LogPath, RenameKind } from './log.types.ts';
import { fdOf, fdsOf, flagsOf, has, pathAt, pathOf, stringOf } from './read-arguments.ts';
import { readLogBpf } from './read-log-bpf.ts';
import { readReceived, readSent, readSockopt } from './read-log-sockets.ts';

/** Reads the arguments of one call; null where it cannot be followed or changes nothing. */
type Reader = (args: readonly string[], text: string) => LogCall | null;

const cloexec = (flags: string | undefined): 0 | 1 =>
  flags?.includes('CLOEXEC') === true && /(?:^|\|)\w*CLOEXEC/.test(flags) ? 1 : 0;

/** What makes a descriptor that is followed only so that its number is not mistaken. */
const otherDescriptors: Readonly<Record<string, number>> = {
  socket: 1,
  accept: -1,
  accept4: 3,
  epoll_create: -1,
  epoll_create1: 0,
  eventfd: -1,
  eventfd2: 1,
  memfd_create: 1,
  timerfd_create: 1,
  signalfd4: 3,
  inotify_init: -1,
  inotify_init1: 0,
  fanotify_init: 0,
  perf_event_open: 4,
  userfaultfd: 0,
  io_uring_setup: -1,
  open_tree: 2,
  fsopen: 1,
  fsmount: 1,
  fspick: 2,
};

function opened(at: LogPath | null, flags: string | undefined): LogCall | null {
  if (at === null) return { call: 'descriptor', pid: null, cloexec: cloexec(flags) };
  const kind = has(flags, 'O_PATH') === 1 ? 'place' : 'directory';
  return { call: 'open', at, kind, cloexec: cloexec(flags) };
}

const onPath =
  (call: 'mkdir' | 'rmdir' | 'unlink'): Reader =>
  ([path]) => {
    const at = pathOf(path);
    return at === null ? null : { call, at };
  };

const fromTo = (
  from: LogPath | null,
  to: LogPath | null,
  made: (from: LogPath, to: LogPath) => LogCall,
): LogCall | null => (from === null || to === null ? null : made(from, to));

const linked: (from: LogPath, to: LogPath) => LogCall = (from, to) => ({ call: 'link', from, to });

function renameKind(flags: string | undefined): RenameKind {
  if (flags === undefined || flags === '0') return 'none';
  return flags === 'RENAME_NOREPLACE' || flags === 'RENAME_EXCHANGE' ? flags : 'other';
}

function dupTo([fd, , flags]: readonly string[]): LogCall | null {
  const from = fdOf(fd);
  return from === null ? null : { call: 'dup', fd: from, cloexec: cloexec(flags) };
}

function fcntl([fd, command, argument]: readonly string[]): LogCall | null {
  const from = fdOf(fd);
  if (from === null) return null;
  if (command === 'F_DUPFD') return { call: 'dup', fd: from, cloexec: 0 };
  if (command === 'F_DUPFD_CLOEXEC') return { call: 'dup', fd: from, cloexec: 1 };
  if (command !== 'F_SETFD') return null;
  return { call: 'set-cloexec', fd: from.fd, cloexec: argument === '0' ? 0 : 1 };
}

/** Python's os.set_inheritable, among others, asks this way whether a descriptor is closed on exec. */
function ioctl([fd, request]: readonly string[]): LogCall | null {
  const from = fdOf(fd);
  if (from === null || (request !== 'FIOCLEX' && request !== 'FIONCLEX')) return null;
  return { call: 'set-cloexec', fd: from.fd, cloexec: request === 'FIOCLEX' ? 1 : 0 };
}

/** The flags of clone and clone3 wherever they stand; without any it is fork. */
export const forkFlags = (text: string): ForkFlags => ({
  files: /\bCLONE_FILES\b/.test(text) ? 'shared' : 'own',
  group: /\bCLONE_THREAD\b/.test(text) ? 'shared' : 'own',
  mounts: /\bCLONE_NEWNS\b/.test(text) ? 'own' : 'shared',
});

/** The calls that make a process. */
export const forks: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3']);

const fork: Reader = (_, text) => ({ call: 'fork', flags: forkFlags(text) });

function closeRange([first, last, flags]: readonly string[]): LogCall | null {
  const [from, to] = [Number(first), Number(last)];
  if (Number.isNaN(from) || Number.isNaN(to)) return null;
  const onExec = flags?.includes('CLOEXEC') === true ? 'on-exec' : 'now';
  return { call: 'close-range', first: from, last: to, onExec };
}

function pair(
  kind: 'socket' | 'pipe',
  fds: string | undefined,
  flags: string | undefined,
): LogCall | null {
  const [a, b] = fdsOf(fds);
  if (a === undefined || b === undefined) return null;
  return { call: 'pair', fds: [a.fd, b.fd], kind, cloexec: cloexec(flags) };
}

function mounted([source, target, type, flags, data]: readonly string[]): LogCall | null {
  const at = pathOf(target);
  if (at === null) return null;
  return {
    call: 'mount',
    source: stringOf(source),
    target: at,
    type: stringOf(type),
    flags: flagsOf(flags),
    data: stringOf(data),
  };
}

const readers: Readonly<Record<string, Reader>> = {
  bpf: readLogBpf,
  close: ([fd]) => withFd(fd, ({ fd: number }) => ({ call: 'close', fd: number })),
  close_range: closeRange,
  dup: dupTo,
  dup2: dupTo,
  dup3: dupTo,
  fcntl,
  ioctl,
  open: ([path, flags]) => opened(pathOf(path), flags),
  openat: ([dir, path, flags]) => opened(pathAt(dir, path), flags),
  openat2: ([dir, path, how]) => opened(pathAt(dir, path), /flags=([\w|]+)/.exec(how ?? '')?.[1]),
  creat: () => ({ call: 'descriptor', pid: null, cloexec: 0 }),
  pipe: ([fds]) => pair('pipe', fds, ''),
  pipe2: ([fds, flags]) => pair('pipe', fds, flags),
  socketpair: ([, type, , fds]) => pair('socket', fds, type),
  pidfd_open: ([pid]) => ({ call: 'descriptor', pid: Number(pid) || null, cloexec: 1 }),
  pidfd_getfd: ([pidfd, fd]) =>
    withFd(pidfd, (from) => ({ call: 'take', pidfd: from, fd: fdOf(fd)?.fd ?? -1 })),
  sendmsg: readSent,
  sendto: readSent,
  recvmsg: readReceived,
  recvfrom: readReceived,
  sendmmsg: readSent,
  recvmmsg: readReceived,
  setsockopt: readSockopt,
  fork,
  vfork: fork,
  clone: fork,
  clone3: fork,
  execve: ([path]) => ({ call: 'exec', path: stringOf(path) }),
  execveat: ([, path]) => ({ call: 'exec', path: stringOf(path) }),
  exit_group: () => ({ call: 'exit', who: 'process' }),
  exit: () => ({ call: 'exit', who: 'thread' }),
  chdir: ([path]) => withPath(pathOf(path), (at) => ({ call: 'chdir', at })),
  fchdir: ([fd]) => withFd(fd, (from) => ({ call: 'fchdir', fd: from })),
  getcwd: ([path]) => withPath(pathOf(path), ({ path: cwd }) => ({ call: 'getcwd', path: cwd })),
  chroot: () => ({ call: 'chroot' }),
  pivot_root: () => ({ call: 'chroot' }),
  mkdir: onPath('mkdir'),
  mkdirat: ([dir, path]) => withPath(pathAt(dir, path), (at) => ({ call: 'mkdir', at })),
  rmdir: onPath('rmdir'),
  unlink: onPath('unlink'),
  unlinkat: ([dir, path, flags]) =>
    withPath(pathAt(dir, path), (at) => ({
      call: has(flags, 'AT_REMOVEDIR') === 1 ? 'rmdir' : 'unlink',
      at,
    })),
  symlink: ([target, path]) => symlinked(target, pathOf(path)),
  symlinkat: ([target, dir, path]) => symlinked(target, pathAt(dir, path)),
  link: ([from, to]) => fromTo(pathOf(from), pathOf(to), linked),
  linkat: ([dir, from, toDir, to, flags]) =>
    flags === '0' ? fromTo(pathAt(dir, from), pathAt(toDir, to), linked) : null,
  rename: ([from, to]) => renamed(pathOf(from), pathOf(to), '0'),
  renameat: ([dir, from, toDir, to]) => renamed(pathAt(dir, from), pathAt(toDir, to), '0'),
  renameat2: ([dir, from, toDir, to, flags]) =>
    renamed(pathAt(dir, from), pathAt(toDir, to), flags),
  mount: mounted,
  umount: ([target]) =>
    withPath(pathOf(target), (at) => ({ call: 'umount', target: at, flags: [] })),
  umount2: ([target, flags]) =>
    withPath(pathOf(target), (at) => ({ call: 'umount', target: at, flags: flagsOf(flags) })),
  unshare: ([flags]) => ({ call: 'unshare', flags: flagsOf(flags) }),
  setns: ([fd, flags]) =>
    withFd(fd, (from) => ({ call: 'setns', fd: from, flags: flagsOf(flags) })),
};

function withFd(
  text: string | undefined,
  make: (fd: NonNullable<ReturnType<typeof fdOf>>) => LogCall,
): LogCall | null {
  const fd = fdOf(text);
  return fd === null ? null : make(fd);
}

const withPath = (at: LogPath | null, make: (at: LogPath) => LogCall): LogCall | null =>
  at === null ? null : make(at);

function symlinked(target: string | undefined, at: LogPath | null): LogCall | null {
  const to = stringOf(target);
  return at === null || to === null ? null : { call: 'symlink', target: to, at };
}

const renamed = (
  from: LogPath | null,
  to: LogPath | null,
  flags: string | undefined,
): LogCall | null =>
  fromTo(from, to, (a, b) => ({ call: 'rename', from: a, to: b, flag: renameKind(flags) }));

/** The calls of a log that are looked at; `strace -e trace=` wants these. */
export const callsThatMatter: ReadonlySet<string> = new Set([
  ...Object.keys(readers),
  ...Object.keys(otherDescriptors),
]);

const table = new Map<string, Reader>(Object.entries(readers));

/** Reads a call that matters. */
export function readLogCall(name: string, args: readonly string[], text: string): LogCall | null {
  const at = otherDescriptors[name];
  if (at !== undefined) return { call: 'descriptor', pid: null, cloexec: cloexec(args[at]) };
  return table.get(name)?.(args, text) ?? null;
}
