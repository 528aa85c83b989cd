import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { corpusFile } from '../../cli/differences.ts';
import { expectGoldenAt } from '../golden-file.ts';
import { casesPage, namedTraces, outcomesTable } from './cases-page.test-data.ts';

const file = join(import.meta.dirname, '../../docs/cases.md');

describe('the cases in which kernels surprise', () => {
  it.each(namedTraces)('have the trace %s', (trace) => {
    expect(existsSync(corpusFile(trace))).toBe(true);
  });

  it('are those of docs/cases.md, with what each profile answers', async () => {
    const options = await resolveConfig(file);
    const page = casesPage(await outcomesTable());
    expectGoldenAt(file, await format(page, { ...options, parser: 'markdown' }));
  }, 180_000);
});
