/** One line of a strace log: who, which call, its arguments as text, and its result as text. */
import type { LogLine } from './log.types.ts';

/** `[pid 12] `, `12 `, and the times of -t, -tt, -ttt and -r, in any combination. */
const headForm =
  /(?:\[pid[ \t]+(\d{1,10})\][ \t]+|(\d{1,10})[ \t]+(?=[A-Za-z_<+\-\d]))?(?:(?:\d\d:\d\d:\d\d(?:\.\d+)?|\d+\.\d+|\+\d+\.\d+)[ \t]+)*/y;
const nameForm = /([A-Za-z_]\w*)\(/y;
const resumedForm = /<\.\.\. ([A-Za-z_]\w*) resumed>[ \t]*,?[ \t]*/y;
const resultForm = /[ \t]*=[ \t]+(\S.*)$/;
const beginning = ' <unfinished ...>';

/** Nearly every line is one of these; it needs no careful look. */
const plainClose = /close\((\d{1,9})\)[ \t]+= 0$/y;

/**
 * Reads a line. `matters`: the names of calls that are looked at; the rest is `other`.
 * @param own the process where the line names none.
 */
export function scanLogLine(line: string, own: number, matters: ReadonlySet<string>): LogLine {
  headForm.lastIndex = 0;
  const head = headForm.exec(line);
  const at = head?.[0].length ?? 0;
  const pid = Number(head?.[1] ?? head?.[2] ?? own);
  plainClose.lastIndex = at;
  const closing = plainClose.exec(line);
  if (closing !== null) {
    return { kind: 'call', pid, name: 'close', args: closing[1] ?? '', result: '0' };
  }
  if (line.startsWith('---', at)) return { kind: 'other' };
  if (line.startsWith('+++', at)) {
    return / (?:exited with|killed by) /.test(line) ? { kind: 'ended', pid } : { kind: 'other' };
  }
  resumedForm.lastIndex = at;
  const resumed = resumedForm.exec(line);
  if (resumed !== null) {
    return scanResumed(line, at + resumed[0].length, pid, resumed[1] ?? '', matters);
  }
  nameForm.lastIndex = at;
  const named = nameForm.exec(line);
  if (named === null) {
    return /^(?:strace|\/\S*strace): /.test(line) || line.startsWith('???', at)
      ? { kind: 'other' }
      : { kind: 'unreadable', column: at };
  }
  const name = named[1] ?? '';
  if (!matters.has(name)) return { kind: 'other' };
  return scanCall(line, at + named[0].length, pid, name);
}

function scanCall(line: string, start: number, pid: number, name: string): LogLine {
  const unfinished = line.lastIndexOf(beginning);
  if (unfinished >= start && line.trimEnd().endsWith(beginning)) {
    return { kind: 'begun', pid, name, args: line.slice(start, unfinished) };
  }
  const end = endOfArguments(line, start);
  const result = end < 0 ? null : resultForm.exec(line.slice(end + 1));
  if (result === null) return { kind: 'torn' };
  return { kind: 'call', pid, name, args: line.slice(start, end), result: result[1] ?? '' };
}

function scanResumed(
  line: string,
  start: number,
  pid: number,
  name: string,
  matters: ReadonlySet<string>,
): LogLine {
  if (!matters.has(name)) return { kind: 'other' };
  const end = endOfArguments(line, start);
  const result = end < 0 ? null : resultForm.exec(line.slice(end + 1));
  if (result === null) return { kind: 'torn' };
  return { kind: 'resumed', pid, name, args: line.slice(start, end), result: result[1] ?? '' };
}

const opening = new Set(['(', '[', '{']);
const closing = new Set([')', ']', '}']);

/** Where the parenthesis closes that a call's arguments end with; -1 if none does. */
function endOfArguments(line: string, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '"') at = endOfString(line, at);
    else if (character === '<') at = endOfShown(line, at);
    else if (opening.has(character)) depth++;
    else if (closing.has(character)) {
      if (depth === 0 && character === ')') return at;
      depth--;
    }
  }
  return -1;
}

/** Where the string ends whose quote stands at `start`; the end of the line if it does not end. */
export function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') return at;
  }
  return line.length;
}

/** The end of what -y shows, `3<socket:[5]>`; a `<` that is something else ends where it stands. */
function endOfShown(line: string, start: number): number {
  if (!/[\dD]/.test(line[start - 1] ?? '') || line[start + 1] === '<') return start;
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    if (line[at] === '<') depth++;
    // `->` stands between the ends of a socket.
    else if (line[at] === '>' && line[at - 1] !== '-') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return start;
}

/** Cuts arguments at the commas that belong to no string and no bracket. */
export function splitArguments(args: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < args.length; at++) {
    const character = args[at] ?? '';
    if (character === '"') at = endOfString(args, at);
    else if (character === '<') at = endOfShown(args, at);
    else if (opening.has(character)) depth++;
    else if (closing.has(character)) depth--;
    else if (character === ',' && depth <= 0) {
      parts.push(args.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = args.slice(from).trim();
  return last === '' && parts.length === 0 ? parts : [...parts, last];
}
