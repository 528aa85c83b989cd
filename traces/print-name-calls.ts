/** Calls on names, as strace prints them. */
import type { NameCall, Outcome } from '../model/vocabulary/index.ts';
import { statOf } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { printPath } from './print-parts.ts';

/** What a success shows is among the arguments. */
export function printNameCall(call: NameCall, outcome: Outcome | undefined): string {
  switch (call.call) {
    case 'mkdir':
      return `mkdir(${printPath(call.path)}, 0755)`;
    case 'rmdir':
    case 'unlink':
      return `${call.call}(${printPath(call.path)})`;
    case 'link':
    case 'rename':
      return `${call.call}(${printPath(call.from)}, ${printPath(call.to)})`;
    case 'renameat2': {
      const [from, to] = [printPath(call.from), printPath(call.to)];
      return `renameat2(AT_FDCWD, ${from}, AT_FDCWD, ${to}, ${call.flag})`;
    }
    case 'symlink':
      return `symlink(${printPath(call.target)}, ${printPath(call.path)})`;
    case 'mknod': {
      const device = call.type === 'S_IFCHR' ? ', makedev(0x1, 0x3)' : '';
      return `mknod(${printPath(call.path)}, ${call.type}|0644${device})`;
    }
    case 'truncate':
      return `truncate(${printPath(call.path)}, ${call.length})`;
    case 'utimensat':
      return `utimensat(AT_FDCWD, ${printPath(call.path)}, NULL, 0)`;
    case 'setxattr':
      return `setxattr(${printPath(call.path)}, "${call.name}", "v", 1, 0)`;
    case 'stat': {
      const shown = outcome?.ok === true ? printStat(outcome.value) : '';
      return `stat(${printPath(call.path)}, {${shown}})`;
    }
    case 'readdir': {
      const names = outcome?.ok === true ? (outcome.names ?? []) : [];
      return `readdir(${printPath(call.path)}, ${printNames(names)})`;
    }
  }
}

export const printNames = (names: readonly string[]): string =>
  `[${names.map(printString).join(', ')}]`;

/** What stat showed. Permission bits are no part of it. */
export function printStat(value: number): string {
  const { kind, nlink } = statOf(value);
  return `st_mode=${kind === 'directory' ? 'S_IFDIR' : 'S_IFREG'}, st_nlink=${nlink}`;
}
