/** Text that goes through the rows of a table. */

/** Tables of so many rows are gone through without a loop, which a machine goes through faster. */
const unrolled = 6;

/** `base` + `r`, where `r` is a number or the name of one. */
export const sum = (base: number, r: string): string =>
  /^\d+$/.test(r) ? String(base + Number(r)) : `${base} + ${r}`;

/** Text for each of some rows, from 1 on: once for each where they are few, else in a loop. */
export const forEach = (rows: number, text: (r: string) => string): string =>
  rows <= unrolled
    ? Array.from({ length: rows }, (_, k) => `{ ${text(String(k + 1))} }`).join('\n')
    : `for (let r = 1; r <= ${rows}; r++) { ${text('r')} }`;
