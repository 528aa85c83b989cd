/** From a line of text to its syntax: a process, a call's name, arguments, perhaps a result. */
import { scanString } from './c-string.ts';
import type {
  CallSyntax,
  Field,
  FieldsValue,
  Flaw,
  NumberValue,
  ResultSyntax,
  Value,
  WordValue,
} from './syntax.types.ts';

/** A part that was read, and where the line goes on behind it. */
interface Part<T> {
  readonly kind: 'part';
  readonly value: T;
  readonly end: number;
}

/** More digits than any number in a call has. */
const digitsMax = 15;
/** Deeper than the attributes of any call. */
const depthMax = 4;

const processForm = /[ \t]*(?:\[pid[ \t]+(\d+)\]|(\d+))[ \t]+/y;
const nameForm = /([A-Za-z_]\w*)[ \t]*\(/y;
const fieldForm = /([A-Za-z_]\w*)[ \t]*=[ \t]*/y;
const numberForm = /-?(?:0[xX][0-9a-fA-F]+|\d+)(?!\w)/y;
const wordForm = /[A-Za-z_]\w*(?:\|\w+)*(?:\([\w, ]*\))?/y;
const blanks = /[ \t]*/y;
const errorNameForm = /[ \t]*([A-Za-z_]\w*)(?:[ \t]*\([^()]*\))?/y;
const foundForm = /[ \t]*\([ \t]*value[ \t]*=[ \t]*/y;

/** Reads a line that holds a call: no blank line, no comment, no header line. */
export function scanLine(line: string): CallSyntax | Flaw {
  const process = match(processForm, line, 0);
  if (process === null) {
    return flaw(
      skip(line, 0),
      `${shown(line, skip(line, 0))} was found where a line starts: expected a process and a call, as in: 1 close(3) = 0`,
    );
  }
  const digits = process[1] ?? process[2] ?? '';
  const pid = number(digits, process[0].indexOf(digits));
  if (pid.kind === 'flaw') return pid;
  const column = process[0].length;
  const name = match(nameForm, line, column);
  if (name === null) {
    return flaw(column, `${shown(line, column)} was found where a call was expected: NAME(...)`);
  }
  const args = list(line, column + name[0].length, ')', (at) => scanValue(line, at, 1));
  if (args.kind === 'flaw') return args;
  const result = scanResult(line, args.end);
  if (result.kind === 'flaw') return result;
  const comment = scanEnd(line, result.end);
  if (comment !== null && typeof comment === 'object') return comment;
  return {
    pid,
    column,
    name: name[1] ?? '',
    args: args.value,
    end: args.end - 1,
    result: result.value,
    comment,
  };
}

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
    if (scanned.kind === 'flaw') return scanned;
    if (line.startsWith('...', scanned.end)) {
      return flaw(scanned.end, 'this string was cut short (strace -s N prints longer ones)');
    }
    return part(scanned.value, scanned.end);
  }
  if (line[at] === '{') {
    if (depth === depthMax) return flaw(at, 'these braces are nested too deep for any call');
    const fields = list(line, at + 1, '}', (start) => scanField(line, start, depth));
    if (fields.kind === 'flaw') return fields;
    const value: FieldsValue = { kind: 'fields', column: at, fields: fields.value };
    return part(value, fields.end);
  }
  const digits = match(numberForm, line, at);
  if (digits !== null) {
    const value = number(digits[0], at);
    return value.kind === 'flaw' ? value : part(value, at + digits[0].length);
  }
  const word = match(wordForm, line, at);
  if (word !== null) return part(wordAt(word[0], at), at + word[0].length);
  return flaw(
    at,
    `${shown(line, at)} was found where a number, a string, a constant or {...} was expected`,
  );
}

function scanField(line: string, at: number, depth: number): Part<Field> | Flaw {
  const name = match(fieldForm, line, at);
  if (name === null) {
    return flaw(at, `${shown(line, at)} was found where a field was expected: NAME=VALUE`);
  }
  const value = scanValue(line, at + name[0].length, depth + 1);
  if (value.kind === 'flaw') return value;
  return part({ column: at, name: name[1] ?? '', value: value.value }, value.end);
}

function scanResult(line: string, start: number): Part<ResultSyntax | null> | Flaw {
  let at = skip(line, start);
  if (line[at] !== '=') return part(null, start);
  at = skip(line, at + 1);
  if (line[at] === '?') {
    return part({ column: at, value: '?', errno: null, found: null }, at + 1);
  }
  const digits = match(numberForm, line, at);
  if (digits === null) {
    return flaw(at, `${shown(line, at)} was found where a result was expected: a number or "?"`);
  }
  const value = number(digits[0], at);
  if (value.kind === 'flaw') return value;
  const end = at + digits[0].length;
  const found = match(foundForm, line, end);
  if (found !== null) return scanFound(line, { column: at, value, end: end + found[0].length });
  const errno = match(errorNameForm, line, end);
  if (errno === null) return part({ column: at, value, errno: null, found: null }, end);
  const name = wordAt(errno[1] ?? '', end + errno[0].indexOf(errno[1] ?? ''));
  return part({ column: at, value, errno: name, found: null }, end + errno[0].length);
}

function scanFound(
  line: string,
  { column, value, end }: { column: number; value: NumberValue; end: number },
): Part<ResultSyntax> | Flaw {
  const digits = match(numberForm, line, end);
  const close = skip(line, end + (digits?.[0].length ?? 0));
  if (digits === null || line[close] !== ')') {
    return flaw(end, `${shown(line, end)} was found where a value was expected: (value=NUMBER)`);
  }
  const found = number(digits[0], end);
  return found.kind === 'flaw' ? found : part({ column, value, errno: null, found }, close + 1);
}

/** What stands behind a call and its result: nothing, or a comment. */
function scanEnd(line: string, start: number): string | null | Flaw {
  const at = skip(line, start);
  if (at === line.length) return null;
  if (line[at] === '#') return line.slice(at + 1);
  return flaw(at, `${shown(line, at)} was found where the line was expected to end`);
}

function number(text: string, column: number): NumberValue | Flaw {
  const digits = text.replace('-', '');
  if (digits.length > digitsMax) return flaw(column, `${text} is too large for any number here`);
  const octal = /^0[0-9]/.test(digits);
  if (octal && /[89]/.test(digits)) {
    return flaw(column, `${text} starts with 0 and so is octal, but 8 and 9 are no octal digits`);
  }
  const size = octal ? parseInt(digits, 8) : Number(digits);
  // Not -size: a minus zero would differ from the zero it is.
  return { kind: 'number', column, value: text.startsWith('-') ? 0 - size : size, text };
}

function match(form: RegExp, line: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(line);
}

function skip(line: string, at: number): number {
  return at + (match(blanks, line, at)?.[0].length ?? 0);
}

/** What stands at `at`, for a message: a word's length of it. */
export function shown(line: string, at: number): string {
  const rest = line.slice(at, at + 200);
  if (rest === '') return 'the end of the line';
  const word = /^(?:[\w.|-]+|.)/u.exec(rest)?.[0] ?? rest.slice(0, 1);
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}...` : word);
}

const wordAt = (text: string, column: number): WordValue => ({ kind: 'word', column, text });
const part = <T>(value: T, end: number): Part<T> => ({ kind: 'part', value, end });
const flaw = (column: number, message: string): Flaw => ({ kind: 'flaw', column, message });
