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
export function packingSource(
  slots: readonly Slot[],
  constants: Constants,
): { pack: string; unpack: string } {
  const groups = groupByWord(slots);
  const pack = groups.map((group, word) => {
    const parts = group.map(({ cell, shift }) => `cells[${cell}] << ${shift}`);
    return `into[at + ${word}] = ${parts.join(' | ') || '0'};`;
  });
  return { pack: pack.join('\n'), unpack: unpackSource(slots, constants) };
}

/**
 * Writes whole words of cells, into the state and into a copy of it: bytes written one by one would
 * have to drain before the words around them can be read.
 */
function unpackSource(slots: readonly Slot[], constants: Constants): string {
  const { perWord, words } = constants;
  const packed = new Set(slots.map(({ word }) => word));
  const reads = [...packed].map((word) => `const w${word} = from[at + ${word}];`);
  const writes = Array.from({ length: words.length }, (_, word) => {
    const own = slots.filter(({ cell }) => Math.floor(cell / perWord) === word);
    const parts = own.map(({ cell, word: from, shift, width }) => {
      const to = (cell % perWord) * (32 / perWord);
      return `((w${from} >>> ${shift}) & ${mask(width)}) << ${to}`;
    });
    const constant = words[word] ?? 0;
    const value = [...parts, String(constant)];
    return `state[${word}] = copy[${word}] = ${value.join(' | ')};`;
  });
  return [...reads, ...writes].join('\n');
}

/** What a state's cells hold where no field is, by words. */
export interface Constants {
  /** Cells in a word: 4 of a byte, or 2 of two bytes. */
  readonly perWord: number;
  readonly words: Uint32Array;
}

/** The constants of a state that is current, once its constant rows are written. */
export function constantsOf({ cells, words, fields }: Packed): Constants {
  const constant = cells.slice();
  for (const { at } of fields) constant[at] = 0;
  const perWord = 4 / cells.BYTES_PER_ELEMENT;
  return { perWord, words: new Uint32Array(constant.buffer, 0, words.length) };
}

/** The parts of a state that packing looks at. */
export interface Packed {
  readonly cells: Cells;
  /** The same bytes as whole words. */
  readonly words: Uint32Array;
  readonly fields: readonly Field[];
}

/**
 * Packing by generated code, for a state whose constant rows are written. `unpack` also writes the
 * state into `copy`. The bytes of a word must come lowest first, as on every machine that Node runs on
 * but a few.
 */
export function generatedPacking(state: Packed, copy: Uint32Array): Packing {
  const { cells, words, fields } = state;
  const slots = slotsOf(fields);
  const { pack, unpack } = packingSource(slots, constantsOf(state));
  const packInto = functionOfText('pack', ['cells'], `return (into, at) => {\n${pack}\n};`);
  const unpackFrom = functionOfText(
    'unpack',
    ['state', 'copy'],
    `return (from, at) => {\n${unpack}\n};`,
  );
  return {
    ...sizes(slots),
    pack: asCopier(packInto(cells)),
    unpack: asCopier(unpackFrom(words, copy)),
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
