/** Parts of printed calls that several of them have. */
import type { Call, Path } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';

/** `size`: how many bytes of the attributes the kernel is given. */
export function printBpf(call: Call, attributes: string, size: number): string {
  return `bpf(${call.call}, {${attributes}}, ${size})`;
}

export const printPath = (path: Path): string => (path === null ? 'NULL' : printString(path));

export const zeroOr = (flag: string): string => (flag === 'none' ? '0' : flag);
