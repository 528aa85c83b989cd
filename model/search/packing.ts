import { functionOfText } from './generated.ts';
import type { Cells, Field } from '../state/layout.ts';

export type Copier = (words: Uint32Array, at: number) => void;

/** A state in as few 32-bit words as its columns' declared largest values allow. */
export interface Packing {
  /** Words of a packed state; at least one. */
  readonly words: number;
  /** Bits that are in use. */
  readonly bits: number;
  /** Writes the cells to into[at .. at + words). */
  readonly pack: Copier;
  /** Overwrites every field's cell. Constant cells keep what they hold. */
  readonly unpack: Copier;
}

/** Where a field lies: `width` bits from `shift` on in a word. A field never spans words. */
export interface Slot {
  readonly cell: number;
  readonly word: number;
  readonly shift: number;
  readonly width: number;
}

const wordBits = 32;

const widthOf = (max: number): number => wordBits - Math.clz32(max);

/** Lays fields out one after the other; a field whose largest value is 0 takes no room. */
export function slotsOf(fields: readonly Field[]): readonly Slot[] {
  const slots: Slot[] = [];
  let [word, shift] = [0, 0];
  for (const { at, max } of fields) {
    const width = widthOf(max);
    if (width === 0) continue;
    if (shift + width > wordBits) [word, shift] = [word + 1, 0];
    slots.push({ cell: at, word, shift, width });
    shift += width;
  }
  return slots;
}

const mask = (width: number): number => 2 ** width - 1;

function groupByWord(slots: readonly Slot[]): readonly (readonly Slot[])[] {
  const groups: Slot[][] = [[]];
  for (const slot of slots) (groups[slot.word] ??= []).push(slot);
  return groups;
}

/**
 * The text of `pack` and `unpack` as straight-line code: only numbers from the slots go into it. It
 * is printable, and compared with `plainPacking` by tests.
 */
export function packingSource(slots: readonly Slot[]): { pack: string; unpack: string } {
  const groups = groupByWord(slots);
  const pack = groups.map((group, word) => {
    const parts = group.map(({ cell, shift }) => `cells[${cell}] << ${shift}`);
    return `into[at + ${word}] = ${parts.join(' | ') || '0'};`;
  });
  const unpack = groups.map((group, word) => {
    const cells = group.map(
      ({ cell, shift, width }) => `cells[${cell}] = (word >>> ${shift}) & ${mask(width)};`,
    );
    return `word = from[at + ${word}];\n${cells.join('\n')}`;
  });
  return { pack: pack.join('\n'), unpack: `let word = 0;\n${unpack.join('\n')}` };
}

/** Packing by generated code. */
export function generatedPacking(cells: Cells, fields: readonly Field[]): Packing {
  const slots = slotsOf(fields);
  const { pack, unpack } = packingSource(slots);
  const packInto = functionOfText('pack', ['cells'], `return (into, at) => {\n${pack}\n};`);
  const unpackFrom = functionOfText('unpack', ['cells'], `return (from, at) => {\n${unpack}\n};`);
  return {
    ...sizes(slots),
    pack: asCopier(packInto(cells)),
    unpack: asCopier(unpackFrom(cells)),
  };
}

function isCopier(value: unknown): value is Copier {
  return typeof value === 'function' && value.length === 2;
}

function asCopier(value: unknown): Copier {
  if (!isCopier(value)) throw new Error('unreachable: the generated text is a function of two');
  return value;
}

/** Packing by a loop over the slots: the judge of the generated one. */
export function plainPacking(cells: Cells, fields: readonly Field[]): Packing {
  const slots = slotsOf(fields);
  const { words, bits } = sizes(slots);
  return {
    words,
    bits,
    pack(into, at) {
      into.fill(0, at, at + words);
      for (const { cell, word, shift } of slots) {
        into[at + word] = (into[at + word] ?? 0) | ((cells[cell] ?? 0) << shift);
      }
    },
    unpack(from, at) {
      for (const { cell, word, shift, width } of slots) {
        cells[cell] = ((from[at + word] ?? 0) >>> shift) & mask(width);
      }
    },
  };
}

function sizes(slots: readonly Slot[]): { words: number; bits: number } {
  const words = 1 + slots.reduce((last, { word }) => Math.max(last, word), 0);
  return { words, bits: slots.reduce((bits, { width }) => bits + width, 0) };
}
