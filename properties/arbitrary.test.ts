import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choiceLimit, choicesArbitrary, sampleRuns } from './arbitrary.ts';

describe('sampled runs', () => {
  it('are as many and as long as was asked for, within the limit', () => {
    const runs = sampleRuns(1, 7, 20);
    expect(runs.map((run) => run.length)).toEqual(Array.from({ length: 7 }, () => 20));
    for (const part of runs.flat(2)) {
      expect(Number.isInteger(part) && part >= 0 && part <= choiceLimit).toBe(true);
    }
    expect(new Set(runs.flat().map((choice) => choice.length))).toEqual(new Set([5]));
  });

  it('are the same for the same seed, and a longer sample begins with them', () => {
    const runs = sampleRuns(42, 5, 10);
    expect(sampleRuns(42, 5, 10)).toEqual(runs);
    expect(sampleRuns(42, 9, 10).slice(0, 5)).toEqual(runs);
    expect(sampleRuns(43, 5, 10)).not.toEqual(runs);
    expect(runs[0]).not.toEqual(runs[1]);
  });

  it('do not prefer the ends of the range', () => {
    const parts = sampleRuns(3, 100, 20).flat(2);
    const atEnds = parts.filter((part) => part < 16 || part > choiceLimit - 16);
    expect(atEnds.length).toBeLessThan(parts.length / 200);
    expect(parts.filter((part) => part % 2 === 1).length).toBeGreaterThan(parts.length * 0.45);
  });
});

describe('runs that fail', () => {
  it('shrink to the calls that matter and to simple choices', () => {
    const found = fc.check(
      fc.property(choicesArbitrary(30), (run) => !run.some(([, what]) => what >= 1000)),
      { seed: 7, numRuns: 200 },
    );
    expect(found.counterexample).toEqual([[[0, 1000, 0, 0, 0]]]);
  });

  it('are of every length up to the longest', () => {
    const lengths = fc.sample(choicesArbitrary(8), { seed: 5, numRuns: 400 }).map((r) => r.length);
    expect([...new Set(lengths)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
