import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const folder = join(import.meta.dirname, '..', '..', 'test', 'logs');
function verdictOf(lines: readonly string[]): string {
  const { verdict } = explained(...lines);
  return verdict.verdict === 'deviates' ? JSON.stringify(verdict) : verdict.verdict;
}

/** Not every line, for the time it takes; two that are next to each other hardly differ. */
const stride = 7;

// Nothing happened in these sessions that a kernel does not do, and no part of them tells of less.
describe.each(['tc-ingress.strace', 'bpftool-map.strace', 'bpftool-names.strace'])(
  'the real log %s',
  (name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const places = lines.flatMap((_, k) => (k % stride === 0 ? [k] : []));

    it('conforms, wherever it begins', () => {
      const verdicts = new Set(places.map((from) => verdictOf(lines.slice(from))));
      expect([...verdicts]).toEqual(['conforms']);
    }, 60_000);

    it('conforms, wherever it ends', () => {
      const verdicts = new Set(places.map((to) => verdictOf(lines.slice(0, to))));
      expect([...verdicts]).toEqual(['conforms']);
    }, 60_000);
  },
);
