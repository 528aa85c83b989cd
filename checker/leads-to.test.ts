import { describe, expect, it } from 'vitest';
import { search } from './search.ts';
import type { CheckedProperty } from './system.types.ts';
import {
  noArgs,
  noLimits,
  tinySystem,
  type Edge,
  type TinySystem,
} from './tiny-system.test-data.ts';

const [work, rest] = [0, 1];

/** A number of things to do: work does one of them, rest may bring others. */
const jobs = (edges: (left: number) => readonly Edge[]): TinySystem =>
  tinySystem({ actions: ['work', 'rest'], initial: [3], edges: ([left = 0]) => edges(left) });

const done = ({ now }: TinySystem): CheckedProperty => ({
  kind: 'leads-to',
  id: 'done',
  arrived: () => now()[0] === 0,
  rank: () => now()[0] ?? 0,
  helps: (action) => action === work,
});

const resting = (left: number): readonly Edge[] =>
  left < 5 ? [{ action: rest, to: [left + 1] }] : [];

describe('what leads to an end', () => {
  it('holds if work is there wherever it is not done, whatever else may happen', () => {
    const system = jobs((left) => [
      ...(left > 0 ? [{ action: work, to: [left - 1] }] : []),
      ...resting(left),
    ]);
    expect(search(system.system, [done(system)], noLimits)).toMatchObject({
      verdict: 'pass',
      states: 6,
    });
  });

  it('is violated by a state from which nothing that helps goes on', () => {
    const system = jobs((left) => [
      ...(left === 3 || left === 2 ? [{ action: work, to: [left - 1] }] : []),
      ...resting(left),
    ]);
    const { violations } = search(system.system, [done(system)], noLimits);
    expect(violations).toEqual([{ property: 'done', path: [{ action: rest, args: noArgs }] }]);
  });

  it('is violated by work that goes round, and shows the step', () => {
    const system = jobs((left) => [
      ...(left > 0 ? [{ action: work, to: [left === 2 ? 3 : left - 1] }] : []),
      ...resting(left),
    ]);
    const { violations } = search(system.system, [done(system)], noLimits);
    expect(violations).toEqual([
      {
        property: 'done',
        path: [
          { action: work, args: noArgs },
          { action: work, args: noArgs },
        ],
      },
    ]);
  });
});
