/** One line of a strace log: who, which call, its arguments, and its result as text. */
import type { LogLine } from './log.types.ts';
import { isDigit, scanArguments, sign } from './scan-arguments.ts';

/** Which calls are looked at; all others are told by their name. */
export interface Wanted {
  readonly calls: ReadonlySet<string>;
  /** Those of them that are looked at when they fail. */
  readonly failing: ReadonlySet<string>;
}

/**
 * `[pid 12] `, `12 ` or, with -Y, `12<tc> `; the times of -t, -tt, -ttt and -r; the numbers and addresses of -n and -i,
 * in any combination.
 */
const headForm =
  /(?:\[pid[ \t]+(\d{1,10})(?:<[^<>]*>)?\][ \t]+|(\d{1,10})(?:<[^<>]*>)?[ \t]+(?=[A-Za-z_<+\-\d[]))?(?:(?:\d\d:\d\d:\d\d(?:\.\d+)?|\d+\.\d+|\+\d+\.\d+)[ \t]+)*(?:\[[ ]*[\da-f?]{1,16}\][ \t]+)*/y;
const resumedForm = /<\.\.\. ([A-Za-z_]\w*) resumed>[ \t]*,?[ \t]*/y;
const beginning = ' <unfinished ...>';

const other: LogLine = { kind: 'other' };

const sent = ['SCM_RIGHTS', 'RTM_NEWTFILTER', 'RTM_DELTFILTER', 'RTM_DELQDISC', 'NLMSG_???'];
const received = ['SCM_RIGHTS', 'NLMSG_ERROR'];

/** Calls by which programs talk all day; a few words tell whether one of them matters. */
const talk: ReadonlyMap<string, readonly string[]> = new Map([
  ['sendmsg', sent],
  ['sendto', sent],
  ['sendmmsg', sent],
  ['recvmsg', received],
  ['recvfrom', received],
  ['recvmmsg', received],
  ['setsockopt', ['SO_ATTACH_', 'SO_DETACH_']],
]);

/**
 * Reads a line; one of calls that are not wanted is `other`. What is cheap to see is looked at first: most lines
 * matter to nobody.
 * @param own the process where the line names none.
 */
export function scanLogLine(text: string, own: number, wanted: Wanted): LogLine {
  const line = isBlank(text.charCodeAt(text.length - 1)) ? text.trimEnd() : text;
  const at = endOfNumber(line);
  if (at >= 0) return scanRest(line, at, at === 0 ? own : Number.parseInt(line, 10), wanted);
  headForm.lastIndex = 0;
  const head = headForm.exec(line);
  const pid = Number(head?.[1] ?? head?.[2] ?? own);
  return scanRest(line, head?.[0].length ?? 0, pid, wanted);
}

/** Where the name of the call begins in `12 close(3) = 0` and `close(3) = 0`; -1 in a line of another form. */
function endOfNumber(line: string): number {
  let at = 0;
  while (isDigit(line.charCodeAt(at))) at++;
  if (at > 10) return -1;
  const digits = at;
  while (line.charCodeAt(at) === sign.blank) at++;
  if (!isLetter(line.charCodeAt(at))) return -1;
  const isBehindNumber = digits > 0 && at > digits;
  return at === 0 || isBehindNumber ? at : -1;
}

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

function endOfName(line: string, start: number): number {
  let at = start;
  for (let code = line.charCodeAt(at); isLetter(code) || isDigit(code);) {
    at++;
    code = line.charCodeAt(at);
  }
  return at;
}

/** Reads what stands behind the number of the process and the time. */
function scanRest(line: string, at: number, pid: number, wanted: Wanted): LogLine {
  const first = line.charCodeAt(at);
  if (isLetter(first)) {
    const end = endOfName(line, at);
    if (line.charCodeAt(end) === sign.open) {
      const name = line.slice(at, end);
      return wanted.calls.has(name) ? scanCall(line, end + 1, pid, name, wanted) : other;
    }
  }
  if (line.startsWith('---', at)) return other;
  if (line.startsWith('+++', at)) {
    return / (?:exited with|killed by) /.test(line) ? { kind: 'ended', pid } : other;
  }
  if (first === sign.less) {
    resumedForm.lastIndex = at;
    const [begin, name = ''] = resumedForm.exec(line) ?? [];
    if (begin !== undefined) {
      return wanted.calls.has(name)
        ? scanEnd('resumed', line, at + begin.length, pid, name)
        : other;
    }
  }
  return /^(?:strace|\/\S*strace): /.test(line) || line.startsWith('???', at)
    ? other
    : { kind: 'unreadable', column: at };
}

function scanCall(line: string, start: number, pid: number, name: string, wanted: Wanted): LogLine {
  if (!wanted.failing.has(name) && hasFailed(line, start)) return other;
  const isBegun = line.endsWith('>') && line.endsWith(beginning);
  if (!isBegun && talk.get(name)?.some((word) => line.includes(word)) === false) return other;
  if (!isBegun) return scanEnd('call', line, start, pid, name);
  return { kind: 'begun', pid, name, args: line.slice(start, line.length - beginning.length) };
}

const failure = ' = -1 E';
const failureForm = / = -1 E[A-Z0-9]+ \([^()"<>]*\)(?: <\d+\.\d+>)?$/y;

/** A quote or a bracket would stand behind it if this were part of an argument. */
function hasFailed(line: string, start: number): boolean {
  // Looked for among the last signs alone, as nearly every call succeeds.
  const at = line.indexOf(failure, Math.max(start, line.length - longestFailure));
  if (at < 0) return false;
  failureForm.lastIndex = at;
  return failureForm.test(line);
}

/** More is not printed of an error; one that is longer is read with all its arguments. */
const longestFailure = 120;

function scanEnd(
  kind: 'call' | 'resumed',
  line: string,
  start: number,
  pid: number,
  name: string,
): LogLine {
  const { parts, end } = scanArguments(line, start);
  if (end < 0) return { kind: 'torn' };
  const result = resultBehind(line, end + 1);
  if (result === '') return { kind: 'torn' };
  return { kind, pid, name, args: line.slice(start, end), parts, result };
}

/** The text of a result, ` = RESULT`; empty if it is cut. */
function resultBehind(line: string, start: number): string {
  let at = start;
  while (isBlank(line.charCodeAt(at))) at++;
  if (line.charCodeAt(at) !== sign.equals || !isBlank(line.charCodeAt(at + 1))) return '';
  return line.slice(at + 1).trimStart();
}

const isBlank = (code: number): boolean => code === sign.blank || code === 9;
