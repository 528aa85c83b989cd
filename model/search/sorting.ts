import { sum } from './unrolled.ts';

/**
 * Pairs to be put in order one after the other, so that all are, for few rows: a sorting network. What each
 * step does is done in every state: a path that is taken for the first time once the machine has compiled
 * the text costs a second compilation, and the text is long.
 */
const networks: readonly (readonly (readonly [number, number])[])[] = [
  ...[[], []],
  [[0, 1]],
  [
    [0, 1],
    [1, 2],
    [0, 1],
  ],
  [
    [0, 1],
    [2, 3],
    [0, 2],
    [1, 3],
    [1, 2],
  ],
];

/** Sorts `size` rows from `from` on, in `order`, by falling colour. Rows of one colour may change places. */
export const sorting = (from: string, size: number, base: number): string =>
  networks[size]
    ?.map(
      ([i, k]) => `{ const a = order[${sum(i, from)}]; const b = order[${sum(k, from)}];
const behind = colour[${base} + a] < colour[${base} + b];
order[${sum(i, from)}] = behind ? b : a; order[${sum(k, from)}] = behind ? a : b; }`,
    )
    .join('\n') ??
  `
for (let i = 1; i < ${size}; i++) {
const r = order[${from} + i]; const c = colour[${base} + r]; let k = i - 1;
while (k >= 0 && colour[${base} + order[${from} + k]] < c) { order[${from} + k + 1] = order[${from} + k]; k--; }
order[${from} + k + 1] = r; }`;
