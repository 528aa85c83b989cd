/**
 * Golden files: reviewed texts that results must equal. After a deliberate change they are written
 * anew by `UPDATE_GOLDEN=1 npx vitest run`, and the difference is reviewed like code.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';

const folder = join(import.meta.dirname, 'golden');

/** Expects a text to be that of test/golden/NAME, or makes it so where updating is asked for. */
export function expectGolden(name: string, text: string): void {
  expectGoldenAt(join(folder, name), text);
}

/** The same of a file that lies elsewhere. */
export function expectGoldenAt(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(
    text,
    `${basename(file)} differs; if that is meant, run UPDATE_GOLDEN=1 npx vitest run`,
  ).toBe(readFileSync(file, 'utf8'));
}
