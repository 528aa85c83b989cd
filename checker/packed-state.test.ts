import { describe, expect, it } from 'vitest';
import { copyState, hashState, sameState } from './packed-state.ts';

const widths = [1, 2, 3, 4, 5, 6, 7];

/** All of 64 x 64 states that differ in (at most) two words. */
function block(words: number, one: number, other: number, shift: number): readonly Uint32Array[] {
  return Array.from({ length: 4096 }, (_, n) => {
    const state = new Uint32Array(words);
    state[one] = (n & 63) << shift;
    state[other] = one === other ? n << (shift >> 1) : (n >>> 6) << shift;
    return state;
  });
}

describe('the hash of a state', () => {
  it.each(widths)('spreads states of %i words that differ in few bits over all slots', (words) => {
    for (let one = 0; one < words; one += 1) {
      for (let other = one; other < words; other += 1) {
        for (const shift of [0, 13, 26]) {
          const hashes = block(words, one, other, shift).map((state) => hashState(state, 0, words));
          // Chance would hit 63 of 100.
          expect(new Set(hashes.map((hash) => hash >>> 20)).size).toBeGreaterThan(0.6 * 4096);
          expect(new Set(hashes.map((hash) => hash & 0xfff)).size).toBeGreaterThan(0.6 * 4096);
          expect(new Set(hashes).size).toBeGreaterThan(4090);
        }
      }
    }
  });

  it('reads the state only, wherever it stands', () => {
    for (const words of widths) {
      const state = Array.from({ length: words }, (_, i) => 1000 + i);
      const alone = hashState(Uint32Array.from(state), 0, words);
      expect(hashState(Uint32Array.from([9, 9, ...state, 9]), 2, words)).toBe(alone);
    }
  });
});

describe('two states', () => {
  it.each(widths)('of %i words are the same if all words are', (words) => {
    const state = Array.from({ length: words }, (_, i) => 1000 + i);
    const [a, b] = [Uint32Array.from([1, ...state, 2]), Uint32Array.from([3, 4, ...state, 5])];
    expect(sameState(a, 1, b, 2, words)).toBe(true);
    for (let word = 0; word < words; word += 1) {
      const other = Uint32Array.from(state.with(word, 0));
      expect(sameState(a, 1, other, 0, words)).toBe(false);
    }
  });
});

it.each([1, 2, 3, 4, 5, 7])('copies all of a state of %i words, and nothing besides', (words) => {
  const from = Uint32Array.from({ length: words + 2 }, (_, k) => 10 + k);
  const to = new Uint32Array(words + 2);
  copyState(from, 1, to, 1, words);
  expect([...to]).toEqual([0, ...from.subarray(1, 1 + words), 0]);
});

it.each(widths)('what stands behind the words that there are counts as 0, of %i', (words) => {
  const nothing = new Uint32Array(0);
  const to = new Uint32Array(words).fill(9);
  copyState(nothing, 0, to, 0, words);
  expect([...to]).toEqual(Array(words).fill(0));
  expect(hashState(nothing, 0, words)).toBe(hashState(to, 0, words));
});
