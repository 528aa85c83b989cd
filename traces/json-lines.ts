import { stepFromJson } from './json-call.ts';
import { outcomeFromJson } from './json-outcome.ts';
import type { Json } from './json-shape.ts';
import { jsonObject, jsonString } from './json-shape.ts';
import type { Draft } from './parse.ts';
import { addEvent, addHeader, parseLines } from './parse.ts';
import type { Flaws } from './read-value.ts';
import type { Flaw } from './syntax.types.ts';
import type { ParseResult, Trace } from './trace.types.ts';

/**
 * A trace as JSON, one object a line: `{"header":{"key":…,"value":…}}`, `{"comment":…}` (it belongs
 * to the event below it) and `{"step":…,"outcome":…}` in the shapes of the vocabulary.
 */
export function traceToJsonLines({ header, events, closing = [] }: Trace): string {
  const comments = (texts: readonly string[]): Json[] => texts.map((comment) => ({ comment }));
  const lines: Json[] = [
    ...header.map(({ key, value }) => ({ header: { key, value } })),
    ...events.flatMap((event) => [
      ...comments(event.comments ?? []),
      event.outcome === undefined
        ? { step: event.step }
        : { step: event.step, outcome: event.outcome },
    ]),
    ...comments(closing),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Reads what traceToJsonLines wrote, within the same limits as the text form. Never throws. */
export function traceFromJsonLines(text: string): ParseResult {
  return parseLines(text, readJsonLine);
}

function readJsonLine(line: string, number: number, draft: Draft): Flaw | null {
  const value = parseJson(line);
  if (value === undefined) return flaw('this line is not JSON');
  const flaws: Flaws = [];
  const added = addLine(value, number, draft, flaws);
  return flaws[0] ?? added;
}

function addLine(value: unknown, number: number, draft: Draft, flaws: Flaws): Flaw | null {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('header')) {
    const { header } = jsonObject(value, '$', { required: ['header'] }, flaws);
    const entry = jsonObject(header, '$.header', { required: ['key', 'value'] }, flaws);
    const key = line(entry['key'], '$.header.key', flaws);
    const text = line(entry['value'], '$.header.value', flaws);
    return flaws.length > 0 ? null : addHeader(draft, { line: number, key, value: text.trim() }, 0);
  }
  if (keys.includes('comment')) {
    const { comment } = jsonObject(value, '$', { required: ['comment'] }, flaws);
    draft.comments.push(line(comment, '$.comment', flaws));
    return null;
  }
  const shape = { required: ['step'], optional: ['outcome'] };
  const event = jsonObject(value, '$', shape, flaws);
  const step = flaws.length > 0 ? null : stepFromJson(event['step'], '$.step', flaws);
  if (step === null) return null;
  const outcome =
    event['outcome'] === undefined
      ? null
      : outcomeFromJson(event['outcome'], '$.outcome', step.call, flaws);
  if (flaws.length > 0) return null;
  return addEvent(draft, { line: number, step, ...(outcome === null ? {} : { outcome }) });
}

/** A string that fits on one line of the text form. */
function line(value: unknown, path: string, flaws: Flaws): string {
  return jsonString(value, path, 'a text of one line', flaws).replaceAll(/[\r\n]+/g, ' ');
}

/** Undefined for what is not JSON; no JSON value is undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const flaw = (message: string): Flaw => ({ kind: 'flaw', column: 0, message });
