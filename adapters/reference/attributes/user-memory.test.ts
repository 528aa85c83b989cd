import { describe, expect, it } from 'vitest';
import { copyFromUser, copyToUser, mapArea, readString, readWord } from './user-memory.ts';
import type { UserMemory } from './user-memory.ts';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const text = (string: string) => new TextEncoder().encode(string);

/** Memory with these areas, and their addresses. */
function memoryOf(...areas: readonly Uint8Array[]) {
  const memory: UserMemory = { areas: [] };
  return { memory, addresses: areas.map((area) => mapArea(memory, area)) };
}

describe('the memory of a task', () => {
  it('is copied from where something is, and not across the end of an area', () => {
    const { memory, addresses } = memoryOf(bytes(1, 2, 3), bytes(4));
    const [first = 0n, second = 0n] = addresses;
    expect(copyFromUser(memory, first + 1n, 2)).toEqual(bytes(2, 3));
    expect(copyFromUser(memory, second, 1)).toEqual(bytes(4));
    expect(copyFromUser(memory, first + 1n, 3)).toBe('EFAULT');
    expect(copyFromUser(memory, first + 3n, 1)).toBe('EFAULT');
    expect(copyFromUser(memory, first - 1n, 1)).toBe('EFAULT');
  });

  it('gives no bytes to those who ask for none, wherever that is', () => {
    expect(copyFromUser(memoryOf().memory, 0n, 0)).toEqual(bytes());
  });

  it('has nothing where numbers of 32 bits lead', () => {
    const { memory, addresses } = memoryOf(bytes(1));
    expect(addresses.every((address) => address > 0xffff_ffffn)).toBe(true);
    expect(copyFromUser(memory, 0xffff_ffffn, 1)).toBe('EFAULT');
  });
});

describe('a word', () => {
  it('is little-endian, and written as it is read', () => {
    const { memory, addresses } = memoryOf(bytes(1, 2, 0, 0xff));
    const [address = 0n] = addresses;
    expect(readWord(memory, address)).toBe(0xff00_0201);
    expect(copyToUser(memory, address, 7)).toBe(0);
    expect(readWord(memory, address)).toBe(7);
  });

  it('behind NULL is told from one at a bad address', () => {
    const { memory, addresses } = memoryOf(bytes(1, 2, 3));
    const [short = 0n] = addresses;
    expect(readWord(memory, 0n)).toBeNull();
    expect(readWord(memory, 1n)).toBe('bad-address');
    expect(readWord(memory, short)).toBe('bad-address');
    expect(copyToUser(memory, 0n, 7)).toBe('EFAULT');
    expect(copyToUser(memory, short, 7)).toBe('EFAULT');
  });
});

describe('a string', () => {
  it('ends at its NUL', () => {
    const { memory, addresses } = memoryOf(text('/ä\0x'), text('\0'));
    expect(addresses.map((address) => readString(memory, address))).toEqual(['/ä', '']);
  });

  it('without a NUL is none, and neither is one at a bad address', () => {
    const { memory, addresses } = memoryOf(text('/a'));
    expect(readString(memory, addresses[0] ?? 0n)).toBeNull();
    expect(readString(memory, 0n)).toBeNull();
  });
});
