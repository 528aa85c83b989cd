import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { it } from 'vitest';
import { expectGoldenAt } from '../golden-file.ts';
import { errorsPage } from './errors-page.test-data.ts';

const file = join(import.meta.dirname, '../../docs/errors.md');

it('docs/errors.md is what the tables of the calls say', async () => {
  const options = await resolveConfig(file);
  expectGoldenAt(file, await format(errorsPage(), { ...options, parser: 'markdown' }));
});
