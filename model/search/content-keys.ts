/**
 * The text that orders the rows that nothing refers to. Once all others have their numbers, such a row is
 * told by what it holds: its columns, with the numbers that they come to have, and the rows that belong
 * to it by their place, read as the digits of one number.
 */
import type { ShapeColumn } from '../state/layout.ts';
import { referencesOf, type Sort } from './sorts.ts';
import { sum } from './unrolled.ts';

/** What a row holds: the text of it, and how many values it may have. */
interface Held {
  readonly text: string;
  readonly values: number;
}

/** Numbers below this are small integers to V8, also once two of them are added. */
const mostValues = 2 ** 30;

/** What a column of a row comes to hold, up to exchangeable names. */
function heldBy(
  column: ShapeColumn,
  sort: Sort,
  sorts: readonly Sort[],
  row: string,
  classes: string | undefined,
): Held {
  const read = `cells[${sum(column.at, row)}]`;
  const to = referencesOf(sort, sorts).find((one) => one.column === column)?.to;
  if (to !== undefined) {
    const { rows, scenery } = to.shape;
    return { text: `number[${to.base} + ${read}]`, values: 1 + rows + scenery };
  }
  return { text: classes === undefined ? read : `${classes}[${read}]`, values: 1 + column.max };
}

/** One number of all that a row holds. Where it has no room for that, digits are mixed into each other. */
function digitsOf(held: readonly Held[]): Held {
  let text = '0';
  let values = 1;
  for (const one of held) {
    if (values * one.values <= mostValues) {
      text = values === 1 ? one.text : `(${text}) * ${one.values} + ${one.text}`;
      values *= one.values;
    } else {
      text = `(Math.imul(${text}, 0x2c1b3c6d) >>> 3) ^ (${one.text})`;
      values = mostValues;
    }
  }
  return { text, values };
}

export interface ContentKeys {
  /** What a row's own columns come to hold, as one number. */
  readonly own: (sort: Sort, row: string) => Held;
  /** The same with all that belongs to the row by its place, in the order that it was put into. */
  readonly whole: (sort: Sort, row: number) => Held;
}

export function contentKeys(
  sorts: readonly Sort[],
  classOf: (sort: Sort, column: ShapeColumn) => string | undefined,
): ContentKeys {
  const heldIn = (sort: Sort, row: string): readonly Held[] =>
    sort.shape.columns.map((column) => heldBy(column, sort, sorts, row, classOf(sort, column)));
  const parts = (owner: Sort, row: number): readonly Held[] =>
    sorts.flatMap((sort) => {
      const { block, base, fixed } = sort;
      if (block?.owner !== owner) return [];
      return Array.from({ length: block.size }, (_, k) => {
        const place = (row - 1) * block.size + 1 + k;
        const part = fixed === 'fixed' ? String(place) : `order[${base + place}]`;
        return { ...digitsOf(heldIn(sort, String(place))), text: `colour[${base} + ${part}]` };
      });
    });
  return {
    own: (sort, row) => digitsOf(heldIn(sort, row)),
    whole: (sort, row) => digitsOf([...heldIn(sort, String(row)), ...parts(sort, row)]),
  };
}
