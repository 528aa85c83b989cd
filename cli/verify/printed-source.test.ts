import { expect, it } from 'vitest';
import { chooseProfile } from '../selection.ts';
import { printedSource } from './printed-source.ts';
import { searchJobs } from './verify.ts';

const jobs = (symmetry: 'on' | 'off') =>
  searchJobs(
    { scope: ['filters'], engine: 'drivers', symmetry, maxStates: 10, maxMemory: 10 },
    [chooseProfile('linux-6.18', []).base],
    0,
  );

it('prints, for audit, all that a search generates: drivers, attempts, packing, forms', () => {
  const { text, document } = printedSource(jobs('on'));
  for (const part of [
    '// filters, linux-6.18',
    '// close\n',
    '// close, where it fails\n',
    '// pack\n',
    '// unpack\n',
    '// canonical form, of each state\n',
  ]) {
    expect(text).toContain(part);
  }
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    '// generated for one search; nothing was searched',
  );
  expect(document).toMatchObject({ sources: [{ scope: 'filters', profile: 'linux-6.18' }] });
});

it('prints no canonical form where states are told apart', () => {
  expect(printedSource(jobs('off')).text).not.toContain('canonical form');
});
