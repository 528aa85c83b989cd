import { describe, expect, it } from 'vitest';
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import { makesDescriptor, makesObject, plainOf, withRawDescriptors } from './raw-calls.ts';

const raw = (command: number, attr: Bpf['attr'], size = 32): Bpf => ({
  call: 'bpf',
  command,
  attr,
  size,
});
const path: AttrField = { offset: 0, width: 8, value: '/a/x' };
const word = (offset: number, value: AttrField['value']): AttrField => ({
  offset,
  width: 8,
  value,
});
const fd = (offset: number, value: number, width: AttrField['width'] = 4): AttrField => ({
  offset,
  width,
  value,
});

describe('a raw call', () => {
  it('makes what its command makes', () => {
    expect([0, 5, 7, 6, 1].map((command) => makesDescriptor(raw(command, [])))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([0, 5, 7].map((command) => makesObject(raw(command, [])))).toEqual([true, true, false]);
  });

  it('is known by the call that it amounts to, unless that says more', () => {
    const pin = raw(6, [path, fd(8, 3)], 12);
    expect(plainOf(pin)).toEqual({ call: 'BPF_OBJ_PIN', path: '/a/x', fd: 3 });
    const lookup = raw(1, [fd(0, 3), word(8, [5]), word(16, [0])]);
    const beyond = raw(8, []);
    for (const call of [lookup, beyond, raw(6, 0, 12)]) expect(plainOf(call)).toBe(call);
    expect(plainOf({ call: 'dup', fd: 3 })).toEqual({ call: 'dup', fd: 3 });
  });
});

describe('the descriptors of a raw call', () => {
  const plusTen = (given: number): number => given + 10;

  it.each<[number, number]>([
    [0, 20],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [6, 8],
    [22, 0],
  ])('of command %i lie at %i, however wide they are written', (command, at) => {
    for (const width of [1, 4, 8] as const) {
      expect(withRawDescriptors(raw(command, [fd(at, 3, width)]), 'word', plusTen).attr).toEqual([
        fd(at, 13, width),
      ]);
    }
  });

  it('are no descriptors where nobody reads them, or where something else lies', () => {
    for (const call of [
      raw(6, [fd(8, 3)], 8),
      raw(7, [fd(8, 3)]),
      raw(6, [fd(12, 3)]),
      raw(6, 0),
    ]) {
      expect(withRawDescriptors(call, 'word', plusTen)).toEqual(call);
    }
  });

  it('may be below 0', () => {
    const closed = raw(6, [fd(8, 2 ** 32 - 1)]);
    expect(withRawDescriptors(closed, 'word', (given) => given).attr).toEqual([fd(8, 2 ** 32 - 1)]);
  });

  it('may be what an update writes', () => {
    const update = raw(2, [fd(0, 3), word(8, [0]), word(16, [4])]);
    expect(withRawDescriptors(update, 'word', plusTen).attr).toEqual([
      fd(0, 13),
      word(8, [0]),
      word(16, [4]),
    ]);
    expect(withRawDescriptors(update, 'descriptor', plusTen).attr).toEqual([
      fd(0, 13),
      word(8, [0]),
      word(16, [14]),
    ]);
  });
});
