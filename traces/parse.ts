import { readCall } from './read-call.ts';
import { readOutcome } from './read-result.ts';
import type { Flaws } from './read-value.ts';
import { pidRange, readInteger } from './read-value.ts';
import { scanLine } from './scan-line.ts';
import type { Flaw } from './syntax.types.ts';
import type { HeaderEntry, ParseResult, TraceError, TraceEvent } from './trace.types.ts';

/** What a trace may be at most; more is an error. */
export const traceLimits = {
  /** UTF-16 code units of a line. */
  lineLength: 65_536,
  events: 100_000,
  /** Errors that are reported, one a line; reading stops there. */
  errors: 10,
} as const;

/** What has been read of a text so far. */
export interface Draft {
  readonly header: HeaderEntry[];
  readonly events: TraceEvent[];
  /** Comments since the last event. */
  comments: string[];
}

/**
 * Reads the text form of a trace: `PID call(args) = result` lines, `#` comments and, before the
 * first call, `#: key: value` header lines. Never throws.
 */
export function parseTrace(text: string): ParseResult {
  return parseLines(text, readLine);
}

/** Gives each line that is not blank to `read`, which adds to the draft or says what is wrong. */
export function parseLines(
  text: string,
  read: (line: string, number: number, draft: Draft) => Flaw | null,
): ParseResult {
  const draft: Draft = { header: [], events: [], comments: [] };
  const errors: TraceError[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (let number = 1; start < text.length; number++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const tooLong = lengthFlaw(end - start);
    const isOfWindows = text[end - 1] === '\r' && end > start;
    const line = tooLong === null ? text.slice(start, isOfWindows ? end - 1 : end) : '';
    start = end + 1;
    const wrong = tooLong ?? (/^[ \t]*$/.test(line) ? null : read(line, number, draft));
    if (wrong === null) continue;
    errors.push({ line: number, column: wrong.column + 1, message: wrong.message });
    if (errors.length === traceLimits.errors || isFull(draft)) break;
  }
  if (errors.length > 0) return { ok: false, errors };
  const { header, events, comments } = draft;
  const closing = comments.length === 0 ? {} : { closing: comments };
  return { ok: true, trace: { header, events, ...closing } };
}

function lengthFlaw(length: number): Flaw | null {
  if (length <= traceLimits.lineLength) return null;
  const found = `a line of ${length} characters was found`;
  return flaw(0, `${found}, but at most ${traceLimits.lineLength} were expected`);
}

const isFull = (draft: Draft): boolean => draft.events.length >= traceLimits.events;

function readLine(line: string, number: number, draft: Draft): Flaw | null {
  const column = line.search(/[^ \t]/);
  if (line.startsWith('#:', column)) return readHeaderLine(line, column + 2, number, draft);
  if (line[column] === '#') {
    draft.comments.push(trimComment(line.slice(column + 1)));
    return null;
  }
  return readEvent(line, number, draft);
}

function readHeaderLine(line: string, at: number, number: number, draft: Draft): Flaw | null {
  const colon = line.indexOf(':', at);
  const key = line.slice(at, colon).trim();
  const value = colon === -1 ? '' : line.slice(colon + 1).trim();
  return addHeader(draft, { line: number, key, value }, at);
}

/** Adds a header entry: a word, which no other entry has as its key, and a value. */
export function addHeader(draft: Draft, entry: HeaderEntry, column: number): Flaw | null {
  if (entry.value === '' || !/^[a-z][a-z-]*$/.test(entry.key)) {
    return flaw(column, 'this header line has no key or no value; "#: key: value" was expected');
  }
  if (draft.header.some(({ key }) => key === entry.key)) {
    return flaw(column, `the header key ${entry.key} was found twice, but once was expected`);
  }
  if (draft.events.length > 0) {
    return flaw(column, 'a header line was found behind the first call, but it belongs before it');
  }
  draft.header.push(entry);
  return null;
}

function readEvent(line: string, number: number, draft: Draft): Flaw | null {
  const syntax = scanLine(line);
  if ('kind' in syntax) return syntax;
  const flaws: Flaws = [];
  const pid = readInteger(syntax.pid, pidRange, flaws);
  const reading = readCall(syntax, flaws);
  const [first] = flaws;
  if (first !== undefined || reading === null) return first ?? flaw(0, 'this call cannot be read');
  const outcome = syntax.result === null ? null : readOutcome(pid, reading, syntax.result, flaws);
  const [wrong] = flaws;
  if (wrong !== undefined) return wrong;
  if (syntax.comment !== null) draft.comments.push(trimComment(syntax.comment));
  return addEvent(draft, {
    line: number,
    step: { pid, call: reading.call },
    ...(outcome === null ? {} : { outcome }),
  });
}

/** Adds an event together with the comments before it. */
export function addEvent(draft: Draft, event: TraceEvent): Flaw | null {
  if (isFull(draft)) {
    return flaw(0, `another call was found behind the ${traceLimits.events} that a trace can hold`);
  }
  const { comments } = draft;
  draft.events.push(comments.length === 0 ? event : { ...event, comments });
  draft.comments = [];
  return null;
}

/** The space behind `#` is no part of a comment, and neither is what nobody sees at its end. */
const trimComment = (text: string): string => text.replace(/^ /, '').trimEnd();

const flaw = (column: number, message: string): Flaw => ({ kind: 'flaw', column, message });
