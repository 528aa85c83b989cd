/** Raw calls, short: what tests of them are written with. */
import type { AttrField, Bpf, Fd } from '../../model/vocabulary/index.ts';

export const u8 = (offset: number, value: number): AttrField => ({ offset, width: 1, value });
export const u32 = (offset: number, value: number): AttrField => ({ offset, width: 4, value });
export const u64 = (offset: number, value: AttrField['value']): AttrField => ({
  offset,
  width: 8,
  value,
});

/** A raw call as `Caller.bpf` takes it. */
export type RawCall = readonly [command: number, attr: Bpf['attr'], size: number];

/** Fields in the order of their offsets, as the vocabulary wants them. */
const sorted = (fields: readonly AttrField[]): readonly AttrField[] =>
  [...fields].sort((a, b) => a.offset - b.offset);

export const rawCreate = (type: number, ...more: readonly AttrField[]): RawCall => [
  0,
  sorted([u32(0, type), u32(4, 4), u32(8, 4), u32(12, 2), ...more]),
  128,
];

/** What a raw call on elements is given: pointers to words (`[word]`), or addresses. */
interface Element {
  readonly fd?: Fd;
  readonly key?: AttrField['value'];
  readonly value?: AttrField['value'];
  readonly flags?: number;
}

const element = (command: number, { fd = 3, key = [5], value, flags }: Element): RawCall => [
  command,
  [
    u32(0, fd),
    u64(8, key),
    ...(value === undefined ? [] : [u64(16, value)]),
    ...(flags === undefined ? [] : [u64(24, flags)]),
  ],
  32,
];

export const rawLookup = (given: Element = {}): RawCall => element(1, { value: [0], ...given });
export const rawUpdate = (given: Element = {}): RawCall => element(2, { value: [7], ...given });
export const rawDelete = (given: Omit<Element, 'value' | 'flags'> = {}): RawCall =>
  element(3, given);
export const rawNextKey = (given: Omit<Element, 'flags'> = {}): RawCall =>
  element(4, { value: [0], ...given });

export const rawPin = (
  path: AttrField['value'],
  fd: Fd,
  size: number,
  ...more: readonly AttrField[]
): RawCall => [6, sorted([u64(0, path), u32(8, fd), ...more]), size];

export const rawGet = (
  path: AttrField['value'],
  size: number,
  ...more: readonly AttrField[]
): RawCall => [7, sorted([u64(0, path), ...more]), size];

export const rawFreeze = (fd: Fd, ...more: readonly AttrField[]): RawCall => [
  22,
  sorted([u32(0, fd), ...more]),
  64,
];
