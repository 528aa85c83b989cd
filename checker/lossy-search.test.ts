/** Searches that keep fingerprints of states, and no states. */
import { describe, expect, it } from 'vitest';
import { createFingerprintTables, fingerprintBits } from './fingerprint-tables.ts';
import { fingerprintOf } from './fingerprint.ts';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { CheckedProperty } from './system.types.ts';
import { counters, noLimits, numbersFrom, tinySystem } from './tiny-system.test-data.ts';

const lossy = { keeps: 'fingerprints' } as const;
const wide = counters([4, 4, 4, 4, 4, 4, 4, 4]);

describe('a lossy search', () => {
  it('finds as many states as one that keeps them, and says how probably it left one out', () => {
    const exact = search(wide.system, [], noLimits);
    const found = search(wide.system, [], noLimits, undefined, lossy);
    expect(exact).toMatchObject({ verdict: 'pass', states: 4 ** 8, omission: 0 });
    const { states, transitions, depth, verdict } = exact;
    expect(found).toMatchObject({ states, transitions, depth, verdict });
    expect(found.omission).toBeGreaterThan(0);
    expect(found.omission).toBeLessThan(1e-5);
  });

  it('lets go of states that were expanded, and of what finds them again', () => {
    const layout = { indexBits: 10, segmentBits: 8 };
    const exact = search(wide.system, [], noLimits, undefined, layout);
    const found = search(wide.system, [], noLimits, undefined, { ...layout, ...lossy });
    // 8 words of each state, and a slot for it; or 4 bytes, a slot, and some levels of states.
    expect(exact.bytes).toBeGreaterThan(40 * 4 ** 8);
    expect(found.bytes).toBeLessThan(24 * 4 ** 8);
  });

  it('gives a shortest path to a violation, though the states on it are gone', () => {
    const { system, now } = counters([30, 30, 30]);
    const far: CheckedProperty = {
      kind: 'always',
      id: 'far',
      holds: () => now().some((n) => n !== 25),
    };
    const layout = { indexBits: 4, segmentBits: 4, batch: 8, ...lossy };
    const { verdict, violations } = search(system, [far], noLimits, undefined, layout);
    expect(verdict).toBe('fail');
    const path = violations[0]?.path ?? [];
    expect(path).toHaveLength(75);
    replayPath(system, path);
    expect(now()).toEqual([25, 25, 25]);
  });

  it('gives a path that ends with the transition which a step property forbids', () => {
    const { system, now } = counters([30, 30]);
    const never: CheckedProperty = {
      kind: 'step',
      id: 'never',
      failing: 'skipped',
      before: () => undefined,
      holds: () => now().join() !== '20,20',
    };
    const [violation] = search(system, [never], noLimits, undefined, lossy).violations;
    expect(violation?.path).toHaveLength(40);
  });

  it('ends at a limit on states with exactly so many, and at one on memory as inconclusive', () => {
    const few = search(wide.system, [], { ...noLimits, states: 5000 }, undefined, lossy);
    expect(few).toMatchObject({ verdict: 'inconclusive', limit: 'states', states: 5000 });
    const layout = { indexBits: 4, segmentBits: 4, batch: 4, ...lossy };
    const tight = search(wide.system, [], { ...noLimits, memory: 200_000 }, undefined, layout);
    expect(tight).toMatchObject({ verdict: 'inconclusive', limit: 'memory' });
    expect(tight.states).toBeGreaterThan(1000);
  });

  it('notices a system that behaves differently when it is searched again', () => {
    let searches = 0;
    const { system, now } = tinySystem({
      actions: ['go'],
      initial: [0],
      edges: ([n = 0]) => (searches > 1 || n > 8 ? [] : [{ action: 0, to: [n + 1] }]),
    });
    const reset = (): void => {
      searches++;
      system.reset();
    };
    const low: CheckedProperty = { kind: 'always', id: 'low', holds: () => now()[0] !== 5 };
    expect(() => search({ ...system, reset }, [low], noLimits, undefined, lossy)).toThrow(
      'a search that is made again is another one',
    );
  });
});

describe('tables of fingerprints', () => {
  const always = (): boolean => true;

  it('take a state for another only if its fingerprint is the same where its hash leads', () => {
    const tables = createFingerprintTables(4, always);
    tables.makeRoom(8);
    expect(tables.meets(0, 7, 1)).toBe(false);
    expect(tables.meets(0, 7, 1)).toBe(true);
    expect(tables.meets(0, 7, 2)).toBe(false);
    expect(tables.meets(0, 8, 1)).toBe(false);
    expect(tables.meets(1 << 31, 7, 1)).toBe(false);
    expect(tables.compared()).toBe(0 + 1 + 2);
  });

  it('find in older tables what was put there before they grew', () => {
    const reserved: number[] = [];
    const tables = createFingerprintTables(1, (bytes) => reserved.push(bytes) > 0);
    const next = numbersFrom(3);
    const all = Array.from({ length: 500 }, () => [next() | 0, next() | 1, next() & 255] as const);
    const meets = ([hash, high, low]: (typeof all)[number]): boolean =>
      tables.makeRoom(1) && tables.meets(hash, high | 0, low);
    expect(all.map(meets)).not.toContain(true);
    expect(all.map(meets)).not.toContain(false);
    expect(reserved.slice(0, 4)).toEqual([10, 10, 20, 40]);
  });

  it('do not grow beyond what they are allowed', () => {
    const tables = createFingerprintTables(2, (bytes) => bytes <= 20);
    expect(tables.makeRoom(3)).toBe(true);
    for (const n of [1, 2, 3]) tables.meets(n << 28, n, 0);
    expect(tables.makeRoom(3)).toBe(true);
    for (const n of [4, 5, 6]) tables.meets(n << 28, n, 0);
    expect(tables.makeRoom(1)).toBe(false);
  });
});

describe('fingerprints', () => {
  it('of states that differ in little are as different as if they were drawn', () => {
    const seen = new Set<number>();
    const low = new Set<number>();
    for (let n = 0; n < 50_000; n++) {
      const state = Uint32Array.of(n & 15, n >>> 4, 0, n & 1);
      seen.add(fingerprintOf(state, 0, 4, 1));
      if (n < 5000) low.add(fingerprintOf(state, 0, 4, 2) & 255);
    }
    // Of 50,000 numbers below 2^32 that are drawn, a third of a pair is the same.
    expect(seen.size).toBeGreaterThan(50_000 - 4);
    expect(low.size).toBe(256);
    expect(fingerprintBits).toBe(32 + 8);
    const zeros = fingerprintOf(new Uint32Array(4), 0, 4, 1);
    expect(fingerprintOf(new Uint32Array(0), 0, 4, 1)).toBe(zeros);
    expect(fingerprintOf(new Uint32Array(4), 0, 4, 2)).not.toBe(zeros);
  });
});
