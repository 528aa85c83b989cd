import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from './index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/kernels.md'), 'utf8');

/** The cells of the table rows of the page that begin with something in backquotes. */
const rows = page.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  return /^`[^`]+`$/.test(cells[1] ?? '') ? [cells.slice(1, -1)] : [];
});
const rowOf = (name: string): readonly string[] =>
  rows.find(([first]) => first === `\`${name}\``) ?? [];
const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '').sort();

const switches = Object.keys(profiles['linux-6.18']);

function differing(one: ProfileName, other: ProfileName): readonly string[] {
  const [ours, theirs] = [profiles[one], profiles[other]].map(
    (is) => new Map<string, string>(Object.entries(is)),
  );
  return switches.filter((name) => ours?.get(name) !== theirs?.get(name)).sort();
}

describe('docs/kernels.md', () => {
  it.each(profileNames.slice(1).map((name, at) => [name, profileNames[at] ?? name] as const))(
    'says in which switches %s differs from %s',
    (name, before) => {
      const [, , text = ''] = rowOf(name);
      const named = quoted(text);
      const said = text.startsWith('all but')
        ? switches.filter((one) => !named.includes(one)).sort()
        : named;
      expect(said).toEqual(differing(name, before));
    },
  );

  // The values are on a page that is made from the profiles (test/switches/), which no hand can get wrong.
  it('leads to the page of the switches', () => {
    expect(page).toContain('(switches.md)');
  });
});
