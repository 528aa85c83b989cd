import { describe, expect, it } from 'vitest';
import { bytesOfPartitioned, leastSlotBits } from './partitioned-layout.ts';
import type { PartitionedLayout } from './partitioned-layout.ts';
import { numbersFrom } from './tiny-system.test-data.ts';
import { createVisitedSet } from './visited-set.ts';
import type { VisitedSet } from './visited-set.ts';

const unlimited = { states: Infinity, memory: Infinity };
const partitioned: PartitionedLayout = { partBits: 14, waitingBits: 4, distanceBits: 12 };
const layout = { indexBits: 4, segmentBits: 6, batch: 50, partitionedFrom: 6, partitioned };

type Pair = readonly [number, number];

/** The states that are added, batch by batch. */
function addAll(visited: VisitedSet, states: readonly Pair[]): void {
  for (let from = 0; from < states.length; from += 50) {
    const some = states.slice(from, from + 50);
    visited.batch.set(some.flat());
    visited.add(some.length);
  }
  visited.settle();
}

function stored(visited: VisitedSet): readonly string[] {
  return Array.from({ length: visited.count() }, (_, state) => {
    const at = visited.offset(state);
    return visited
      .segment(state)
      .subarray(at, at + 2)
      .join();
  });
}

/** Random states, most of them many times. */
function randomStates(count: number, [low, high]: Pair, seed: number): readonly Pair[] {
  const next = numbersFrom(seed);
  const some = Array.from({ length: count }, (): Pair => [next() % 2 ** low, next() % 2 ** high]);
  return Array.from({ length: 3 * count }, () => some[next() % count] ?? [0, 0]);
}

const distinct = (states: readonly Pair[]): readonly string[] =>
  [...new Set(states.map(String))].sort();

describe('the partitioned index', () => {
  it.each([[[20, 15]], [[32, 3]], [[16, 16]], [[31, 1]], [[32, 6]]] satisfies [Pair][])(
    'finds what a Set finds where words have %j bits in use',
    (widths) => {
      const states = randomStates(20_000, widths, widths[1]);
      const visited = createVisitedSet(2, unlimited, layout, widths);
      addAll(visited, states);
      expect(visited.isPartitioned()).toBe(true);
      expect([...stored(visited)].sort()).toEqual(distinct(states));
    },
  );

  it('finds as much however many states wait for a part, more than it sifts at once, too', () => {
    const states = randomStates(20_000, [20, 15], 4);
    for (const waitingBits of [1, 9, 10, 13]) {
      const roomy = { ...layout, partitioned: { ...partitioned, waitingBits } };
      const visited = createVisitedSet(2, unlimited, roomy, [20, 15]);
      addAll(visited, states);
      expect([...stored(visited)].sort()).toEqual(distinct(states));
    }
  });

  it('grows when it is full, with states waiting for parts that then are others', () => {
    // So many of so few that some differ in one bit that the slot has to keep.
    const widths: Pair = [20, 11];
    const states = randomStates(300_000, widths, 5);
    const visited = createVisitedSet(2, unlimited, layout, widths);
    const before = visited.bytes();
    addAll(visited, states);
    expect([...stored(visited)].sort()).toEqual(distinct(states));
    expect(visited.bytes() - before).toBeGreaterThan(bytesOfPartitioned(18, partitioned));
  });

  it('grows when a state would stand too far from where it belongs', () => {
    const widths: Pair = [18, 14];
    // With one bit a state stands where it belongs or nowhere, also when the index is filled anew.
    const states = randomStates(4_000, widths, 6);
    const bytes = [12, 1].map((distanceBits) => {
      const narrow = {
        ...layout,
        partitionedFrom: 13,
        partitioned: { ...partitioned, distanceBits },
      };
      const visited = createVisitedSet(2, unlimited, narrow, widths);
      addAll(visited, states);
      expect([...stored(visited)].sort()).toEqual(distinct(states));
      return visited.bytes();
    });
    expect(bytes[1]).toBeGreaterThan(2 * (bytes[0] ?? Infinity));
  });

  it('looks up at its own time: at the latest when it is told to settle', () => {
    const visited = createVisitedSet(2, unlimited, layout, [20, 15]);
    addAll(visited, randomStates(100, [20, 15], 7));
    expect(visited.isPartitioned()).toBe(true);
    const before = visited.count();
    visited.batch.set([1, 1]);
    visited.add(1);
    expect(visited.count()).toBe(before);
    visited.settle();
    expect(visited.count()).toBe(before + 1);
  });

  it('keeps to the limit on states', () => {
    const visited = createVisitedSet(2, { ...unlimited, states: 700 }, layout, [20, 15]);
    addAll(visited, randomStates(2_000, [20, 15], 8));
    expect([visited.count(), visited.limit()]).toEqual([700, 'states']);
  });

  it('keeps to the limit on memory, and is not made where it does not fit', () => {
    const states = randomStates(400_000, [18, 14], 9);
    const bytes = bytesOfPartitioned(16, partitioned) + 20_000;
    const full = createVisitedSet(2, { ...unlimited, memory: bytes }, layout, [18, 14]);
    addAll(full, states);
    expect([full.isPartitioned(), full.limit()]).toEqual([true, 'memory']);
    expect(full.count()).toBeGreaterThan(1000);
    const plain = createVisitedSet(2, { ...unlimited, memory: 50_000 }, layout, [18, 14]);
    addAll(plain, states);
    expect([plain.isPartitioned(), plain.limit()]).toEqual([false, 'memory']);
  });

  it('is for states of two words whose halves V8 keeps as whole numbers', () => {
    const least = (widths: readonly number[]) => leastSlotBits(widths, partitioned);
    expect(least([])).toBeUndefined();
    expect(least([32])).toBeUndefined();
    expect(least([32, 32, 1])).toBeUndefined();
    expect(least([20, 10])).toBeUndefined();
    expect(least([10, 32])).toBeUndefined();
    expect(least([20, 11])).toBe(16);
    expect(least([32, 12])).toBe(24);
    expect(least([32, 18])).toBe(30);
    expect(least([32, 19])).toBeUndefined();
  });
});
