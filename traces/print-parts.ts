/** Parts of printed calls that several of them have. */
import type { Call, Fd, Path } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';

/** `size`: how many bytes of the attributes the kernel is given. */
export function printBpf(call: Call, attributes: string, size: number): string {
  return `bpf(${call.call}, {${attributes}}, ${size})`;
}

export const printPath = (path: Path): string => (path === null ? 'NULL' : printString(path));

/** The directory in which a path starts, and the path. */
export const printAt = (fd: Fd | undefined, path: Path): string =>
  `${fd ?? 'AT_FDCWD'}, ${printPath(path)}`;

export const zeroOr = (flag: string): string => (flag === 'none' ? '0' : flag);
