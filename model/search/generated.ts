/**
 * The one place where program text becomes a function. The texts are made of numbers and fixed
 * words from the schema and the rows' data; nothing that a user writes goes into them.
 */

type Made = (...given: unknown[]) => unknown;

function isFunction(value: unknown): value is Made {
  return typeof value === 'function';
}

/** What was made: the same text again is the same function, which the machine has compiled by then. */
const known = new Map<string, Made>();

/** Makes a function of named parameters from the text of its body; profiles show it as `name`. */
export function functionOfText(name: string, parameters: readonly string[], body: string): Made {
  const key = [name, ...parameters, body].join('\0');
  const made = known.get(key) ?? compiled(name, parameters, body);
  known.set(key, made);
  return made;
}

function compiled(name: string, parameters: readonly string[], body: string): Made {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- drivers need call sites of their own
  const made: unknown = new Function(
    ...parameters,
    `'use strict';\n${body}\n//# sourceURL=generated/${name}`,
  );
  /* c8 ignore next -- unreachable: Function makes functions, but its type does not say so */
  if (!isFunction(made)) throw new Error('unreachable: Function makes functions');
  return made;
}
