import { describe, expect, it } from 'vitest';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { CheckedProperty } from './system.types.ts';
import { counters, noArgs, noLimits, tinySystem } from './tiny-system.test-data.ts';
import type { Edge } from './tiny-system.test-data.ts';

const [idle, wanting, critical] = [0, 1, 2];

/** Two processes at a lock: pc0, pc1, lock. The broken one looks at the lock and takes it in two steps. */
function mutex(kind: 'sound' | 'broken') {
  const process = (state: readonly number[], p: number): readonly Edge[] => {
    const move = (action: number, pc: number, lock: number): Edge => ({
      action,
      args: [p, 0, 0, 0, 0],
      to: state.with(p, pc).with(2, lock),
    });
    const [pc, lock = 0] = [state[p], state[2]];
    if (pc === wanting) return [move(1, critical, 1)];
    if (pc === critical) return [move(2, idle, 0)];
    if (lock === 1) return [];
    return kind === 'sound' ? [move(1, critical, 1)] : [move(0, wanting, lock)];
  };
  return tinySystem({
    actions: ['look', 'enter', 'leave'],
    initial: [idle, idle, 0],
    edges: (state) => [...process(state, 0), ...process(state, 1)],
  });
}

describe('an always property', () => {
  it('holds in a mutex that is sound', () => {
    const { system, now } = mutex('sound');
    const exclusion: CheckedProperty = {
      kind: 'always',
      id: 'exclusion',
      holds: () => now()[0] !== critical || now()[1] !== critical,
    };
    expect(search(system, [exclusion], noLimits)).toMatchObject({ verdict: 'pass', states: 3 });
  });

  it('is violated in one that is not, and the shortest path shows how', () => {
    const { system, now } = mutex('broken');
    const exclusion: CheckedProperty = {
      kind: 'always',
      id: 'exclusion',
      holds: () => now()[0] !== critical || now()[1] !== critical,
    };
    const result = search(system, [exclusion], noLimits);
    expect(result.verdict).toBe('fail');
    expect(result.violations).toEqual([
      {
        property: 'exclusion',
        path: [
          { action: 0, args: [0, 0, 0, 0, 0] },
          { action: 0, args: [1, 0, 0, 0, 0] },
          { action: 1, args: [0, 0, 0, 0, 0] },
          { action: 1, args: [1, 0, 0, 0, 0] },
        ],
      },
    ]);
    replayPath(system, result.violations[0]?.path ?? []);
    expect(now()).toEqual([critical, critical, 1]);
  });

  it('is evaluated once in every state, with that state current', () => {
    const { system, now } = counters([4, 5]);
    const seen: string[] = [];
    const watch = (): boolean => seen.push(now().join()) > 0;
    search(system, [{ kind: 'always', id: 'watch', holds: watch }], noLimits);
    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
  });

  it('can be violated by the initial state, which then is not expanded', () => {
    const { system } = counters([4, 5]);
    const result = search(system, [{ kind: 'always', id: 'never', holds: () => false }], noLimits);
    expect(result).toMatchObject({ states: 1, transitions: 0, depth: 0 });
    expect(result.violations).toEqual([{ property: 'never', path: [] }]);
  });
});

describe('a violation', () => {
  const { system, now } = counters([10, 10]);
  const below = (id: string, counter: number, n: number): CheckedProperty => ({
    kind: 'always',
    id,
    holds: () => (now()[counter] ?? 0) < n,
  });
  const never = (id: string, from: number): CheckedProperty => ({
    kind: 'step',
    id,
    failing: 'skipped',
    before: () => undefined,
    holds: () => now()[1] !== from,
  });

  it('ends the search after all with paths of that length, in the order of the properties', () => {
    const result = search(
      system,
      [never('step', 3), below('later', 0, 4), below('second', 1, 3), below('first', 0, 3)],
      noLimits,
    );
    // The step is one from distance 2, so none of the states at distance 3 is expanded.
    expect(result.violations.map(({ property, path }) => [property, path.length])).toEqual([
      ['step', 3],
      ['second', 3],
      ['first', 3],
    ]);
    expect(result.depth).toBe(3);
  });

  it('at the end of a level leaves the states behind it unjudged', () => {
    const sum: CheckedProperty = {
      kind: 'always',
      id: 'sum',
      holds: () => (now()[0] ?? 0) + (now()[1] ?? 0) !== 4,
    };
    const result = search(system, [below('last', 1, 3), sum], noLimits);
    expect(result.violations.map(({ property }) => property)).toEqual(['last']);
    expect(result.depth).toBe(4);
  });

  it('of a step leaves the states behind the steps of that length to be judged', () => {
    const result = search(system, [below('first', 0, 3), never('step', 3)], noLimits);
    expect(result.violations.map(({ property }) => property)).toEqual(['first', 'step']);
    expect(result).toMatchObject({ states: 10, transitions: 12, depth: 3 });
  });

  it('is reported once for each property, the first to be found', () => {
    let asked = 0;
    const sum: CheckedProperty = {
      kind: 'always',
      id: 'sum',
      holds: () => (asked += 1) > 0 && (now()[0] ?? 0) + (now()[1] ?? 0) < 3,
    };
    const up = { action: 0, args: noArgs };
    const { violations } = search(system, [sum], noLimits);
    expect(violations).toEqual([{ property: 'sum', path: [up, up, up] }]);
    // The states before distance 3, and the first one at it.
    expect(asked).toBe(7);
  });

  it('spares the goals that were not reached before it', () => {
    const far: CheckedProperty = { kind: 'sometimes', id: 'far', reached: () => now()[0] === 9 };
    expect(search(system, [far, below('first', 0, 3)], noLimits)).toMatchObject({
      verdict: 'fail',
      witnesses: [],
      unreached: [],
    });
  });
});

describe('a goal', () => {
  const { system, now } = counters([5, 5]);
  const goal = (id: string, reached: () => boolean): CheckedProperty => ({
    kind: 'sometimes',
    id,
    reached,
  });

  it('comes with a shortest path to it', () => {
    const result = search(system, [goal('corner', () => now().join() === '4,3')], noLimits);
    expect(result.verdict).toBe('pass');
    expect(result.witnesses[0]?.steps).toBe(7);
    replayPath(system, result.witnesses[0]?.path() ?? []);
    expect(now()).toEqual([4, 3]);
  });

  it('fails a complete search that does not reach it', () => {
    const goals = [goal('start', () => true), goal('five', () => now()[0] === 5)];
    expect(search(system, goals, noLimits)).toMatchObject({
      verdict: 'fail',
      states: 25,
      violations: [],
      witnesses: [{ property: 'start', steps: 0 }],
      unreached: ['five'],
    });
  });

  it('is not asked for any more once it is reached', () => {
    let asked = 0;
    search(system, [goal('third', () => (asked += 1) === 3)], noLimits);
    expect(asked).toBe(3);
  });
});

describe('a goal of a step', () => {
  const { system, now } = counters([5, 5]);
  let from: readonly number[] = [];
  const overflow = (size: number, before: () => void): CheckedProperty => ({
    kind: 'sometimes-step',
    id: 'overflow',
    before,
    reached: (_action, counter) => from[counter] === size - 1 && now()[counter] === 0,
  });
  const note = (): void => {
    from = now();
  };

  it('comes with a shortest path that ends with the step, and does not end the search', () => {
    const result = search(system, [overflow(5, note)], noLimits);
    expect(result).toMatchObject({ verdict: 'pass', states: 25, transitions: 50 });
    expect(result.witnesses).toMatchObject([{ property: 'overflow', steps: 5 }]);
    expect(result.witnesses[0]?.path()).toEqual(
      Array.from({ length: 5 }, () => ({ action: 0, args: noArgs })),
    );
  });

  it('fails a complete search that does not reach it', () => {
    const result = search(system, [overflow(6, note)], noLimits);
    expect(result).toMatchObject({ verdict: 'fail', unreached: ['overflow'] });
  });

  it('is not asked for any more once it is reached', () => {
    let asked = 0;
    const before = (): void => {
      note();
      asked += 1;
    };
    search(system, [overflow(5, before)], noLimits);
    // The ten states below distance 4, and the first one at it.
    expect(asked).toBe(11);
  });
});
