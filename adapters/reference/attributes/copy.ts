/** The attributes of a call in the kernel's own memory. */
import type { OrError } from '../structures.types.ts';
import { copyFromUser } from './user-memory.ts';
import type { UserMemory } from './user-memory.ts';

const pageSize = 4096;

/** union bpf_attr: the fields lie at their offsets, little-endian. */
export interface Attributes {
  readonly u32: (offset: number) => number;
  readonly s32: (offset: number) => number;
  readonly u64: (offset: number) => bigint;
  /** Whether all bytes from an offset on are 0, up to another one or the end. */
  readonly isZero: (from: number, to?: number) => boolean;
}

/**
 * Copies attributes of `size` bytes into a union of `known` bytes. What a task knows of and the
 * kernel does not has to be 0 (bpf_check_uarg_tail_zero); what it leaves out is 0.
 */
export function copyAttributes(
  memory: UserMemory,
  address: bigint,
  size: number,
  known: number,
): OrError<Attributes> {
  if (size > pageSize) return 'E2BIG';
  const tail = copyFromUser(memory, address + BigInt(known), Math.max(size - known, 0));
  if (typeof tail === 'string') return tail;
  if (tail.some((byte) => byte !== 0)) return 'E2BIG';
  const copied = copyFromUser(memory, address, Math.min(size, known));
  if (typeof copied === 'string') return copied;
  const union = new Uint8Array(known);
  union.set(copied);
  return attributesIn(union);
}

function attributesIn(union: Uint8Array): Attributes {
  const view = new DataView(union.buffer);
  return {
    u32: (offset) => view.getUint32(offset, true),
    s32: (offset) => view.getInt32(offset, true),
    u64: (offset) => view.getBigUint64(offset, true),
    isZero: (from, to) => union.subarray(from, to).every((byte) => byte === 0),
  };
}
