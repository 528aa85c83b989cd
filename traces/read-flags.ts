/** Flags that are joined by `|`, or written as a number. */
import { suggestion } from './nearest.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note } from './read-value.ts';
import { number } from './scan-value.ts';
import type { Value } from './syntax.types.ts';

export interface FlagChoice<N extends string> {
  /** What the flags are, with their article: "the flags of open". */
  readonly what: string;
  /** What can be asked for, as it is written. */
  readonly sets: readonly N[];
  /** The bits of every flag that can be read. */
  readonly bits: Readonly<Record<string, number>>;
  /** The flags that make no difference here. */
  readonly ignored: readonly string[];
}

/** One of the sets of a choice, in whatever order its flags are written. */
export function readFlags<N extends string>(
  value: Value,
  { what, sets, bits, ignored }: FlagChoice<N>,
  flaws: Flaws,
): N | undefined {
  const names = namesIn(value);
  const wrong = names.find((name) => bitsOf(name, bits) === null);
  const found = foundIn(value, bits);
  const asked = found & ~union(ignored, bits);
  const isFlags =
    wrong === undefined && (value.kind === 'word' || (value.kind === 'number' && isInt(found)));
  const set = isFlags ? sets.find((each) => union(each.split('|'), bits) === asked) : undefined;
  if (set !== undefined) return set;
  const hint = wrong === undefined ? '' : suggestion(wrong, Object.keys(bits));
  const expected = `${what} (${sets.join(' or ')}) were expected`;
  note(flaws, value.column, `${describeValue(value)} was found where ${expected}${hint}`);
  return undefined;
}

/** Whether a flag of a choice is among those written. */
export const hasFlag = (value: Value, flag: string, { bits }: FlagChoice<string>): boolean =>
  (foundIn(value, bits) & union([flag], bits)) !== 0;

const namesIn = (value: Value): readonly string[] =>
  value.kind === 'word' ? value.text.split('|') : [];

const foundIn = (value: Value, bits: Readonly<Record<string, number>>): number =>
  value.kind === 'number' ? value.value : union(namesIn(value), bits);

/** Bits are counted in 32. */
const isInt = (bits: number): boolean => bits >= 0 && bits < 2 ** 31;

/** Null for a flag that is not known. */
function bitsOf(name: string, bits: Readonly<Record<string, number>>): number | null {
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(name)) {
    const read = number(name, 0);
    return read.kind === 'number' && isInt(read.value) ? read.value : null;
  }
  return Object.hasOwn(bits, name) ? (bits[name] ?? null) : null;
}

const union = (names: readonly string[], bits: Readonly<Record<string, number>>): number =>
  names.reduce((all, name) => all | (bitsOf(name, bits) ?? 0), 0);
