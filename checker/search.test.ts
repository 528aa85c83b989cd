import { describe, expect, it } from 'vitest';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { Progress } from './system.types.ts';
import { counters, noArgs, noLimits, tinySystem } from './tiny-system.test-data.ts';

describe('the counts of a complete search', () => {
  it('are those of a grid of counters', () => {
    const { system } = counters([3, 4, 5]);
    const { bytes, ...counted } = search(system, [], noLimits);
    expect(bytes).toBeGreaterThan(60 * 3 * 4);
    expect(counted).toEqual({
      verdict: 'pass',
      states: 60,
      omission: 0,
      transitions: 180,
      attempts: 0,
      depth: 2 + 3 + 4,
      taken: [180],
      violations: [],
      witnesses: [],
      unreached: [],
    });
  });

  it('include self-loops among the transitions, but not among the states', () => {
    const { system } = counters([1, 2]);
    expect(search(system, [], noLimits)).toMatchObject({ states: 2, transitions: 4, depth: 1 });
  });

  it('are right for a state that can do nothing', () => {
    const { system } = tinySystem({ actions: [], initial: [0], edges: () => [] });
    expect(search(system, [], noLimits)).toMatchObject({
      verdict: 'pass',
      states: 1,
      transitions: 0,
      depth: 0,
      taken: [],
    });
  });

  it('tell the all-zero state from a free slot', () => {
    const { system } = tinySystem({
      actions: ['down'],
      initial: [3],
      edges: ([n = 0]) => [{ action: 0, to: [n === 0 ? 3 : n - 1] }],
    });
    expect(search(system, [], noLimits)).toMatchObject({ states: 4, transitions: 4, depth: 3 });
  });

  it('are kept for each action', () => {
    const { system } = tinySystem({
      actions: ['never', 'up', 'back'],
      initial: [0],
      edges: ([n = 0]) => [...(n < 5 ? [{ action: 1, to: [n + 1] }] : []), { action: 2, to: [0] }],
    });
    expect(search(system, [], noLimits).taken).toEqual([0, 5, 6]);
  });

  it('come from an expansion that tells no transitions where none is judged', () => {
    const { system } = counters([3, 4]);
    let unasked = 0;
    const told: typeof system = {
      ...system,
      expandUnasked(visit, repeat) {
        unasked += 1;
        system.expand(visit, repeat);
      },
    };
    expect(search(told, [], noLimits)).toMatchObject({ states: 12, transitions: 24 });
    expect(unasked).toBe(12);
    const step = { kind: 'step', id: 'any', failing: 'skipped' } as const;
    search(told, [{ ...step, before: () => undefined, holds: () => true }], noLimits);
    expect(unasked).toBe(12);
  });

  it('do not depend on the layout of the visited set', () => {
    const { system } = counters([7, 6, 5, 4]);
    const { bytes, ...usual } = search(system, [], noLimits);
    expect(bytes).toBeGreaterThan(840 * 4 * 4);
    for (const batch of [1, 3, 1000]) {
      const layout = { indexBits: 1, segmentBits: 0, batch };
      expect(search(system, [], noLimits, undefined, layout)).toMatchObject(usual);
    }
    expect(usual.states).toBe(840);
  });
});

describe('progress', () => {
  it('is told at regular numbers of states', () => {
    const told: Progress[] = [];
    const { system } = counters([50, 50, 20]);
    search(system, [], noLimits, (progress) => told.push(progress));
    expect(told.map(({ transitions }) => transitions)).toEqual([3 * 16384, 3 * 32768, 3 * 49152]);
    for (const { states, transitions, depth, frontier } of told) {
      expect(frontier).toBe(states - transitions / 3);
      expect(frontier).toBeGreaterThan(0);
      expect(depth).toBeGreaterThan(0);
    }
  });
});

describe('a system that breaks its contract', () => {
  it('is caught when it visits an action that it does not name', () => {
    const { system } = tinySystem({
      actions: ['one'],
      initial: [0],
      edges: () => [{ action: 1, to: [0] }],
    });
    expect(() => search(system, [], noLimits)).toThrow('does not name');
  });

  it('is caught when a path cannot be walked again', () => {
    let time = 0;
    const { system, now } = tinySystem({
      actions: ['jump'],
      initial: [0],
      edges: () => [{ action: 0, to: [(time += 1)] }],
    });
    const goal = { kind: 'sometimes', id: 'far', reached: () => now()[0] === 5 } as const;
    const [witness] = search(system, [goal], { ...noLimits, states: 10 }).witnesses;
    expect(() => witness?.path()).toThrow('expands differently');
  });
});

describe('the path to a state', () => {
  it('takes the first of the transitions between two states', () => {
    const { system, now } = tinySystem({
      actions: ['stay', 'first', 'second'],
      initial: [0],
      edges: ([n = 0]) => [
        { action: 0, to: [n] },
        { action: 1, args: [n, 2, 3, 4, 5], to: [1] },
        { action: 2, to: [1] },
      ],
    });
    const goal = { kind: 'sometimes', id: 'one', reached: () => now()[0] === 1 } as const;
    const [witness] = search(system, [goal], noLimits).witnesses;
    expect(witness?.path()).toEqual([{ action: 1, args: [0, 2, 3, 4, 5] }]);
  });
});

describe('replaying a path', () => {
  const { system, now } = counters([3, 3]);
  const step = (counter: number) => ({ action: 0, args: [counter, 0, 0, 0, 0] }) as const;

  it('makes the state at its end current, and shows every state on the way', () => {
    const seen: unknown[] = [];
    replayPath(system, [step(0), step(1), step(0)], (place) => seen.push([place, now()]));
    expect(now()).toEqual([2, 1]);
    expect(seen).toEqual([
      [0, [1, 0]],
      [1, [1, 1]],
      [2, [2, 1]],
    ]);
  });

  it('starts from the initial state', () => {
    replayPath(system, [step(0)]);
    replayPath(system, []);
    expect(now()).toEqual([0, 0]);
  });

  it('refuses an action that is not enabled, and says which', () => {
    expect(() => {
      replayPath(system, [step(0), step(2)]);
    }).toThrow('action 1 of the path is not enabled: count(2, 0, 0, 0, 0)');
  });

  it('takes a failing call at the end, but not before', () => {
    const failing = tinySystem({
      actions: ['work', 'fail'],
      initial: [0],
      edges: ([n = 0]) => [{ action: 0, to: [n + 1] }],
      failing: ([n = 0]) => [{ action: 1, to: [n + 100] }],
    });
    const work = { action: 0, args: noArgs };
    const fail = { action: 1, args: noArgs };
    replayPath(failing.system, [work, fail]);
    expect(failing.now()).toEqual([101]);
    expect(() => {
      replayPath(failing.system, [fail, work]);
    }).toThrow('action 0 of the path is not enabled: fail');
  });
});
