import type { Cells, Field } from '../state/layout.ts';
import { cellsOf, digitsOf, valueAt, type Digit, type Place } from './digits.ts';
import { functionOfText } from './generated.ts';

export type Copier = (words: Uint32Array, at: number) => void;

/** A state in as few 32-bit words as its columns' declared largest values allow. */
export interface Packing {
  /** Words of a packed state; at least one. */
  readonly words: number;
  /** Bits that are in use. */
  readonly bits: number;
  /** Bits that are in use in each word: its lowest. */
  readonly widths: readonly number[];
  /** Writes the cells to into[at .. at + words). */
  readonly pack: Copier;
  /** Overwrites every field's cell that can change. Constant cells keep what they hold. */
  readonly unpack: Copier;
}

/** The parts of a state that packing looks at. */
export interface Packed {
  readonly cells: Cells;
  /** The same bytes as whole words. */
  readonly words: Uint32Array;
  readonly fields: readonly Field[];
}

/** Some tables of a packed state, by what `unpack` leaves in `words`: the same if they are. */
export interface Key {
  readonly words: Uint32Array;
  readonly masks: readonly Mask[];
}

interface Mask {
  /** The word of the packed state. */
  readonly word: number;
  readonly bits: number;
}

/** The key of the tables with these names. */
export function keyOf({ cells, fields }: Packed, tables: readonly string[]): Key {
  const cellsOfTables = new Set(
    fields.flatMap(({ table, at }) => (tables.includes(table) ? [at] : [])),
  );
  const bits = new Map<number, number>();
  for (const { places, word, shift, width } of digitsOf(cells, fields)) {
    // Tables start at whole words of the state, so that no digit belongs to two.
    if (!places.some(({ cell }) => cellsOfTables.has(cell))) continue;
    bits.set(word, (bits.get(word) ?? 0) + (2 ** width - 1) * 2 ** shift);
  }
  const masks = Array.from(bits, ([word, mask]) => ({ word, bits: mask }));
  return { words: new Uint32Array(masks.length), masks };
}

/**
 * The text of `pack` and `unpack` as straight-line code: only numbers from the digits go into it. It
 * is printable, and compared with `plainPacking` by tests.
 */
export function packingSource(state: Packed, { masks }: Key): { pack: string; unpack: string } {
  const digits = digitsOf(state.cells, state.fields);
  const constants = constantsOf(state);
  const { words } = sizes(digits);
  const cellBits = 8 * state.cells.BYTES_PER_ELEMENT;
  const gather = (digit: Digit): string => {
    const beside = digits.filter((other) => other !== digit && other.source === digit.source);
    const alone = beside.length === 0 && constants[digit.source] === 0;
    return gatherSource(digit, cellBits, alone ? 'alone' : 'with others');
  };
  const pack = Array.from({ length: words }, (_, word) => {
    const own = digits.filter((digit) => digit.word === word);
    const parts = own.map((digit) => `${gather(digit)} << ${digit.shift}`);
    return `into[at + ${word}] = ${parts.join(' | ') || '0'};`;
  });
  return { pack: pack.join('\n'), unpack: unpackSource(digits, constants, masks) };
}

/**
 * A digit from its word of the state. Where the sum that a multiplication makes stays inside its
 * cells, the topmost cell is the digit; else it is added up cell by cell.
 */
function gatherSource(
  { source, places }: Digit,
  cellBits: number,
  inWord: 'alone' | 'with others',
): string {
  const top = 32 - cellBits;
  const own = places.reduce((mask, { from }) => mask | ((2 ** cellBits - 1) << from), 0);
  const word = inWord === 'alone' ? `state[${source}]` : `(state[${source}] & ${own})`;
  const [only] = places;
  if (places.length === 1 && only !== undefined) return `(${word} >>> ${only.from})`;
  if (staysInside(places, cellBits)) {
    const factor = places.reduce((sum, { from, scale }) => sum + scale * 2 ** (top - from), 0);
    return `(Math.imul(${word}, ${factor | 0}) >>> ${top})`;
  }
  return `(${places.map(({ cell, scale }) => `cells[${cell}] * ${scale}`).join(' + ')})`;
}

/** Whether no cell of the product carries into the next when all places hold their largest value. */
function staysInside(places: readonly Place[], cellBits: number): boolean {
  for (let cell = 0; cell * cellBits < 32; cell++) {
    const sum = places.reduce((total, { from, radix }) => {
      // Which of the factor's summands brings this place into that cell of the product.
      const needed = cell * cellBits - from;
      const bringing = places.find((other) => 32 - cellBits - other.from === needed);
      return total + (bringing === undefined ? 0 : bringing.scale * (radix - 1));
    }, 0);
    if (sum >= 2 ** cellBits) return false;
  }
  return true;
}

/**
 * Writes whole words of cells, into the state and into a copy of it: bytes written one by one would
 * have to drain before the words around them can be read. What a digit of several cells stands for
 * comes from a table.
 */
function unpackSource(
  digits: readonly Digit[],
  constants: Uint32Array,
  masks: readonly Mask[],
): string {
  const packed = new Set(digits.map(({ word }) => word));
  const reads = [...packed].map((word) => `const w${word} = from[at + ${word}];`);
  const writes = Array.from(constants, (constant, word) => {
    const parts = digits.flatMap((digit, k) => {
      if (digit.source !== word) return [];
      const value = `(w${digit.word} >>> ${digit.shift}) & ${2 ** digit.width - 1}`;
      const [only] = digit.places;
      return digit.places.length === 1 && only !== undefined
        ? [`(${value}) << ${only.from}`]
        : [`t${k}[${value}]`];
    });
    // A word without digits is the same in every state.
    if (parts.length === 0) return '';
    return `state[${word}] = copy[${word}] = ${[...parts, String(constant)].join(' | ')};`;
  }).filter((line) => line !== '');
  const keys = masks.map(({ word, bits }, k) => `key[${k}] = w${word} & ${bits | 0};`);
  return [...reads, ...writes, ...keys].join('\n');
}

/** What each word of a state holds where no field is, once its constant rows are written. */
function constantsOf({ cells, fields, words }: Packed): Uint32Array {
  const constant = cells.slice();
  for (const { at } of fields) constant[at] = 0;
  return new Uint32Array(constant.buffer, 0, words.length);
}

/** For each digit of several cells, the cells that each of its values stands for. */
function tablesOf(digits: readonly Digit[]): readonly Uint32Array[] {
  return digits.map((digit) =>
    Uint32Array.from({ length: digit.places.length === 1 ? 0 : 2 ** digit.width }, (_, value) =>
      cellsOf(digit, value),
    ),
  );
}

/**
 * Packing by generated code, for a state whose constant rows are written. `unpack` also writes the
 * state into `copy`, and the key. The bytes of a word must come lowest first, as on every machine that Node runs on
 * but a few.
 */
export function generatedPacking(state: Packed, copy: Uint32Array, key: Key): Packing {
  const { cells, words, fields } = state;
  const digits = digitsOf(cells, fields);
  const { unpack } = packingSource(state, key);
  const tables = tablesOf(digits);
  const unpackFrom = functionOfText(
    'unpack',
    ['state', 'copy', 'key', ...tables.map((_, k) => `t${k}`)],
    `return (from, at) => {\n${unpack}\n};`,
  );
  return {
    ...sizes(digits),
    pack: packerOf(state),
    unpack: asCopier(unpackFrom(words, copy, key.words, ...tables)),
  };
}

/** Packs a state whose constant rows are written, by generated code. */
export function packerOf(state: Packed): Copier {
  const { pack } = packingSource(state, { words: new Uint32Array(0), masks: [] });
  const packInto = functionOfText(
    'pack',
    ['cells', 'state'],
    `return (into, at) => {\n${pack}\n};`,
  );
  return asCopier(packInto(state.cells, state.words));
}

function isCopier(value: unknown): value is Copier {
  return typeof value === 'function' && value.length === 2;
}

function asCopier(value: unknown): Copier {
  if (!isCopier(value)) throw new Error('unreachable: the generated text is a function of two');
  return value;
}

/** Packing by a loop over the digits' places: the judge of the generated one. */
export function plainPacking(cells: Cells, fields: readonly Field[]): Packing {
  const digits = digitsOf(cells, fields);
  const { words, ...bits } = sizes(digits);
  return {
    words,
    ...bits,
    pack(into, at) {
      into.fill(0, at, at + words);
      for (const { places, word, shift } of digits) {
        const digit = places.reduce((sum, { cell, scale }) => sum + (cells[cell] ?? 0) * scale, 0);
        into[at + word] = (into[at + word] ?? 0) | (digit << shift);
      }
    },
    unpack(from, at) {
      for (const { places, word, shift, width } of digits) {
        const digit = ((from[at + word] ?? 0) >>> shift) & (2 ** width - 1);
        for (const place of places) cells[place.cell] = valueAt(place, digit);
      }
    },
  };
}

function sizes(digits: readonly Digit[]): Pick<Packing, 'words' | 'bits' | 'widths'> {
  const words = 1 + digits.reduce((last, { word }) => Math.max(last, word), 0);
  const widths = Array.from({ length: words }, (_, word) =>
    digits.reduce(
      (most, one) => (one.word === word ? Math.max(most, one.shift + one.width) : most),
      0,
    ),
  );
  return { words, widths, bits: digits.reduce((bits, { width }) => bits + width, 0) };
}
