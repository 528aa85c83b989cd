import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { errorsPage } from './errors-page.test-data.ts';

const file = join(import.meta.dirname, '../../docs/errors.md');

it('docs/errors.md is what the tables of the calls say', async () => {
  const text = await format(errorsPage(), { ...(await resolveConfig(file)), parser: 'markdown' });
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
