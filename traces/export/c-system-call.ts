/** Calls that are a system call with these arguments and nothing else, as C writes them. */
import type { Link, Open, Rename, Renameat2 } from '../../model/vocabulary/index.ts';
import { cOctal, cStart, cString } from './c-arguments.ts';
import type { CallBy } from './ways-of-calls.ts';

/** As the kernel gets them: the number of the call, and its arguments. */
export type CArguments = readonly (string | number)[];

export function cSystemCall(call: CallBy<'system-call'>): CArguments {
  switch (call.call) {
    case 'close':
    case 'dup':
    case 'fchdir':
      return [`SYS_${call.call}`, call.fd];
    case 'dup3':
      return ['SYS_dup3', call.fd, call.to, call.flag === 'none' ? 0 : call.flag];
    case 'open':
      // The tree of a trace has no devices; there, descriptor 0 is open on this one.
      return call.path === '/dev/null' && isPlain(call.flag)
        ? ['SYS_dup', 0]
        : ['SYS_openat', cStart(call.dirFd), cString(call.path), openFlags[call.flag], '0600'];
    case 'chdir':
      return ['SYS_chdir', cString(call.path)];
    case 'mkdir':
      return ['SYS_mkdirat', cStart(call.dirFd), cString(call.path), '0755'];
    case 'rmdir':
      return ['SYS_unlinkat', cStart(call.dirFd), cString(call.path), 'AT_REMOVEDIR'];
    case 'unlink':
      return ['SYS_unlinkat', cStart(call.dirFd), cString(call.path), 0];
    case 'link':
      return ['SYS_linkat', ...twoPaths(call), 0];
    case 'linkat': {
      const to = [cStart(call.toFd), cString(call.to)];
      return ['SYS_linkat', call.fd, '""', ...to, 'AT_EMPTY_PATH'];
    }
    case 'rename':
      return ['SYS_renameat2', ...twoPaths(call), 0];
    case 'renameat2':
      return ['SYS_renameat2', ...twoPaths(call), renameFlags[call.flag]];
    case 'symlink':
      return ['SYS_symlinkat', cString(call.target), cStart(call.dirFd), cString(call.path)];
    case 'mknod': {
      const device = call.type === 'S_IFCHR' ? 'makedev(1, 3)' : 0;
      return [
        ...['SYS_mknodat', cStart(call.dirFd), cString(call.path)],
        ...[`${call.type} | 0644`, device],
      ];
    }
    case 'truncate':
      return ['SYS_truncate', cString(call.path), `${call.length}L`];
    case 'utimensat':
      return ['SYS_utimensat', 'AT_FDCWD', cString(call.path), 'NULL', 0];
    case 'setxattr':
      return ['SYS_setxattr', cString(call.path), cString(call.name), '"v"', '(size_t)1', 0];
    case 'access':
      return ['SYS_faccessat', 'AT_FDCWD', cString(call.path), call.mode];
    case 'chmod':
      return ['SYS_fchmodat', 'AT_FDCWD', cString(call.path), cOctal(call.mode)];
    case 'chown':
      return ['SYS_fchownat', 'AT_FDCWD', cString(call.path), call.owner, call.owner, 0];
  }
}

const twoPaths = ({ fromFd, from, toFd, to }: Link | Rename | Renameat2): readonly string[] => [
  ...[cStart(fromFd), cString(from), cStart(toFd), cString(to)],
];

const isPlain = (flag: Open['flag']): boolean =>
  flag === 'O_RDWR' || flag === 'O_RDONLY' || flag === 'O_WRONLY|O_TRUNC';

const openFlags: Readonly<Record<Open['flag'], string>> = {
  O_RDWR: 'O_RDWR',
  O_RDONLY: 'O_RDONLY',
  'O_WRONLY|O_TRUNC': 'O_WRONLY | O_TRUNC',
  'O_RDWR|O_CREAT': 'O_RDWR | O_CREAT',
  'O_RDWR|O_CREAT|O_EXCL': 'O_RDWR | O_CREAT | O_EXCL',
  O_DIRECTORY: 'O_RDONLY | O_DIRECTORY',
  O_PATH: 'O_PATH',
};

/** By number: not every header has the names. */
const renameFlags = {
  RENAME_NOREPLACE: 1,
  RENAME_EXCHANGE: 2,
  RENAME_WHITEOUT: 4,
  'RENAME_NOREPLACE|RENAME_EXCHANGE': 3,
} as const;
