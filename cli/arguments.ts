/** Readers of option values. Each returns the value or throws a sentence for the user. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { suggestion } from '../traces/index.ts';

/** A reader of whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw unexpected(text, `a whole number from ${least} to ${most}`);
  };
}

/** Seconds above 0, at most a week; fractions are allowed. */
export function seconds(text: string): number {
  const number = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0 && number <= 604_800) return number;
  throw unexpected(text, 'seconds, a number above 0 and at most 604800,');
}

/** `random`, or a seed from 0 to 4294967295. */
export function seed(text: string): number | 'random' {
  if (text === 'random') return 'random';
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= 0xffff_ffff) return number;
  throw unexpected(text, 'a whole number from 0 to 4294967295, or "random",');
}

/** How many processes, at most 256; `all`: one for each processor. */
export function workers(text: string): number {
  if (text === 'all') return availableParallelism();
  const number = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= 256) return number;
  throw unexpected(text, 'a whole number from 1 to 256, or "all",');
}

export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** `i/n`, from 1/n to n/n. */
export function shard(text: string): Shard {
  const [, part = '', whole = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, of] = [Number(part), Number(whole)];
  if (part !== '' && index >= 1 && index <= of) return { index: index - 1, of };
  throw unexpected(text, 'a part like 1/4, the first of four,');
}

/** A reader of one of some names, which knows near misses. */
export function oneOf<Name extends string>(
  kind: string,
  names: readonly Name[],
): (text: string) => Name {
  return (text) => {
    const known = names.find((name) => name === text);
    if (known !== undefined) return known;
    throw new InvalidArgumentError(unknownName(kind, text, names));
  };
}

/** A reader of an option that may be given several times, or several names at once. */
export function listOf<Value>(
  read: (text: string) => Value,
): (text: string, before: readonly Value[] | undefined) => readonly Value[] {
  return (text, before = []) => [...before, read(text)];
}

/** What is thrown for a value that is not as expected. */
export function unexpected(text: string, expected: string): InvalidArgumentError {
  return new InvalidArgumentError(
    `${JSON.stringify(text)} was found, but ${expected} was expected.`,
  );
}

/** The sentence about a name that does not exist. */
export function unknownName(kind: string, text: string, names: readonly string[]): string {
  const hint = suggestion(text, names);
  const mend = hint === '' ? `; known are ${names.join(', ')}.` : hint;
  return `no ${kind} is called ${JSON.stringify(text)}${mend}`;
}
