/**
 * How a row becomes one cell of Spin's state vector. Every column gets as many bits as its largest
 * value needs: the vector is what Spin hashes, compares and keeps, so a short one is a fast one.
 */

/** A column's name and its largest value. */
export type Column = readonly [name: string, largest: number];

/** Bits that hold every value from 0 to `largest`; one at least. */
function bitsFor(largest: number): number {
  return Math.max(1, 32 - Math.clz32(largest));
}

function cellType(bits: number): string {
  if (bits <= 8) return 'byte';
  if (bits <= 15) return 'short';
  if (bits <= 31) return 'int';
  throw new RangeError(`A row of ${bits} bits does not fit a cell: the bounds are too large.`);
}

/** A row as the number in its cell. */
function cell(columns: readonly Column[], values: readonly number[]): number {
  let shift = 0;
  let sum = 0;
  columns.forEach(([, largest], index) => {
    sum += (values[index] ?? 0) * 2 ** shift;
    shift += bitsFor(largest);
  });
  return sum;
}

/**
 * Declares the table `name` and, in macros, its columns: `name_column(row)` reads, `NAME_column` is
 * one unit, `NAME_column_mask` all bits of it, `NAME(…)` a whole row. Rows count from 1 and no cell
 * is spent on row 0; the row of a thing that does not exist is 0. `filled` are the first rows at the
 * start of a run, column by column.
 */
export function declareTable(
  name: string,
  rows: number,
  columns: readonly Column[],
  filled: readonly (readonly number[])[] = [],
): string {
  const upper = name.toUpperCase();
  const lines: string[] = [];
  const whole: string[] = [];
  let shift = 0;
  for (const [column, largest] of columns) {
    const bits = bitsFor(largest);
    const mask = 2 ** bits - 1;
    lines.push(
      `#define ${name}_${column}(row) ((${name}[(row)-1] >> ${shift}) & ${mask})`,
      `#define ${upper}_${column} ${2 ** shift}`,
      `#define ${upper}_${column}_mask ${mask * 2 ** shift}`,
    );
    whole.push(`((${column}) << ${shift})`);
    shift += bits;
  }
  const parameters = columns.map(([column]) => column).join(', ');
  lines.push(`#define ${upper}(${parameters}) (${whole.join(' | ')})`);
  // Promela has no empty arrays.
  const length = Math.max(1, rows);
  const cells = upTo(length).map((row) => cell(columns, filled[row - 1] ?? []));
  const initial = filled.length === 0 ? '' : ` = { ${cells.join(', ')} }`;
  lines.push(`${cellType(shift)} ${name}[${length}]${initial};`);
  return lines.join('\n');
}

/** 1, 2, …, `last`. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** A text for each of 1 … `last`, one below the other. */
export function each(last: number, text: (row: number) => string): string {
  return upTo(last).map(text).join('\n');
}

/** Some row of the first `last` fulfils the condition. */
export function some(last: number, condition: (row: number) => string): string {
  return last === 0 ? 'false' : `(${upTo(last).map(condition).join(' || ')})`;
}

/** Every row of the first `last` fulfils the condition. */
export function every(last: number, condition: (row: number) => string): string {
  return last === 0 ? 'true' : `(${upTo(last).map(condition).join(' && ')})`;
}

/** How many of the first `last` rows fulfil the condition. */
export function count(last: number, condition: (row: number) => string): string {
  return last === 0 ? '0' : `(${upTo(last).map(condition).join(' + ')})`;
}

/** The lowest of the first `last` rows that fulfils the condition; `last` itself is not asked. */
export function lowest(last: number, condition: (row: number) => string): string {
  return upTo(Math.max(0, last - 1)).reduceRight(
    (rest, row) => `(${condition(row)} -> ${row} : ${rest})`,
    `${last}`,
  );
}
