/** The values that the arguments of a call are made of. */
import { scanString } from './c-string.ts';
import type {
  Field,
  FieldsValue,
  Flaw,
  ListValue,
  NumberValue,
  Value,
  WordValue,
} from './syntax.types.ts';

/** A part that was read, and where the line goes on behind it. */
export interface Part<T> {
  readonly kind: 'part';
  readonly value: T;
  readonly end: number;
}

/** More digits than any number in a call has. */
const digitsMax = 15;
/** Deeper than the arguments of any call. */
const depthMax = 5;

const fieldForm = /([A-Za-z_]\w*)[ \t]*=[ \t]*/y;
export const numberForm = /-?(?:0[xX][0-9a-fA-F]+|\d+)(?!\w)/y;
/** BEFORE => AFTER: an argument that the kernel changed. */
const changeForm = /[ \t]*=>[ \t]*/y;
/** NAME, A|B, NAME(NUMBER, NUMBER), if_nametoindex("NAME"). */
const wordForm = /[A-Za-z_]\w*(?:\|\w+)*(?:\((?:[\w, ]*|"[^"]*")\))?|\.\.\./y;
/** What strace puts in the place of fields that it leaves out without -v. */
export const leftOut = '...';
/** strace notes the size of an environment in a comment of C. */
const blanks = /(?:[ \t]|\/\*.*?\*\/)*/y;

/** The arguments of a call, from behind the opening parenthesis on. */
export function scanArguments(line: string, start: number): Part<Value[]> | Flaw {
  return list(line, start, ')', (at) =>
    mayBeName(line.charCodeAt(at)) && match(fieldForm, line, at) !== null
      ? scanField(line, at, 1)
      : scanValue(line, at, 1),
  );
}

/** A letter or an underscore, by its code: most arguments are numbers and strings. */
const mayBeName = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

/** Items between commas up to `close`, which is read too. */
function list<T>(
  line: string,
  start: number,
  close: string,
  item: (at: number) => Part<T> | Flaw,
): Part<T[]> | Flaw {
  const items: T[] = [];
  let at = skip(line, start);
  if (line[at] === close) return part(items, at + 1);
  for (;;) {
    const next = item(at);
    if (next.kind === 'flaw') return next;
    items.push(next.value);
    at = skip(line, next.end);
    if (line[at] === close) return part(items, at + 1);
    if (line[at] !== ',') {
      return flaw(at, `${shown(line, at)} was found where "," or "${close}" was expected`);
    }
    at = skip(line, at + 1);
  }
}

function scanValue(line: string, at: number, depth: number): Part<Value> | Flaw {
  if (line[at] === '"') {
    const scanned = scanString(line, at);
    return scanned.kind === 'flaw' ? scanned : part(scanned.value, scanned.end);
  }
  if (line[at] === '{' || line[at] === '[') return scanInside(line, at, depth);
  const digits = match(numberForm, line, at);
  if (digits !== null) return scanNumber(line, at, digits[0]);
  const word = match(wordForm, line, at);
  if (word !== null) return part(wordAt(word[0], at), at + word[0].length);
  return flaw(
    at,
    `${shown(line, at)} was found where a number, a string, a constant, [...] or {...} was expected`,
  );
}

/** Fields in braces, or values in brackets. */
function scanInside(line: string, at: number, depth: number): Part<Value> | Flaw {
  if (depth === depthMax) return flaw(at, 'this is nested too deep for any call');
  if (line[at] === '[') {
    const items = list(line, at + 1, ']', (start) => scanValue(line, start, depth + 1));
    if (items.kind === 'flaw') return items;
    const value: ListValue = { kind: 'list', column: at, items: items.value };
    return part(value, items.end);
  }
  const fields = list(line, at + 1, '}', (start) => scanField(line, start, depth + 1));
  if (fields.kind === 'flaw') return fields;
  const value: FieldsValue = { kind: 'fields', column: at, fields: fields.value };
  return part(value, fields.end);
}

function scanField(line: string, at: number, depth: number): Part<Field> | Flaw {
  if (line.startsWith(leftOut, at)) {
    const rest: Field = { kind: 'field', column: at, name: leftOut, value: wordAt(leftOut, at) };
    return part(rest, at + leftOut.length);
  }
  const name = match(fieldForm, line, at);
  if (name === null) {
    return flaw(at, `${shown(line, at)} was found where a field was expected: NAME=VALUE`);
  }
  const value = scanValue(line, at + name[0].length, depth);
  if (value.kind === 'flaw') return value;
  const field: Field = { kind: 'field', column: at, name: name[1] ?? '', value: value.value };
  return part(field, value.end);
}

/** Of a number that the kernel changed, what it changed it to. */
function scanNumber(line: string, at: number, digits: string): Part<NumberValue> | Flaw {
  const value = number(digits, at);
  if (value.kind === 'flaw') return value;
  const end = at + digits.length;
  const change = match(changeForm, line, end);
  if (change === null) return part(value, end);
  const start = end + change[0].length;
  const after = match(numberForm, line, start);
  if (after !== null) return scanNumber(line, start, after[0]);
  return flaw(start, `${shown(line, start)} was found where a number was expected`);
}

export function number(text: string, column: number): NumberValue | Flaw {
  const digits = text.replace('-', '');
  if (digits.length > digitsMax) return flaw(column, `${text} is too large for any number here`);
  const octal = digits.startsWith('0') && /^0[0-9]/.test(digits);
  if (octal && /[89]/.test(digits)) {
    return flaw(column, `${text} starts with 0 and so is octal, but 8 and 9 are no octal digits`);
  }
  const size = octal ? parseInt(digits, 8) : Number(digits);
  // Not -size: a minus zero would differ from the zero it is.
  return { kind: 'number', column, value: text.startsWith('-') ? 0 - size : size, text };
}

export function match(form: RegExp, line: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(line);
}

export function skip(line: string, at: number): number {
  // Nearly always there is one blank, or none.
  const next = line[at] === ' ' ? at + 1 : at;
  const sign = line[next];
  if (sign !== ' ' && sign !== '\t' && sign !== '/') return next;
  return at + (match(blanks, line, at)?.[0].length ?? 0);
}

/** What stands at `at`, for a message: a word's length of it. */
export function shown(line: string, at: number): string {
  const rest = line.slice(at, at + 200);
  if (rest === '') return 'the end of the line';
  const word = /^(?:[\w.|-]+|.)/u.exec(rest)?.[0] ?? rest.slice(0, 1);
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}...` : word);
}

export const wordAt = (text: string, column: number): WordValue => ({
  kind: 'word',
  column,
  text,
});
export const part = <T>(value: T, end: number): Part<T> => ({ kind: 'part', value, end });
export const flaw = (column: number, message: string): Flaw => ({ kind: 'flaw', column, message });
