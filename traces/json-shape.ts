/** Strict checks of values that came from JSON. What does not fit is noted with its path. */
import type { Flaws, IntegerRange } from './read-value.ts';
import { note, rangeText } from './read-value.ts';
import { suggestion } from './nearest.ts';

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function misfit(found: unknown, path: string, expected: string, flaws: Flaws): void {
  const text = found === undefined ? 'nothing' : JSON.stringify(found);
  const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  note(flaws, 0, `${path}: ${shown} was found where ${expected} was expected`);
}

/** An object that has all of `required`, and nothing else but some of `optional`. */
export function jsonObject(
  value: unknown,
  path: string,
  { required, optional = [] }: { required: readonly string[]; optional?: readonly string[] },
  flaws: Flaws,
): Json {
  const known = [...required, ...optional];
  if (!isJson(value)) {
    misfit(value, path, `an object with ${known.join(', ')}`, flaws);
    return {};
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    note(
      flaws,
      0,
      `${path}: the unknown key ${JSON.stringify(key)} was found${suggestion(key, known)}`,
    );
  }
  for (const key of required) {
    if (!Object.hasOwn(value, key)) note(flaws, 0, `${path}: the key "${key}" is missing`);
  }
  return value;
}

export function jsonInteger(
  value: unknown,
  path: string,
  range: IntegerRange,
  flaws: Flaws,
): number {
  const { min, max } = range;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value === 0 ? 0 : value;
  }
  misfit(value, path, rangeText(range), flaws);
  return 0;
}

/** A string without NUL, in well-formed Unicode; `what` comes with its article. */
export function jsonString(value: unknown, path: string, what: string, flaws: Flaws): string {
  if (typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value)) return value;
  misfit(value, path, `${what} (a string)`, flaws);
  return '';
}

export function jsonChoice<N extends string>(
  value: unknown,
  path: string,
  names: readonly N[],
  flaws: Flaws,
): N | undefined {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  misfit(value, path, `one of ${names.join(', ')}`, flaws);
  return undefined;
}
