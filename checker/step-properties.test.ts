import { describe, expect, it } from 'vitest';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { CheckedProperty, StepProperty } from './system.types.ts';
import { counters, noArgs, noLimits, tinySystem } from './tiny-system.test-data.ts';
import type { TinySystem } from './tiny-system.test-data.ts';

/**
 * A purse of at most six coins: put one in, or take two out, which fails if there are fewer. A
 * purse that leaks loses its last coin when taking fails.
 */
function purse(kind: 'tight' | 'leaking'): TinySystem {
  return tinySystem({
    actions: ['put', 'take'],
    initial: [0],
    edges: ([n = 0]) => [
      ...(n < 6 ? [{ action: 0, to: [n + 1] }] : []),
      ...(n >= 2 ? [{ action: 1, args: [2, 0, 0, 0, 0] as const, to: [n - 2] }] : []),
    ],
    failing: ([n = 0]) => [
      ...(n < 6 ? [] : [{ action: 0, to: [n] }]),
      ...(n >= 2
        ? []
        : [{ action: 1, args: [2, 0, 0, 0, 0] as const, to: [kind === 'tight' ? n : 0] }]),
    ],
  });
}

const put = { action: 0, args: noArgs };
const take = { action: 1, args: [2, 0, 0, 0, 0] };

/** A step property that compares the coins before and after. */
function coins(
  { now }: TinySystem,
  failing: StepProperty['failing'],
  holds: (before: number, after: number, action: number) => boolean,
): CheckedProperty {
  let before = 0;
  return {
    kind: 'step',
    id: 'coins',
    failing,
    before() {
      [before = 0] = now();
    },
    holds: (action) => holds(before, now()[0] ?? 0, action),
  };
}

describe('a step property', () => {
  it('sees each transition with the state before and the state after', () => {
    const system = purse('tight');
    const steps: string[] = [];
    const watch = coins(system, 'skipped', (before, after) => steps.push(`${before}>${after}`) > 0);
    expect(search(system.system, [watch], noLimits)).toMatchObject({
      verdict: 'pass',
      attempts: 0,
    });
    expect(steps).toEqual([
      '0>1',
      '1>2',
      '2>3',
      '2>0',
      '3>4',
      '3>1',
      '4>5',
      '4>2',
      '5>6',
      '5>3',
      '6>4',
    ]);
  });

  it('is violated with a path that ends with the offending transition', () => {
    const system = purse('tight');
    const rich = coins(system, 'skipped', (before, after) => before < 4 || after > before);
    const result = search(system.system, [rich], noLimits);
    expect(result.violations).toEqual([{ property: 'coins', path: [put, put, put, put, take] }]);
    replayPath(system.system, result.violations[0]?.path ?? []);
    expect(system.now()).toEqual([2]);
  });

  it('is asked only until it is violated', () => {
    const { system, now } = counters([5, 5]);
    let asked = 0;
    const third: CheckedProperty = {
      kind: 'step',
      id: 'third',
      failing: 'skipped',
      before: () => undefined,
      holds() {
        asked += 1;
        return now().join() !== '2,0';
      },
    };
    const result = search(system, [third], noLimits);
    expect(result.violations).toEqual([{ property: 'third', path: [put, put] }]);
    // Three transitions until then; and the two of the state before, to find the one again.
    expect([asked, result.transitions]).toEqual([5, 6]);
  });
});

describe('a failing call', () => {
  const unchanged = (system: TinySystem, failing: StepProperty['failing']): CheckedProperty =>
    coins(
      system,
      failing,
      (before, after, action) => before >= 2 || action === 0 || before === after,
    );

  it('is tried and judged for a property that judges failures', () => {
    const system = purse('tight');
    const result = search(system.system, [unchanged(system, 'judged')], noLimits);
    expect(result).toMatchObject({ verdict: 'pass', transitions: 11, attempts: 3, taken: [6, 5] });
  });

  it('violates it if it changes something, and ends the path', () => {
    const system = purse('leaking');
    const result = search(system.system, [unchanged(system, 'judged')], noLimits);
    expect(result).toMatchObject({ verdict: 'fail', states: 3, attempts: 2 });
    expect(result.violations).toEqual([{ property: 'coins', path: [put, take] }]);
    replayPath(system.system, result.violations[0]?.path ?? []);
    expect(system.now()).toEqual([0]);
  });

  it('is not judged for a property that skips failures, next to one that judges them', () => {
    const system = purse('leaking');
    const judged = coins(system, 'judged', () => true);
    const result = search(system.system, [unchanged(system, 'skipped'), judged], noLimits);
    expect(result).toMatchObject({ verdict: 'pass', attempts: 3 });
  });

  it('reaches no goal', () => {
    const system = purse('leaking');
    const lost: CheckedProperty = {
      kind: 'sometimes-step',
      id: 'lost',
      before: () => undefined,
      reached: (action) => action === 1 && system.now()[0] === 6,
    };
    const judged = coins(system, 'judged', () => true);
    expect(search(system.system, [lost, judged], noLimits).unreached).toEqual(['lost']);
  });
});
