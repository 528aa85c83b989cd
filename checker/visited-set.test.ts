import { describe, expect, it } from 'vitest';
import { hashState } from './packed-state.ts';
import { numbersFrom } from './tiny-system.test-data.ts';
import { createVisitedSet } from './visited-set.ts';
import type { VisitedSet } from './visited-set.ts';

const unlimited = { states: Infinity, memory: Infinity };
const partitioned = { partBits: 16, waitingBits: 3, distanceBits: 12 };
const small = { indexBits: 1, segmentBits: 3, batch: 5, partitionedFrom: 20, partitioned };

/** Adds the states in batches that are as full as they can be. */
function addAll(visited: VisitedSet, states: readonly (readonly number[])[]): void {
  const size = visited.batch.length / (states[0]?.length ?? 1);
  for (let from = 0; from < states.length; from += size) {
    const some = states.slice(from, from + size);
    visited.batch.set(some.flat());
    visited.add(some.length);
  }
}

function stored(visited: VisitedSet, state: number, words: number): readonly number[] {
  const at = visited.offset(state);
  return [...visited.segment(state).subarray(at, at + words)];
}

describe('the visited set', () => {
  it('keeps states in the order in which they were added, each once', () => {
    const visited = createVisitedSet(2, unlimited, small);
    addAll(visited, [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 0],
      [2 ** 32 - 1, 2 ** 31],
    ]);
    addAll(visited, [
      [0, 1],
      [5, 5],
    ]);
    expect(visited.count()).toBe(5);
    const states = [0, 1, 2, 3, 4].map((state) => stored(visited, state, 2));
    expect(states).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [2 ** 32 - 1, 2 ** 31],
      [5, 5],
    ]);
  });

  it('agrees with a Map while it grows from one slot to many', () => {
    const next = numbersFrom(1);
    const visited = createVisitedSet(3, unlimited, small);
    const expected = new Map<string, readonly number[]>();
    const states = Array.from({ length: 60_000 }, () => [next() % 40, next() % 40, next() % 40]);
    for (const state of states) expected.set(state.join(), state);
    addAll(visited, states);
    const found = Array.from({ length: visited.count() }, (_, state) => stored(visited, state, 3));
    expect(found).toEqual([...expected.values()]);
    expect(found.length).toBeGreaterThan(30_000);
  });

  it('tells states apart whose hashes are equal', () => {
    const next = numbersFrom(2);
    const byHash = new Map<number, readonly number[]>();
    const twins: (readonly number[])[] = [];
    for (let tries = 0; tries < 300_000; tries += 1) {
      const state = [next(), next()];
      const hash = hashState(Uint32Array.from(state), 0, 2);
      const other = byHash.get(hash);
      if (other !== undefined) twins.push(other, state);
      byHash.set(hash, state);
    }
    expect(twins.length).toBeGreaterThan(6);
    const visited = createVisitedSet(2, unlimited, small);
    addAll(visited, [...twins, ...twins]);
    const found = Array.from({ length: visited.count() }, (_, state) => stored(visited, state, 2));
    expect(found).toEqual(twins);
  });

  it('finds states again whose search goes past the last slot of the index', () => {
    const last = Array.from({ length: 400_000 }, (_, n) => n).filter(
      (n) => hashState(Uint32Array.of(n), 0, 1) >>> 22 === 1023,
    );
    expect(last.length).toBeGreaterThan(100);
    const visited = createVisitedSet(1, unlimited, {
      ...small,
      ...{ indexBits: 10, segmentBits: 8, batch: 16 },
    });
    addAll(
      visited,
      [...last, ...last].map((n) => [n]),
    );
    expect(visited.count()).toBe(last.length);
  });

  it('refuses a layout that is out of range', () => {
    const make = (layout: object) => () => createVisitedSet(1, unlimited, { ...small, ...layout });
    expect(make({ indexBits: 0 })).toThrow('indexBits is 0, but must be an integer from 1 to 30');
    expect(make({ indexBits: 31 })).toThrow(RangeError);
    expect(make({ segmentBits: -1 })).toThrow(RangeError);
    expect(make({ segmentBits: 25 })).toThrow(RangeError);
    expect(make({ batch: 0 })).toThrow(RangeError);
    expect(make({ batch: 1.5 })).toThrow(RangeError);
    expect(() => createVisitedSet(0, unlimited, small)).toThrow('words is 0');
  });
});
