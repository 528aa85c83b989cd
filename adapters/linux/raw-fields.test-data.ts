/** Attributes of bpf(2) in its raw form, as fields of [offset, width, value]. */
import type { bpf } from './short-calls.test-data.ts';

export type Fields = Exclude<Parameters<typeof bpf>[1], number>;

/** As the kernel numbers them. */
export const [create, lookUp, write, remove, nextKey, loadProgram, pin, get, getInfo, freeze] = [
  0, 1, 2, 3, 4, 5, 6, 7, 15, 22,
] as const;

/** Addresses that lead nowhere. */
export const [none, low] = [0, 4096] as const;

export const hash: Fields = [
  [0, 4, 1],
  [4, 4, 4],
  [8, 4, 4],
  [12, 4, 2],
];
/** Pointers and numbers in 8 bytes. */
export type Wide = Fields[number][2];

export const pinned = (pathname: Wide, fd: number): Fields => [
  [0, 8, pathname],
  [8, 4, fd],
];
export const pinnedMap: Fields = [[0, 8, '/b/m']];
export const element = (fd: number, key: Wide, value: Wide = 0, flags = 0): Fields => [
  [0, 4, fd],
  [8, 8, key],
  [16, 8, value],
  [24, 8, flags],
];
export const infoOf = (fd: number, length: number, info: Wide): Fields => [
  [0, 4, fd],
  [4, 4, length],
  [8, 8, info],
];
export const filter = (count: number, instructions: Wide, license: Wide): Fields => [
  [0, 4, 1],
  [4, 4, count],
  [8, 8, instructions],
  [16, 8, license],
];
