/**
 * How the cells of a state become digits: the cells of one word of the state, read in a mixed radix.
 * A cell with three values then takes log2(3) bits instead of two, and one multiplication gathers
 * a whole word (docs/decisions/0007).
 */
import type { Cells, Field } from '../state/layout.ts';

/** A cell's place in a digit: it counts `scale` times, and has `radix` values. */
export interface Place {
  readonly cell: number;
  /** Bits from which on it lies in the state's word. */
  readonly from: number;
  readonly scale: number;
  readonly radix: number;
}

/** One digit: neighbouring cells of a word of the state. */
export interface Digit {
  /** The word of the state. */
  readonly source: number;
  readonly places: readonly Place[];
  /** Values that it has: the product of its places' radices. */
  readonly values: number;
  /** Where it lies in the packed state: `width` bits from `shift` on. It never spans words. */
  readonly word: number;
  readonly shift: number;
  readonly width: number;
}

const wordBits = 32;

/** A digit of several cells has at most as many values: so many rows has the table to unpack it by. */
const mostValues = 256;

/** Bits that a number below `values` takes. */
const widthOf = (values: number): number => wordBits - Math.clz32(values - 1);

/** The digits of a state's fields, in the order of the state's words. */
export function digitsOf(cells: Cells, fields: readonly Field[]): readonly Digit[] {
  const perWord = 4 / cells.BYTES_PER_ELEMENT;
  const room: number[] = [];
  return gathered(fields, perWord).map((places) => {
    const last = places.at(-1);
    const values = last === undefined ? 1 : last.scale * last.radix;
    const width = widthOf(values);
    let word = room.findIndex((free) => free >= width);
    if (word < 0) word = room.push(wordBits) - 1;
    const shift = wordBits - (room[word] ?? 0);
    room[word] = wordBits - shift - width;
    const source = Math.floor((places[0]?.cell ?? 0) / perWord);
    return { source, places, values, word, shift, width };
  });
}

/** Puts as many cells of a word into one digit as its largest number of values allows. */
function gathered(fields: readonly Field[], perWord: number): readonly (readonly Place[])[] {
  const digits: Place[][] = [];
  let values = Infinity;
  let source = -1;
  const inOrder = [...fields].sort((a, b) => a.at - b.at);
  for (const { at, max } of inOrder) {
    // A cell that is always 0 takes no room.
    if (max === 0) continue;
    const radix = max + 1;
    const from = (at % perWord) * (wordBits / perWord);
    const own = Math.floor(at / perWord);
    if (own === source && values * radix <= mostValues) {
      digits.at(-1)?.push({ cell: at, from, scale: values, radix });
      values *= radix;
    } else {
      digits.push([{ cell: at, from, scale: 1, radix }]);
      values = radix;
    }
    source = own;
  }
  return digits;
}

/** The value of a place in a digit. */
export function valueAt({ scale, radix }: Place, digit: number): number {
  return Math.floor(digit / scale) % radix;
}

/** The digit's cells as they lie in the state's word, for one of its values. */
export function cellsOf(digit: Digit, value: number): number {
  return (
    digit.places.reduce((word, place) => word | (valueAt(place, value) << place.from), 0) >>> 0
  );
}
