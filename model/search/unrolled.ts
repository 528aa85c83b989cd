/** Text that goes through the rows of a table. */

/** Tables of at most so many rows are gone through without a loop: that takes half the time. */
const unrolled = 6;

/** `base` + `r`, where `r` is a number or the name of one. */
export const sum = (base: number, r: string): string =>
  /^\d+$/.test(r) ? String(base + Number(r)) : `${base} + ${r}`;

/**
 * Text for each of some rows, from 1 on: once for each where they are few, else in a loop. `name`: what
 * the loop calls the row; loops in each other need two.
 */
export const forEach = (
  rows: number,
  text: (r: string) => string,
  name: 'r' | 'o' = 'r',
): string =>
  rows <= unrolled
    ? Array.from({ length: rows }, (_, k) => `{ ${text(String(k + 1))} }`).join('\n')
    : `for (let ${name} = 1; ${name} <= ${rows}; ${name}++) { ${text(name)} }`;
