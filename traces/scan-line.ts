/** From a line of text to its syntax: a process, a call's name, arguments, perhaps a result. */
import type { Part } from './scan-value.ts';
import {
  flaw,
  match,
  number,
  numberForm,
  part,
  scanArguments,
  shown,
  skip,
  wordAt,
} from './scan-value.ts';
import type { CallSyntax, Flaw, ResultSyntax } from './syntax.types.ts';

const processForm = /[ \t]*(?:\[pid[ \t]+(\d+)\]|(\d+))[ \t]+/y;
const nameForm = /([A-Za-z_]\w*)[ \t]*\(/y;
const errorNameForm = /[ \t]*([A-Za-z_]\w*)(?:[ \t]*\([^()]*\))?/y;
const foundForm = /[ \t]*\([ \t]*value[ \t]*=[ \t]*/y;
const flagsForm = /[ \t]*\([ \t]*flags[ \t]+([\w|]+)[ \t]*\)/y;

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
  const args = scanArguments(line, column + name[0].length);
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

function scanResult(line: string, start: number): Part<ResultSyntax | null> | Flaw {
  let at = skip(line, start);
  if (line[at] !== '=') return part(null, start);
  at = skip(line, at + 1);
  const nothing = { errno: null, found: null, flags: null };
  if (line[at] === '?') return part({ column: at, value: '?', ...nothing }, at + 1);
  const digits = match(numberForm, line, at);
  if (digits === null) {
    return flaw(at, `${shown(line, at)} was found where a result was expected: a number or "?"`);
  }
  const value = number(digits[0], at);
  if (value.kind === 'flaw') return value;
  const result = { column: at, value, errno: null, found: null, flags: null };
  return scanBehind(line, result, at + digits[0].length);
}

/** What stands behind a number that is a result: a value found, flags, the name of an error. */
function scanBehind(line: string, result: ResultSyntax, at: number): Part<ResultSyntax> | Flaw {
  if (at === line.length) return part(result, at);
  if (line[skip(line, at)] === '(') return scanBracket(line, result, at);
  const error = match(errorNameForm, line, at);
  if (error === null) return part(result, at);
  const [text, name = ''] = error;
  const errno = wordAt(name, at + text.indexOf(name));
  return part(
    { column: result.column, value: result.value, errno, found: null, flags: null },
    at + text.length,
  );
}

function scanBracket(line: string, result: ResultSyntax, at: number): Part<ResultSyntax> | Flaw {
  const found = match(foundForm, line, at);
  if (found !== null) return scanFound(line, result, at + found[0].length);
  const [flags, flagNames = ''] = match(flagsForm, line, at) ?? [];
  if (flags === undefined) return part(result, at);
  const word = wordAt(flagNames, at + flags.lastIndexOf(flagNames));
  return part({ ...result, flags: word }, at + flags.length);
}

/** N of `(value=N)`, which starts at `at`. */
function scanFound(line: string, result: ResultSyntax, at: number): Part<ResultSyntax> | Flaw {
  const digits = match(numberForm, line, at);
  const close = skip(line, at + (digits?.[0].length ?? 0));
  if (digits === null || line[close] !== ')') {
    return flaw(at, `${shown(line, at)} was found where a value was expected: (value=NUMBER)`);
  }
  const found = number(digits[0], at);
  return found.kind === 'flaw' ? found : part({ ...result, found }, close + 1);
}

/** What stands behind a call and its result: nothing, or a comment. */
function scanEnd(line: string, start: number): string | null | Flaw {
  const at = skip(line, start);
  if (at === line.length) return null;
  if (line[at] === '#') return line.slice(at + 1);
  return flaw(at, `${shown(line, at)} was found where the line was expected to end`);
}
