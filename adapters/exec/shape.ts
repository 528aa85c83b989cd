/**
 * Strict checks of JSON values against what was expected of them. A value that does not fit throws
 * a ShapeError that says where, as a JSON path; the transport turns it into an AdapterFailure.
 */

export class ShapeError extends Error {
  constructor(path: string, found: unknown, expected: string) {
    super(`${path}: ${shown(found)} was found where ${expected} was expected`);
    this.name = 'ShapeError';
  }
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** Reads a value at a path, or throws a ShapeError. */
export type Read<T> = (value: unknown, path: string) => T;

export type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with every key of `required`, and no other but some of `optional`. */
export function readObject(
  value: unknown,
  path: string,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(value)) throw new ShapeError(path, value, `an object with ${required.join(', ')}`);
  for (const key of required) {
    if (!Object.hasOwn(value, key)) throw new ShapeError(`${path}.${key}`, undefined, 'a value');
  }
  for (const key of Object.keys(value)) {
    if (required.includes(key) || optional.includes(key)) continue;
    throw new ShapeError(`${path}.${key}`, value[key], 'no such key');
  }
  return value;
}

export function readArray<T>(value: unknown, path: string, item: Read<T>): readonly T[] {
  if (!Array.isArray(value)) throw new ShapeError(path, value, 'an array');
  return value.map((each: unknown, i) => item(each, `${path}[${i}]`));
}

/** An array without the same item twice. */
export function readSet<T extends string | number>(
  value: unknown,
  path: string,
  item: Read<T>,
): readonly T[] {
  const before = new Set<T>();
  return readArray(value, path, (each, at) => {
    const found = item(each, at);
    if (before.has(found)) throw new ShapeError(at, found, 'an item that did not come before');
    before.add(found);
    return found;
  });
}

export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new ShapeError(path, value, 'a string');
  return value;
}

/** A whole number of at least `min` that JSON carries exactly. */
export function wholeFrom(min: number): Read<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
    throw new ShapeError(path, value, `a whole number of at least ${min}`);
  };
}

export function oneOf<T extends string>(names: readonly T[]): Read<T> {
  return (value, path) => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw new ShapeError(path, value, `one of ${names.join(', ')}`);
    return found;
  };
}
