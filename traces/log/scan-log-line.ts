/** One line of a strace log: who, which call, its arguments as text, and its result as text. */
import type { LogLine } from './log.types.ts';

/** `[pid 12] `, `12 `, and the times of -t, -tt, -ttt and -r, in any combination. */
const headForm =
  /(?:\[pid[ \t]+(\d{1,10})\][ \t]+|(\d{1,10})[ \t]+(?=[A-Za-z_<+\-\d]))?(?:(?:\d\d:\d\d:\d\d(?:\.\d+)?|\d+\.\d+|\+\d+\.\d+)[ \t]+)*/y;
const nameForm = /([A-Za-z_]\w*)\(/y;
const resumedForm = /<\.\.\. ([A-Za-z_]\w*) resumed>[ \t]*,?[ \t]*/y;
const resultForm = /[ \t]*=[ \t]+(\S.*)$/sy;
const beginning = ' <unfinished ...>';

const other: LogLine = { kind: 'other' };

/** Calls by which programs talk all day; a few words tell whether one of them matters. */
const talk: ReadonlySet<string> = new Set([
  'sendmsg',
  'sendto',
  'recvmsg',
  'recvfrom',
  'sendmmsg',
  'recvmmsg',
  'setsockopt',
]);

const isIdleTalk = (name: string, line: string): boolean =>
  talk.has(name) &&
  !/SCM_RIGHTS|NLMSG_ERROR|RTM_(?:NEW|DEL)(?:TFILTER|QDISC)|NLMSG_\?\?\?|SO_(?:AT|DE)TACH_|unfinished \.\.\.>$/.test(
    line,
  );

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
  if (line.startsWith('---', at)) return other;
  if (line.startsWith('+++', at)) {
    return / (?:exited with|killed by) /.test(line) ? { kind: 'ended', pid } : other;
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
      ? other
      : { kind: 'unreadable', column: at };
  }
  const name = named[1] ?? '';
  if (!matters.has(name) || isIdleTalk(name, line)) return other;
  return scanCall(line, at + named[0].length, pid, name);
}

function scanCall(line: string, start: number, pid: number, name: string): LogLine {
  const unfinished = line.lastIndexOf(beginning);
  if (unfinished >= start && line.trimEnd().endsWith(beginning)) {
    return { kind: 'begun', pid, name, args: line.slice(start, unfinished) };
  }
  return scanEnd('call', line, start, pid, name);
}

function scanResumed(
  line: string,
  start: number,
  pid: number,
  name: string,
  matters: ReadonlySet<string>,
): LogLine {
  return matters.has(name) ? scanEnd('resumed', line, start, pid, name) : other;
}

function scanEnd(
  kind: 'call' | 'resumed',
  line: string,
  start: number,
  pid: number,
  name: string,
): LogLine {
  const end = endOfArguments(line, start);
  if (end < 0) return { kind: 'torn' };
  resultForm.lastIndex = end + 1;
  const [, result] = resultForm.exec(line) ?? [];
  if (result === undefined) return { kind: 'torn' };
  return { kind, pid, name, args: line.slice(start, end), result };
}

/** Signs by their codes: a log has millions of them to look at. */
export const sign = { quote: 34, comma: 44, close: 41, less: 60, backslash: 92 } as const;
export const isOpening = (code: number): boolean => code === 40 || code === 91 || code === 123;
export const isClosing = (code: number): boolean => code === 41 || code === 93 || code === 125;

/** Where the parenthesis closes that a call's arguments end with; -1 if none does. */
function endOfArguments(line: string, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === sign.quote) at = endOfString(line, at);
    else if (code === sign.less) at = endOfShown(line, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) {
      if (depth === 0 && code === sign.close) return at;
      depth--;
    }
  }
  return -1;
}

/** Where the string ends whose quote stands at `start`; the end of the line if it does not end. */
export function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === sign.backslash) at++;
    else if (code === sign.quote) return at;
  }
  return line.length;
}

/**
 * The end of what -y shows, `3<socket:[5]>`; a `<` that is something else ends where it stands. What is
 * not closed goes on to the end of the line, so that nobody looks for its end again.
 */
export function endOfShown(line: string, start: number): number {
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
  return line.length;
}

/** Cuts arguments at the commas that belong to no string and no bracket. */
export function splitArguments(args: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < args.length; at++) {
    const code = args.charCodeAt(at);
    if (code === sign.quote) at = endOfString(args, at);
    else if (code === sign.less) at = endOfShown(args, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) depth--;
    else if (code === sign.comma && depth <= 0) {
      parts.push(args.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = args.slice(from).trim();
  return last === '' && parts.length === 0 ? parts : [...parts, last];
}
