/** What a task does before a raw call: it lays out attributes, and what they point to. */
import type { AttrField, Bpf } from '../../../model/vocabulary/index.ts';
import { mapArea, viewOf } from './user-memory.ts';
import type { UserMemory } from './user-memory.ts';

/** Room for any field, also for those behind the last byte that a kernel reads. */
const roomForAttributes = 2 * 4096;

/** The memory of the call, and the address of its attributes. */
export function layOut({ attr }: Pick<Bpf, 'attr'>): {
  readonly memory: UserMemory;
  readonly address: bigint;
} {
  const memory: UserMemory = { areas: [] };
  if (typeof attr === 'number') return { memory, address: BigInt(attr) };
  const bytes = new Uint8Array(roomForAttributes);
  const address = mapArea(memory, bytes);
  for (const field of attr) writeField(viewOf(bytes), field, numberFor(memory, field));
  return { memory, address };
}

/** A number itself, or the address of what is pointed to. */
function numberFor(memory: UserMemory, { value }: AttrField): bigint {
  if (typeof value === 'number') return BigInt(value);
  return mapArea(memory, typeof value === 'string' ? stringBytes(value) : wordBytes(value[0]));
}

function stringBytes(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

function wordBytes(word: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, word, true);
  return bytes;
}

function writeField(view: DataView, { offset, width }: AttrField, value: bigint): void {
  switch (width) {
    case 1:
      view.setUint8(offset, Number(value));
      break;
    case 4:
      view.setUint32(offset, Number(value), true);
      break;
    case 8:
      view.setBigUint64(offset, value, true);
      break;
  }
}
