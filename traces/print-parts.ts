/** Parts of printed calls that several of them have. */
import type { Call } from '../model/vocabulary/index.ts';

/** `size`: how many bytes of the attributes the kernel is given. */
export function printBpf(call: Call, attributes: string, size: number): string {
  return `bpf(${call.call}, {${attributes}}, ${size})`;
}

export const zeroOr = (flag: string): string => (flag === 'none' ? '0' : flag);
