import { describe, expect, it } from 'vitest';
import { createStateSet, sameBytes } from './state-set.ts';

describe('a set of states', () => {
  it('keeps distinct snapshots in the order in which they came', () => {
    const set = createStateSet();
    const [a, b] = [Uint16Array.of(1, 2), Uint16Array.of(2, 1)];
    expect([a, b, Uint16Array.of(1, 2)].map((state) => set.add(state))).toEqual([
      'added',
      'added',
      'known',
    ]);
    expect(set.states).toEqual([a, b]);
  });

  it('knows what is in it', () => {
    const set = createStateSet();
    set.add(Uint16Array.of(1, 0));
    expect(set.has(Uint16Array.of(1, 0))).toBe(true);
    expect(set.has(Uint16Array.of(0, 31))).toBe(false);
  });

  it('does not take snapshots of one hash for equal', () => {
    const set = createStateSet();
    // 31 * 1 + 0 = 31 * 0 + 31.
    set.add(Uint16Array.of(1, 0));
    expect(set.add(Uint16Array.of(0, 31))).toBe('added');
  });

  it('tells snapshots of different length apart', () => {
    expect(sameBytes(Uint16Array.of(0), Uint16Array.of(0, 0))).toBe(false);
    expect(sameBytes(Uint16Array.of(7), Uint16Array.of(7))).toBe(true);
  });
});
