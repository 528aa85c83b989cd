/** Lines of a strace log, and the calls in them that matter here, in the numbers of the log. */

/** A descriptor argument; `shown`: what -y prints behind it. */
export interface LogFd {
  readonly fd: number;
  readonly shown: string | null;
}

/**
 * A path, and the directory it starts in: a descriptor, which is -1 where the log hides it, or null for the working
 * directory.
 */
export interface LogPath {
  readonly dir: LogFd | null;
  /** The working directory, where -y tells it. */
  readonly cwd: string | null;
  readonly path: string;
}

/** What a call answered: a number, or an error. */
export type LogResult =
  | { readonly ok: true; readonly value: number; readonly shown: string | null }
  | { readonly ok: false; readonly errno: string };

export type ObjectSort = 'map' | 'program' | 'link';

/** A call that matters: it makes, names, moves, holds or lets go something that is followed. */
export type LogCall =
  | {
      readonly call: 'create';
      readonly sort: ObjectSort;
      readonly type: string;
      readonly name: string;
      readonly holds: readonly LogFd[];
    }
  | { readonly call: 'by-id'; readonly sort: ObjectSort; readonly id: number }
  | { readonly call: 'pin'; readonly fd: LogFd; readonly at: LogPath }
  | { readonly call: 'get'; readonly at: LogPath }
  | { readonly call: 'fill'; readonly map: LogFd }
  | {
      readonly call: 'attach';
      readonly program: LogFd;
      readonly to: string;
      readonly holder: LogFd | null;
    }
  | { readonly call: 'detach'; readonly from: LogFd }
  | { readonly call: 'netlink'; readonly request: NetlinkRequest }
  | { readonly call: 'netlink-done'; readonly error: number }
  | { readonly call: 'close'; readonly fd: number }
  | {
      readonly call: 'close-range';
      readonly first: number;
      readonly last: number;
      readonly onExec: 'now' | 'on-exec';
    }
  | { readonly call: 'dup'; readonly fd: LogFd; readonly cloexec: 0 | 1 }
  | { readonly call: 'set-cloexec'; readonly fd: number; readonly cloexec: 0 | 1 }
  | {
      readonly call: 'open';
      readonly at: LogPath;
      readonly kind: 'directory' | 'place';
      readonly cloexec: 0 | 1;
    }
  | { readonly call: 'descriptor'; readonly pid: number | null; readonly cloexec: 0 | 1 }
  | {
      readonly call: 'pair';
      readonly fds: readonly [number, number];
      readonly kind: 'socket' | 'pipe';
      readonly cloexec: 0 | 1;
    }
  | { readonly call: 'send'; readonly socket: LogFd; readonly fds: readonly LogFd[] }
  | {
      readonly call: 'receive';
      readonly socket: LogFd;
      readonly fds: readonly LogFd[];
      readonly cloexec: 0 | 1;
    }
  | { readonly call: 'take'; readonly pidfd: LogFd; readonly fd: number }
  | { readonly call: 'fork'; readonly flags: ForkFlags }
  | { readonly call: 'exec'; readonly path: string | null }
  | { readonly call: 'exit'; readonly who: 'process' | 'thread' }
  | { readonly call: 'chdir'; readonly at: LogPath }
  | { readonly call: 'fchdir'; readonly fd: LogFd }
  | { readonly call: 'getcwd'; readonly path: string }
  | { readonly call: 'chroot' }
  | { readonly call: 'mkdir' | 'rmdir' | 'unlink'; readonly at: LogPath }
  | { readonly call: 'symlink'; readonly target: string; readonly at: LogPath }
  | { readonly call: 'link'; readonly from: LogPath; readonly to: LogPath }
  | {
      readonly call: 'rename';
      readonly from: LogPath;
      readonly to: LogPath;
      readonly flag: RenameKind;
    }
  | {
      readonly call: 'mount';
      readonly source: string | null;
      readonly target: LogPath;
      readonly type: string | null;
      readonly flags: readonly string[];
      readonly data: string | null;
    }
  | { readonly call: 'umount'; readonly target: LogPath; readonly flags: readonly string[] }
  | { readonly call: 'unshare'; readonly flags: readonly string[] }
  | { readonly call: 'setns'; readonly fd: LogFd; readonly flags: readonly string[] };

export type RenameKind = 'none' | 'RENAME_NOREPLACE' | 'RENAME_EXCHANGE' | 'other';

export interface ForkFlags {
  readonly files: 'own' | 'shared';
  readonly group: 'own' | 'shared';
  readonly mounts: 'own' | 'shared';
}

/** A request on traffic filters; the program is null where the log does not show it. */
export interface NetlinkRequest {
  readonly kind: 'new' | 'delete';
  readonly where: string;
  /** True if it is about everything there, and not about one filter. */
  readonly scope: 'all' | 'one';
  readonly program: number | null;
}

/** What a line holds, its text not yet understood. */
export type LogLine =
  | {
      readonly kind: 'call';
      readonly pid: number;
      readonly name: string;
      readonly args: string;
      readonly parts: readonly string[];
      readonly result: string;
    }
  | { readonly kind: 'begun'; readonly pid: number; readonly name: string; readonly args: string }
  | {
      readonly kind: 'resumed';
      readonly pid: number;
      readonly name: string;
      readonly args: string;
      readonly parts: readonly string[];
      readonly result: string;
    }
  | { readonly kind: 'ended'; readonly pid: number }
  /** A signal, a remark of strace, a call that does not matter. */
  | { readonly kind: 'other' }
  | { readonly kind: 'torn' }
  | { readonly kind: 'unreadable'; readonly column: number };

/** What the log tells, in its order. */
export type LogEvent =
  | {
      readonly kind: 'call';
      readonly line: number;
      readonly pid: number;
      readonly call: LogCall;
      readonly result: LogResult | null;
      readonly text: string;
    }
  /** A fork whose child may run before it returns. */
  | {
      readonly kind: 'forking';
      readonly line: number;
      readonly pid: number;
      readonly flags: ForkFlags;
    }
  | { readonly kind: 'ended'; readonly line: number; readonly pid: number }
  /** Something that was left out, and why. */
  | { readonly kind: 'remark'; readonly line: number; readonly text: string };
