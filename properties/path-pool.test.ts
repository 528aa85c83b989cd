import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathArbitrary, pathPool } from './path-pool.ts';

const places = { host: ['/a/', '/f'], watch: ['/a', '/a/x'] } as const;
const { usual, near, impossible } = pathPool(places);
const lengthOf = (path: string | null): number => path?.length ?? 0;
const lastName = (path: string | null): number => lengthOf(path?.split('/').at(-1) ?? null);

describe('the pool of paths', () => {
  it('holds the watched paths and the host tree', () => {
    expect(usual).toEqual(['/a', '/a/x', '/f']);
  });

  it('holds other spellings and neighbours of those, and none of those themselves', () => {
    expect(near).toEqual(
      expect.arrayContaining([
        '/a//x',
        '/a/./x',
        '/../a/x',
        '/a/x/../x',
        'a/x',
        '/a/x/',
        '/a/xz',
        '/a/x.d',
        '/a/.z',
        '/a/x/z',
      ]),
    );
    expect(near.filter((path) => usual.includes(path))).toEqual([]);
  });

  it('holds NULL, nothing, the root, dots at the end and both sides of every limit', () => {
    expect(impossible).toEqual(expect.arrayContaining([null, '', '/', '/..', '/a/.', '/a/..']));
    const lengths = impossible.map(lengthOf);
    expect(Math.max(...lengths)).toBe(4096);
    expect(lengths).toContain(4095);
    const names = impossible.map(lastName);
    expect(Math.max(...names)).toBe(256);
    expect(names).toContain(255);
  });

  it('holds nothing twice', () => {
    for (const paths of [usual, near, impossible]) {
      expect(new Set<string | null>(paths).size).toBe(paths.length);
    }
  });

  it('is drawn from, mostly for usual paths', () => {
    const drawn = fc.sample(pathArbitrary(places), { seed: 11, numRuns: 1000 });
    const count = (paths: readonly (string | null)[]): number =>
      drawn.filter((path) => paths.includes(path)).length;
    expect(count(usual)).toBeGreaterThan(600);
    expect(count(near)).toBeGreaterThan(100);
    expect(count(impossible)).toBeGreaterThan(20);
    expect(count([...usual, ...near, ...impossible])).toBe(1000);
  });

  it('can be drawn from when there is no place at all', () => {
    const drawn = fc.sample(pathArbitrary({ host: [], watch: [] }), { seed: 1, numRuns: 50 });
    expect(new Set(drawn)).toEqual(new Set([null, '', '/', '/..', '/none/x']));
  });
});
