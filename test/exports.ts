/** Exports of traces in the corpus, by the command line. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { pinproof } from './run-pinproof.ts';

export const corpus = join(import.meta.dirname, '..', 'traces', 'corpus');
export const inCorpus = (name: string): string => join(corpus, `${name}.trace`);

/** What was exported already: a process takes a second, and the same is asked for in several tests. */
const known = new Map<string, Promise<string>>();

/** The text of an export. */
export function exported(
  name: string,
  format: string,
  ...more: readonly string[]
): Promise<string> {
  const key = [name, format, ...more].join('\n');
  const text = known.get(key) ?? exportOnce(name, format, ...more);
  known.set(key, text);
  return text;
}

async function exportOnce(
  name: string,
  format: string,
  ...more: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await pinproof([
    ...['export', inCorpus(name), '--format', format],
    ...more,
  ]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}
