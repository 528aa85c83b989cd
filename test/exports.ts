/** Exports of traces in the corpus, by the command line. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { pinproof } from './run-pinproof.ts';

export const corpus = join(import.meta.dirname, '..', 'traces', 'corpus');
export const inCorpus = (name: string): string => join(corpus, `${name}.trace`);

/** The text of an export. */
export async function exported(
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
