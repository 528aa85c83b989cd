import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('the nearest name', () => {
  it('counts insertions, deletions, replacements and swaps of neighbours', () => {
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('close', 'close')).toBe(0);
    expect(editDistance('clsoe', 'close')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('dup', 'dump')).toBe(1);
  });

  it('is a slip away, or there is none', () => {
    expect(nearest('ENONET', ['EEXIST', 'ENOENT'])).toBe('ENOENT');
    expect(nearest('CLOSE', ['close'])).toBe('close');
    expect(nearest('open', ['fork', 'close'])).toBeNull();
    expect(nearest('', ['fork'])).toBeNull();
    expect(nearest('x'.repeat(65), ['x'.repeat(65)])).toBeNull();
  });

  it('is the earlier of two that are equally near', () => {
    expect(nearest('dap', ['dup', 'dip'])).toBe('dup');
  });
});
