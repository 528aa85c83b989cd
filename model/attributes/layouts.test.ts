import { describe, expect, it } from 'vitest';
import { layoutOf, type AttributesOf } from '../profiles/index.ts';
import type { AttrField, Bpf } from '../vocabulary/index.ts';
import { readAttributes } from './read.ts';

const raw = (command: number, attr: readonly AttrField[], size: number): Bpf => ({
  call: 'bpf',
  command,
  attr,
  size,
});
const stray = (offset: number): AttrField => ({ offset, width: 1, value: 1 });
const u32 = (offset: number, value: number): AttrField => ({ offset, width: 4, value });

/** What the bytes come to: the fault, or the kind of what is none. */
function told(of: AttributesOf, call: Bpf): string {
  const meaning = readAttributes(call, of);
  return meaning.kind === 'fault' ? meaning.fault : meaning.kind;
}

/**
 * By kernel: sizeof(union bpf_attr); the last command and the last type of a map; and by command where
 * its last field ends.
 */
const tables: Readonly<
  Record<AttributesOf, readonly [number, number, number, Readonly<Record<number, number>>]>
> = {
  '2015': [48, 7, 4, { 0: 16, 1: 24, 2: 32, 3: 16, 4: 24, 5: 44, 6: 12, 7: 12 }],
  '4.6': [48, 7, 7, { 0: 20, 1: 24, 2: 32, 3: 16, 4: 24, 5: 44, 6: 12, 7: 12 }],
  '6.1': [
    144,
    35,
    31,
    {
      ...{ 0: 72, 1: 32, 2: 32, 3: 16, 4: 24, 5: 140, 6: 16, 7: 16 },
      ...{ 10: 76, 11: 8, 12: 8, 13: 4, 14: 16, 15: 16, 22: 4 },
    },
  ],
  '6.12': [
    152,
    36,
    33,
    {
      ...{ 0: 80, 1: 32, 2: 32, 3: 16, 4: 24, 5: 148, 6: 20, 7: 20 },
      ...{ 10: 76, 11: 8, 12: 8, 13: 4, 14: 16, 15: 16, 22: 4 },
    },
  ],
  '6.18': [
    168,
    37,
    33,
    {
      ...{ 0: 92, 1: 32, 2: 32, 3: 16, 4: 24, 5: 168, 6: 20, 7: 20 },
      ...{ 10: 76, 11: 8, 12: 8, 13: 4, 14: 16, 15: 16, 22: 4 },
    },
  ],
};

const kernels = ['2015', '4.6', '6.1', '6.12', '6.18'] as const;

describe.each(kernels)('the attributes of %s', (of) => {
  const [size, lastCommand, lastType, ends] = tables[of];

  it('end at their size', () => {
    expect(told(of, raw(9999, [stray(size - 1)], size))).toBe('unknown-command');
    expect(told(of, raw(9999, [stray(size)], size + 1))).toBe('tail');
  });

  it('go with so many commands', () => {
    expect(told(of, raw(lastCommand, [], size))).not.toBe('unknown-command');
    expect(told(of, raw(lastCommand + 1, [], size))).toBe('unknown-command');
  });

  it('go with so many types of maps', () => {
    const made = (type: number): Bpf =>
      raw(0, [u32(0, type), u32(4, 4), u32(8, 4), u32(12, 1)], 16);
    expect(told(of, made(lastType))).not.toBe('unknown-type');
    expect(told(of, made(lastType + 1))).toBe('unknown-type');
  });

  it('are known for these commands', () => {
    expect([...layoutOf(of).ends.keys()].sort((a, b) => a - b)).toEqual(
      Object.keys(ends)
        .map(Number)
        .filter((command) => command <= lastCommand)
        .sort((a, b) => a - b),
    );
  });

  it.each(Object.entries(ends))('have the last field of command %s end at %i', (number, end) => {
    const command = Number(number);
    expect(told(of, raw(command, [stray(end - 1)], size))).not.toBe('unused');
    if (end < size) expect(told(of, raw(command, [stray(end)], size))).toBe('unused');
  });
});

describe('an address that is cut, or lies where a number is due', () => {
  it('can be told neither as a number nor as an address', () => {
    const cut: AttrField = { offset: 8, width: 8, value: 'x' };
    const path: AttrField = { offset: 0, width: 8, value: '/a/m' };
    expect(told('4.6', raw(7, [path, cut], 12))).toBe('outside');
    expect(told('4.6', raw(6, [path, cut], 12))).toBe('outside');
    expect(told('4.6', raw(7, [path], 4))).toBe('outside');
  });
});
