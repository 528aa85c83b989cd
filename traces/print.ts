import type { Call, CallName, Outcome, Step } from '../model/vocabulary/index.ts';
import { isNextId, pairOf, receivedOf } from '../model/vocabulary/index.ts';
import { errnoText } from './errno-text.ts';
import { printCall, printFds, printInfo } from './print-call.ts';
import { printNames, printStat } from './print-name-calls.ts';
import { printMode, printStatx } from './print-permission-calls.ts';
import { openedFor, endsItsCaller } from './read-result.ts';
import type { Trace, TraceEvent } from './trace.types.ts';

/** The text of a trace, in the one form that parseTrace reads back as the same trace. */
export function printTrace({ header, events, closing = [] }: Trace): string {
  const lines = [
    ...header.map(({ key, value }) => `#: ${key}: ${oneLine(value)}`),
    ...events.flatMap((event) => [...printComments(event.comments ?? []), printEvent(event)]),
    ...printComments(closing),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A step and, if it is there, its outcome: `1 close(3) = 0`. Comments are left out. */
export function printEvent({ step, outcome }: TraceEvent): string {
  const { pid, call } = step;
  return outcome === undefined
    ? printStep(step)
    : `${pid} ${printCall(call, outcome)} = ${printResult(step, outcome)}`;
}

/**
 * A step as strace prints it: `1 close(3)`; of an outcome, what the arguments show. A path must be
 * well-formed Unicode.
 */
export function printStep({ pid, call }: Step, outcome?: Outcome): string {
  return `${pid} ${printCall(call, outcome)}`;
}

/**
 * What a call answered, for itself: `0`, `-1 ENOENT (No such file or directory)`, `?`; with what a
 * trace shows among the arguments: `0 (fds=[3, 4])`.
 */
export function printOutcome(step: Step, outcome: Outcome): string {
  const names = outcome.ok ? outcome.names : undefined;
  const told = outcome.ok ? shownOf(step.call, outcome.value) : '';
  const shown = names === undefined ? told : `names=${printNames(names)}`;
  return `${printResult(step, outcome)}${shown === '' ? '' : ` (${shown})`}`;
}

/** Calls that answer 0 and show what they found among their arguments. */
const answeringZero: ReadonlySet<CallName> = new Set<CallName>([
  'BPF_MAP_GET_NEXT_KEY',
  'BPF_PROG_TEST_RUN',
  'BPF_OBJ_GET_INFO_BY_FD',
  'BPF_MAP_GET_NEXT_ID',
  'BPF_PROG_GET_NEXT_ID',
  'BPF_LINK_GET_NEXT_ID',
  'pipe2',
  'socketpair',
  'stat',
  'statx',
]);

const printAccess = (value: number): string =>
  `${value === 0 ? '0' : `0x${value}`} (flags ${openedFor[value] ?? ''})`;

/** What stands behind the `=`. */
function printResult({ pid, call }: Step, outcome: Outcome): string {
  if (!outcome.ok) return `-1 ${outcome.errno} (${errnoText[outcome.errno]})`;
  const { value } = outcome;
  if (answeringZero.has(call.call)) return '0';
  if (call.call === 'recvmsg') return `${receivedOf(value).bytes}`;
  if (call.call === 'BPF_MAP_LOOKUP_ELEM') return `0 (value=${value})`;
  if (call.call === 'umask') return printMode(value);
  const isFlags = call.call === 'fcntl' && call.command === 'F_GETFD';
  if (isFlags && value === 1) return '0x1 (flags FD_CLOEXEC)';
  if (call.call === 'fcntl' && call.command === 'F_GETFL') return printAccess(value);
  return value === 0 && endsItsCaller(pid, call) ? '?' : `${value}`;
}

/** What a trace shows of a success among the arguments. */
function shownOf(of: Call, value: number): string {
  const { call } = of;
  if (call === 'BPF_MAP_GET_NEXT_KEY') return `next_key=${value}`;
  if (isNextId(of)) return `next_id=${value}`;
  if (call === 'BPF_PROG_TEST_RUN') return `retval=${value}`;
  if (call === 'BPF_OBJ_GET_INFO_BY_FD') return printInfo(value);
  if (call === 'stat') return printStat(value);
  if (call === 'statx') return printStatx(value);
  if (call === 'pipe2' || call === 'socketpair') return `fds=${printFds(pairOf(value))}`;
  if (call !== 'recvmsg') return '';
  const { bytes, fds, truncated } = receivedOf(value);
  if (bytes === 0) return '';
  return `fds=${printFds(fds)}${truncated === 'truncated' ? ', MSG_CTRUNC' : ''}`;
}

const printComments = (comments: readonly string[]): string[] =>
  comments.map((comment) => `# ${oneLine(comment)}`.trimEnd());

/** A line break in a comment or a header value would turn what follows it into a line of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');
