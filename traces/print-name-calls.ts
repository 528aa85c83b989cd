/** Calls on names, as strace prints them. */
import type {
  Link,
  Mkdir,
  NameCall,
  Outcome,
  Rename,
  Rmdir,
  Unlink,
} from '../model/vocabulary/index.ts';
import { statOf } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { printAt, printPath } from './print-parts.ts';

/** What a success shows is among the arguments. */
export function printNameCall(call: NameCall, outcome: Outcome | undefined): string {
  switch (call.call) {
    case 'chdir':
      return `chdir(${printPath(call.path)})`;
    case 'fchdir':
      return `fchdir(${call.fd})`;
    case 'mkdir':
      return `${atCall('mkdir', call)}, 0755)`;
    case 'rmdir':
    case 'unlink':
      return printRemoval(call);
    case 'link':
    case 'rename':
      return printBoth(call);
    case 'linkat':
      return `linkat(${call.fd}, "", ${printAt(call.toFd, call.to)}, AT_EMPTY_PATH)`;
    case 'renameat2':
      return `renameat2(${bothOf(call)}, ${call.flag})`;
    case 'symlink': {
      const target = printPath(call.target);
      return call.dirFd === undefined
        ? `symlink(${target}, ${printPath(call.path)})`
        : `symlinkat(${target}, ${printAt(call.dirFd, call.path)})`;
    }
    case 'mknod': {
      const device = call.type === 'S_IFCHR' ? ', makedev(0x1, 0x3)' : '';
      return `${atCall('mknod', call)}, ${call.type}|0644${device})`;
    }
    case 'stat': {
      const shown = `{${outcome?.ok === true ? printStat(outcome.value) : ''}}`;
      return call.dirFd === undefined
        ? `stat(${printPath(call.path)}, ${shown})`
        : `newfstatat(${printAt(call.dirFd, call.path)}, ${shown}, 0)`;
    }
    case 'truncate':
      return `truncate(${printPath(call.path)}, ${call.length})`;
    case 'utimensat':
      return `utimensat(AT_FDCWD, ${printPath(call.path)}, NULL, 0)`;
    case 'setxattr':
      return `setxattr(${printPath(call.path)}, "${call.name}", "v", 1, 0)`;
    case 'readdir': {
      const names = outcome?.ok === true ? (outcome.names ?? []) : [];
      return `readdir(${printPath(call.path)}, ${printNames(names)})`;
    }
  }
}

/** mkdir("x", or mkdirat(3, "x". */
const atCall = (name: string, { dirFd, path }: Pick<Mkdir, 'dirFd' | 'path'>): string =>
  dirFd === undefined ? `${name}(${printPath(path)}` : `${name}at(${printAt(dirFd, path)}`;

function printRemoval({ call, dirFd, path }: Rmdir | Unlink): string {
  if (dirFd === undefined) return `${call}(${printPath(path)})`;
  return `unlinkat(${printAt(dirFd, path)}, ${call === 'rmdir' ? 'AT_REMOVEDIR' : '0'})`;
}

const bothOf = ({ fromFd, from, toFd, to }: Omit<Rename, 'call'>): string =>
  `${printAt(fromFd, from)}, ${printAt(toFd, to)}`;

function printBoth(call: Link | Rename): string {
  if (call.fromFd === undefined && call.toFd === undefined) {
    return `${call.call}(${printPath(call.from)}, ${printPath(call.to)})`;
  }
  return call.call === 'link' ? `linkat(${bothOf(call)}, 0)` : `renameat(${bothOf(call)})`;
}

export const printNames = (names: readonly string[]): string =>
  `[${names.map(printString).join(', ')}]`;

/** What stat showed. Permission bits are no part of it. */
export function printStat(value: number): string {
  const { kind, nlink } = statOf(value);
  return `st_mode=${kind === 'directory' ? 'S_IFDIR' : 'S_IFREG'}, st_nlink=${nlink}`;
}
