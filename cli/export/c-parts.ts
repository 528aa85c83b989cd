/** The parts of exported programs, which lie beside this file as C. */
import { readFileSync } from 'node:fs';
import { cParts } from '../../traces/index.ts';
import type { CPart } from '../../traces/index.ts';

/** Each with its text. */
export function readCParts(): Readonly<Record<CPart, string>> {
  const texts = cParts.map((part) => {
    const text = readFileSync(new URL(`c/${part}.c`, import.meta.url), 'utf8');
    return [part, text] as const;
  });
  // Object.fromEntries loses that every part is there.
  return Object.fromEntries(texts) as Record<CPart, string>;
}
