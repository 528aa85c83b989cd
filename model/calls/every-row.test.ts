import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileNames, profiles, rowsOf } from '../index.ts';

/**
 * What the tests beside this one ask for by name: `; row` at the end of a line of a trace, `row: 'row'`,
 * a step told as `'row ERROR'`, a bound that is all there is to tell, or a row that should have failed.
 */
const asked = new Set(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .flatMap((text) => [
      ...text.matchAll(
        /(?:; |row: '|failing\('|'(?=[a-z\d.-]+ E[A-Z\d]+')|'(?=bound\.[a-z-]+'))([a-z\d-]+\.[a-z\d-]+)/g,
      ),
    ])
    .map(([, id]) => id),
);

it.each(profileNames)('every clause and bound of %s is shown by a test', (profile) => {
  const ids = rowsOf(profiles[profile]).flatMap(({ rows }) => rows.map(({ id }) => id));
  expect([...new Set(ids)].filter((id) => !asked.has(id))).toEqual([]);
});
