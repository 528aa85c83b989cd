/** The table of what several kernels answered to the traces of the observed corpus. */
import type { Json } from './json-shape.ts';
import { jsonInteger, jsonObject, jsonString } from './json-shape.ts';
import type { Flaws } from './read-value.ts';

export interface ObservedAnswers {
  /** The profile of each kernel, by its version. */
  readonly profiles: Readonly<Record<string, string>>;
  /** By the path of a trace: which call decides (1 for the first), and the answers by kernel. */
  readonly traces: Readonly<
    Record<string, { readonly step: number; readonly answers: Readonly<Record<string, string>> }>
  >;
  /** By the path of a trace that is a running sequence, and by the number of its call: a row of the table. */
  readonly sequences: Readonly<Record<string, Readonly<Record<string, ObservedRow>>>>;
}

export interface ObservedRow {
  readonly row: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** Reads answers.json; throws what is wrong with it. */
export function readAnswers(text: string): ObservedAnswers {
  const flaws: Flaws = [];
  const table = jsonObject(
    JSON.parse(text),
    '$',
    { required: ['profiles', 'traces', 'sequences'] },
    flaws,
  );
  const answers = {
    profiles: texts(table['profiles'], '$.profiles', flaws),
    traces: mapValues(open(table['traces'], flaws), (value, key) => {
      const path = `$.traces.${key}`;
      const row = jsonObject(value, path, { required: ['step', 'answers'] }, flaws);
      const range = { what: 'a call', min: 1, max: 1000 };
      return {
        step: jsonInteger(row['step'], `${path}.step`, range, flaws),
        answers: texts(row['answers'], `${path}.answers`, flaws),
      };
    }),
    sequences: mapValues(open(table['sequences'], flaws), (rows, key) =>
      mapValues(open(rows, flaws), (value, step) => {
        const path = `$.sequences.${key}.${step}`;
        const row = jsonObject(value, path, { required: ['row', 'answers'] }, flaws);
        return {
          row: jsonString(row['row'], `${path}.row`, 'a text', flaws),
          answers: texts(row['answers'], `${path}.answers`, flaws),
        };
      }),
    ),
  };
  if (flaws.length > 0) throw new Error(flaws.map(({ message }) => message).join('\n'));
  return answers;
}

const texts = (value: unknown, path: string, flaws: Flaws): Readonly<Record<string, string>> =>
  mapValues(open(value, flaws), (each, key) => jsonString(each, `${path}.${key}`, 'a text', flaws));

/** An object with any keys. */
function open(value: unknown, flaws: Flaws): Json {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return jsonObject(value, '$', { required: keys }, flaws);
}

function mapValues<T>(
  from: Json,
  change: (value: unknown, key: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value, key)]));
}

/** The newest of some kernels, by version and not by where it stands; '' if there is none. */
export const newestKernel = (kernels: readonly string[]): string =>
  kernels.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';
