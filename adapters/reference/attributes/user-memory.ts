/** The memory of a task as far as a call leads to it, and what a kernel copies from and to it. */
import type { OrError } from '../structures.types.ts';

interface Area {
  readonly start: bigint;
  readonly bytes: Uint8Array;
}

/** Areas that do not touch. */
export interface UserMemory {
  readonly areas: Area[];
}

/** A word behind a pointer: what is there, null for a NULL pointer, or that the pointer leads nowhere. */
export type UserWord = number | null | 'bad-address';

/** Bytes of a word: an int, or a key or a value. */
const wordSize = 4;

/** Where stacks are: no number that fits in 32 bits leads there. */
const lowestAddress = 0x7ffe_1000_1000n;
const gap = 4096n;

/** Makes an area of these bytes; its address. */
export function mapArea({ areas }: UserMemory, bytes: Uint8Array): bigint {
  const last = areas.at(-1);
  const start = last === undefined ? lowestAddress : last.start + BigInt(last.bytes.length) + gap;
  areas.push({ start, bytes });
  return start;
}

/** What is there from an address on, up to the end of its area; null if it leads nowhere. */
function bytesFrom({ areas }: UserMemory, address: bigint): Uint8Array | null {
  const area = areas.find(
    ({ start, bytes }) => address >= start && address < start + BigInt(bytes.length),
  );
  return area === undefined ? null : area.bytes.subarray(Number(address - area.start));
}

/** copy_from_user. Of no bytes it succeeds, wherever they are. */
export function copyFromUser(
  memory: UserMemory,
  address: bigint,
  length: number,
): OrError<Uint8Array> {
  if (length === 0) return new Uint8Array();
  const bytes = bytesFrom(memory, address);
  return bytes === null || bytes.length < length ? 'EFAULT' : bytes.subarray(0, length);
}

/** copy_to_user, of a word. */
export function copyToUser(memory: UserMemory, address: bigint, word: number): OrError<number> {
  const bytes = copyFromUser(memory, address, wordSize);
  if (typeof bytes === 'string') return bytes;
  viewOf(bytes).setUint32(0, word, true);
  return 0;
}

export function readWord(memory: UserMemory, address: bigint): UserWord {
  if (address === 0n) return null;
  const bytes = copyFromUser(memory, address, wordSize);
  return typeof bytes === 'string' ? 'bad-address' : viewOf(bytes).getUint32(0, true);
}

/** The word behind a pointer, where NULL leads nowhere, too. */
export function copyWord(word: UserWord): OrError<number> {
  return typeof word === 'number' ? word : 'EFAULT';
}

/** A string up to its NUL; null if that is not reached. */
export function readString(memory: UserMemory, address: bigint): string | null {
  const bytes = bytesFrom(memory, address);
  const end = bytes?.indexOf(0) ?? -1;
  if (bytes === null || end === -1) return null;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
