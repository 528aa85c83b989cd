/**
 * From a value of the syntax to what a call needs of it. A value that does not fit is noted as a
 * flaw and read as something harmless; whoever collects the flaws throws the call away.
 */
import type { Path } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { nearest } from './nearest.ts';
import type { Flaw, Value } from './syntax.types.ts';

/** The flaws of a line, in the order in which they were met. */
export type Flaws = Flaw[];

export function note(flaws: Flaws, column: number, message: string): void {
  flaws.push({ kind: 'flaw', column, message });
}

/** A value as a message shows it. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case 'number':
    case 'word':
      return shorten(value.text);
    case 'string':
      return shorten(printString(value.value));
    case 'bytes':
      return 'a string';
    case 'fields':
      return '{...}';
    case 'list':
      return shorten(`[${value.items.map(describeValue).join(', ')}]`);
    case 'field':
      return shorten(`${value.name}=${describeValue(value.value)}`);
  }
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text);

export function misfit(value: Value, expected: string, flaws: Flaws): void {
  note(flaws, value.column, `${describeValue(value)} was found where ${expected} was expected`);
}

export interface IntegerRange {
  /** What the number is, with its article: "a descriptor". */
  readonly what: string;
  readonly min: number;
  /** Infinity where something else says what is too much. */
  readonly max: number;
}

export const descriptorRange = { what: 'a descriptor', min: -(2 ** 31), max: 2 ** 31 - 1 } as const;
export const lengthRange = { what: 'a length', min: -(2 ** 31), max: 2 ** 31 - 1 } as const;
export const pidRange = { what: 'a process', min: 1, max: 2 ** 31 - 1 } as const;
export const objectIdRange = {
  what: 'the id of an object, counted from 1 in the order of creation within the trace',
  min: 0,
  max: 65_535,
} as const;
/** Of an object that was found: 0 is no object's. */
export const foundIdRange = { ...objectIdRange, min: 1 } as const;
export const maskRange = { what: 'a mask of permissions', min: 0, max: 0o777 } as const;
export const modeRange = { what: 'the bits of a mode', min: 0, max: 0o7777 } as const;
export const wordRange = (what: string): IntegerRange => ({ what, min: 0, max: 2 ** 32 - 1 });

export function readInteger(value: Value, range: IntegerRange, flaws: Flaws): number {
  const { min, max } = range;
  if (value.kind === 'number' && value.value >= min && value.value <= max) return value.value;
  misfit(value, rangeText(range), flaws);
  return 0;
}

/** What a number has to be, as a message says it. */
export const rangeText = ({ what, min, max }: IntegerRange): string =>
  `${what} (a number from ${min} ${max === Infinity ? 'on' : `to ${max}`})`;

export function readPath(value: Value, flaws: Flaws): Path {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'bytes') {
    flaws.push(value.flaw);
    return null;
  }
  if (!isNull(value)) misfit(value, 'a path in double quotes, or NULL,', flaws);
  return null;
}

export interface NameChoice<N extends string> {
  /** What the name is, with its article. */
  readonly what: string;
  readonly names: Readonly<Record<N, number>>;
  /** Names that there are, but not here: none of them is a slip. */
  readonly foreign?: readonly string[];
}

/** One of `names`, or the number it stands for. */
export function readName<N extends string>(
  value: Value,
  { what, names, foreign = [] }: NameChoice<N>,
  flaws: Flaws,
): N | undefined {
  const known = Object.keys(names).filter((name): name is N => Object.hasOwn(names, name));
  const found = known.find(
    (name) =>
      (value.kind === 'word' && value.text === name) ||
      (value.kind === 'number' && value.value === names[name]),
  );
  if (found !== undefined) return found;
  const hint = value.kind === 'word' ? nameHint(value.text, known, foreign) : '';
  note(
    flaws,
    value.column,
    `${describeValue(value)} was found where ${what} (${known.join(' or ')}) was expected${hint}`,
  );
  return undefined;
}

/** The end of a sentence about a word that is no name here. */
function nameHint(word: string, known: readonly string[], foreign: readonly string[]): string {
  if (foreign.includes(word)) return '; this specification has no other';
  const guess = nearest(word, [...known, ...foreign]);
  return guess === null || foreign.includes(guess) ? '' : `; did you mean ${guess}?`;
}

/** A value that the model fixes: only `text`, as describeValue shows it, will do. */
export function readFixed(value: Value, expected: Fixed, flaws: Flaws): void {
  if (expected.matches(value)) return;
  note(
    flaws,
    value.column,
    `${describeValue(value)} was found, but ${expected.what} is always ${expected.text} here`,
  );
}

/** An argument that has one value only in this specification. */
export interface Fixed {
  /** What the argument is, with its article. */
  readonly what: string;
  readonly text: string;
  readonly matches: (value: Value) => boolean;
}

export const fixedNumber = (what: string, number: number, text: string): Fixed => ({
  what,
  text,
  matches: (value) => value.kind === 'number' && value.value === number,
});

export const fixedString = (what: string, string: string): Fixed => ({
  what,
  text: printString(string),
  matches: (value) => value.kind === 'string' && value.value === string,
});

export const fixedNull = (what: string): Fixed => ({ what, text: 'NULL', matches: isNull });

/** The null pointer; like strace and C, we take 0 for it too. */
export function isNull(value: Value): boolean {
  return (
    (value.kind === 'word' && value.text === 'NULL') ||
    (value.kind === 'number' && value.value === 0)
  );
}

/** An address as strace shows it of what it does not look at. */
export const isPointer = (value: Value): boolean =>
  value.kind === 'number' && value.value > 0 && /^0x/i.test(value.text);

/** NULL by name, where 0 is something else: a key of 0 is a key. */
export const isNullWord = (value: Value): boolean => value.kind === 'word' && value.text === 'NULL';

/** A field that nobody filled in: zero in any of the forms in which strace prints it. */
export function isZero(value: Value): boolean {
  switch (value.kind) {
    case 'number':
      return value.value === 0;
    case 'string':
      return value.value === '';
    case 'word':
      return /^(?:NULL|BPF_ANY|BPF_CGROUP_INET_INGRESS|KERNEL_VERSION\(0, 0, 0\))$/.test(
        value.text,
      );
    case 'fields':
      return value.fields.every((field) => isZero(field.value));
    case 'list':
      return value.items.every(isZero);
    case 'bytes':
    case 'field':
      return false;
  }
}
