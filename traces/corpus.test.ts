import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProfileName } from '../model/profiles/index.ts';
import { parseTrace, printTrace, readHeader } from './index.ts';

const corpus = join(import.meta.dirname, 'corpus');
const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.trace'))
  .sort();

describe('the corpus', () => {
  it('is there', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)('holds %s in the printed form, with every outcome', (file) => {
    const text = readFileSync(join(corpus, file), 'utf8');
    const result = parseTrace(text);
    if (!result.ok) throw new Error(result.errors.map(({ message }) => message).join('\n'));
    expect(printTrace(result.trace)).toBe(text);
    expect(result.trace.events.filter(({ outcome }) => outcome === undefined)).toEqual([]);
  });

  it.each(files)('says of %s what it shows, under which profiles, and who says so', (file) => {
    const result = parseTrace(readFileSync(join(corpus, file), 'utf8'));
    const header = readHeader(result.ok ? result.trace.header : []);
    if (!header.ok) throw new Error(header.errors.map(({ message }) => message).join('\n'));
    const { title, profiles, host, descriptors, source } = header.header;
    expect(title).not.toBeNull();
    expect(source).not.toBeNull();
    expect(profiles.length).toBeGreaterThan(0);
    expect(profiles.filter((profile) => !isProfileName(profile))).toEqual([]);
    expect(host).toContain('/mnt/a/');
    expect(descriptors).toBeGreaterThan(3);
  });
});
