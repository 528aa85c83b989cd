/** How a call is written, and how what is written is read. */
import type { Call, Fd } from '../model/vocabulary/index.ts';
import type { Flaws } from './read-value.ts';
import { descriptorRange, note, readInteger, readName } from './read-value.ts';
import type { NumberValue, Value } from './syntax.types.ts';

/** What a line says of a call, and of what it succeeded with. */
export interface Reading {
  readonly call: Call;
  /**
   * What the call succeeded with, for calls that show it among their arguments; `result` is the
   * number behind `=`. Called for a success only: of a failure, the arguments show nothing.
   */
  readonly value?: (result: NumberValue, flaws: Flaws) => number;
  /** The names that the call succeeded with, of one that shows names; for a success only. */
  readonly names?: (flaws: Flaws) => readonly string[];
  /** For a call whose failure, as it is written, is no matter of the specification: why. */
  readonly noFailure?: string;
}

export interface Form {
  /** How the call is written here. */
  readonly usage: string;
  /** How many arguments it has. */
  readonly counts: readonly number[];
  /** Reads the arguments, once their number is right; `end` is where they end. */
  readonly read: (args: readonly Value[], end: number, flaws: Flaws) => Reading | null;
}

export type NamedForm = readonly [name: string, form: Form];

export const one = (usage: string, read: (argument: Value, flaws: Flaws) => Call): Form => ({
  usage,
  counts: [1],
  read: ([a], _end, flaws) => (a === undefined ? null : { call: read(a, flaws) }),
});

export const two = (usage: string, read: (a: Value, b: Value, flaws: Flaws) => Call): Form => ({
  usage,
  counts: [2],
  read: ([a, b], _end, flaws) => (a && b ? { call: read(a, b, flaws) } : null),
});

export const three = (
  usage: string,
  read: (a: Value, b: Value, c: Value, flaws: Flaws) => Call,
): Form => ({
  usage,
  counts: [3],
  read: ([a, b, c], _end, flaws) => (a && b && c ? { call: read(a, b, c, flaws) } : null),
});

/** What to do about a call that is outside, and only looks. */
export const removeLine = 'remove this line, which changed nothing';

/** AT_FDCWD, by name or as the number it stands for. */
const isHere = (at: Value): boolean =>
  (at.kind === 'word' && at.text === 'AT_FDCWD') || (at.kind === 'number' && at.value === -100);

/** The directory in which the path of a call starts; undefined for the working directory. */
export const directoryFd = (at: Value, flaws: Flaws): Fd | undefined =>
  isHere(at) ? undefined : readInteger(at, directoryRange, flaws);

const directoryRange = { ...descriptorRange, what: 'AT_FDCWD, or the descriptor of a directory' };

/** Where a call has no other form here than from the working directory. */
export function mustBeHere(call: string, at: Value, flaws: Flaws): void {
  readName(at, { what: `the directory of ${call}`, names: { AT_FDCWD: -100 } }, flaws);
}

/** As a member of a call: nothing for the working directory. */
export function dirFd(at: Value, flaws: Flaws): { readonly dirFd?: Fd } {
  const fd = directoryFd(at, flaws);
  return fd === undefined ? {} : { dirFd: fd };
}

export const descriptor = (value: Value, flaws: Flaws): Fd =>
  readInteger(value, descriptorRange, flaws);

/** How a call reads its value that answers 0 and shows in `form` what it found. */
export function shownValue(
  form: string,
  shown: Value | undefined,
  read: (value: Value, flaws: Flaws) => number,
): NonNullable<Reading['value']> {
  return (result, flaws) => {
    if (result.value === 0 && shown !== undefined) return read(shown, flaws);
    const found = `${result.text} was found as the result`;
    note(flaws, result.column, `${found}; 0 with ${form}, or -1 ERROR, was expected`);
    return 0;
  };
}
