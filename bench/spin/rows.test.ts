import { describe, expect, it } from 'vitest';
import { declareTable, lowest } from './rows.ts';

describe('a table in the state vector', () => {
  it('gives neighbouring columns bits of their own', () => {
    const text = declareTable('mt', 2, [
      ['namespace', 2],
      ['parent', 3],
      ['root', 4],
    ]);
    expect(text).toContain('#define mt_parent(row) ((mt[(row)-1] >> 2) & 3)');
    expect(text).toContain('#define MT_root_mask 112');
    expect(text).toContain('byte mt[2];');
  });

  it('takes the smallest cell that holds a row', () => {
    expect(declareTable('a', 1, [['x', 255]])).toContain('byte a[1];');
    expect(declareTable('a', 1, [['x', 256]])).toContain('short a[1];');
    expect(declareTable('a', 1, [['x', 2 ** 15]])).toContain('int a[1];');
  });

  it('refuses a row that fits no cell', () => {
    expect(() => declareTable('a', 1, [['x', 2 ** 31]])).toThrow(RangeError);
  });

  it('writes the rows that exist at the start', () => {
    const columns = [
      ['x', 1],
      ['y', 3],
    ] as const;
    expect(declareTable('a', 2, columns, [[1, 3]])).toContain('byte a[2] = { 7, 0 };');
  });
});

describe('the lowest row', () => {
  it('asks in ascending order and leaves the last one unasked', () => {
    expect(lowest(3, (row) => `free(${row})`)).toBe('(free(1) -> 1 : (free(2) -> 2 : 3))');
  });
});
