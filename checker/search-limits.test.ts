import { describe, expect, it } from 'vitest';
import { search } from './search.ts';
import type { CheckedProperty } from './system.types.ts';
import { counters, noLimits } from './tiny-system.test-data.ts';

describe('the limit on states', () => {
  const { system, now } = counters([10, 10]);

  it('is no hindrance if it is just met', () => {
    expect(search(system, [], { ...noLimits, states: 100 })).toMatchObject({
      verdict: 'pass',
      states: 100,
    });
  });

  it('ends the search as inconclusive with exactly so many states', () => {
    for (const states of [1, 2, 50, 99]) {
      const result = search(system, [], { ...noLimits, states });
      expect(result).toMatchObject({ verdict: 'inconclusive', limit: 'states', states });
    }
  });

  it('leaves a violation that was found before a failure', () => {
    // The first step from [1, 0] is violated; the limit keeps out [0, 2], which comes later.
    const low: CheckedProperty = {
      kind: 'step',
      id: 'low',
      failing: 'skipped',
      before: () => undefined,
      holds: () => now()[0] !== 2,
    };
    const result = search(system, [low], { ...noLimits, states: 5 });
    expect(result).toMatchObject({ verdict: 'fail', limit: 'states', states: 5 });
    expect(result.violations).toMatchObject([{ property: 'low' }]);
  });

  it('says which goals were not reached, and does not hold it against the system', () => {
    const goal = (id: string, n: number) =>
      ({ kind: 'sometimes', id, reached: () => now()[0] === n }) as const;
    const result = search(system, [goal('near', 1), goal('far', 9)], { ...noLimits, states: 20 });
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      witnesses: [{ property: 'near' }],
      unreached: ['far'],
    });
  });

  it('gives the depth of the deepest state that was found', () => {
    expect(search(system, [], { ...noLimits, states: 1 }).depth).toBe(0);
    expect(search(system, [], { ...noLimits, states: 3 }).depth).toBe(1);
    expect(search(system, [], { ...noLimits, states: 4 }).depth).toBe(2);
  });
});

describe('the limit on memory', () => {
  const { system } = counters([30, 30, 30]);
  const layout = { indexBits: 4, segmentBits: 4, batch: 4 };

  it('ends the search as inconclusive, the sooner the lower it is', () => {
    const found = [5_000, 50_000, 500_000].map((memory) =>
      search(system, [], { ...noLimits, memory }, undefined, layout),
    );
    for (const result of found.slice(0, 2)) {
      expect(result).toMatchObject({ verdict: 'inconclusive', limit: 'memory' });
    }
    // A state takes three words here, and its slot in the index one to three more.
    expect(found[0]?.states).toBeGreaterThan(5_000 / 32);
    expect(found[0]?.states).toBeLessThan(5_000 / 16);
    expect(found[1]?.states).toBeGreaterThan(50_000 / 32);
    expect(found[1]?.states).toBeLessThan(50_000 / 16);
    expect(found[2]?.states).toBeGreaterThan(500_000 / 32);
  });

  it('can keep out the initial state', () => {
    const result = search(system, [], { ...noLimits, memory: 1 });
    expect(result).toMatchObject({ verdict: 'inconclusive', limit: 'memory', states: 0, depth: 0 });
  });

  it('is no hindrance if it suffices', () => {
    const result = search(system, [], { ...noLimits, memory: 5_000_000 }, undefined, layout);
    expect(result).toMatchObject({ verdict: 'pass', states: 27_000 });
  });
});

describe('the request to stop', () => {
  it('is heard before the first state is expanded', () => {
    const { system } = counters([3]);
    expect(search(system, [], { ...noLimits, stop: () => true })).toMatchObject({
      verdict: 'inconclusive',
      limit: 'stop',
      states: 1,
      transitions: 0,
    });
  });

  it('is heard every few thousand states, and what was visited by then counts', () => {
    // Of the 10,000 states, the 1,830 last are at distance 139 and more: the one to be judged too.
    const { system } = counters([100, 100]);
    let asked = 0;
    const stop = (): boolean => (asked += 1) === 3;
    const result = search(system, [], { ...noLimits, stop });
    expect(result).toMatchObject({ limit: 'stop', transitions: 2 * 2 * 4096, depth: 140 });
    expect(result.states).toBeGreaterThan(2 * 4096);
  });

  it('is not asked too often', () => {
    const { system } = counters([100, 100]);
    let asked = 0;
    search(system, [], { ...noLimits, stop: () => (asked += 1) < 0 });
    expect(asked).toBe(3);
  });
});
