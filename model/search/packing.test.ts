import { describe, expect, it } from 'vitest';
import { charts } from '../charts/index.ts';
import { profiles } from '../index.ts';
import { createTables } from '../state/tables.ts';
import { digitsOf } from './digits.ts';
import { generatedPacking, keyOf, plainPacking } from './packing.ts';

function tablesOf(size: number, words: number) {
  const bounds = {
    processes: size,
    descriptors: size,
    descriptions: size,
    objects: size,
    elements: 1,
    superblocks: 1,
    inodes: size,
    dentries: size,
    mounts: size,
    namespaces: size,
  };
  const around = {
    hostDentries: 2,
    names: 5,
    wordIds: words,
    paths: 5,
    cgroupRoot: 0,
    cgroups: [],
  };
  return createTables(bounds, around, profiles['linux-4.4'], charts);
}

const worlds = [
  { name: 'a small world', tables: tablesOf(2, 1) },
  { name: 'one whose numbers need a digit of their own', tables: tablesOf(9, 40) },
  { name: 'one with cells of two bytes', tables: tablesOf(3, 700) },
];

describe.each(worlds)('packing $name', ({ tables }) => {
  const { cells, words, fields } = tables;
  const copy = new Uint32Array(words.length);
  const key = keyOf(tables, ['dentry', 'mount']);
  const generated = generatedPacking(tables, copy, key);
  const plain = plainPacking(cells, fields);
  const digits = digitsOf(cells, fields);

  it('gives every digit room for its values, and none overlaps another', () => {
    const used = new Set<number>();
    for (const { values, word, shift, width } of digits) {
      expect(2 ** width).toBeGreaterThanOrEqual(values);
      for (let bit = shift; bit < shift + width; bit++) {
        expect(bit).toBeLessThan(32);
        expect(used.has(word * 32 + bit)).toBe(false);
        used.add(word * 32 + bit);
      }
    }
    expect(used.size).toBe(generated.bits);
    expect(generated.bits).toBe(plain.bits);
  });

  it('gives every field that changes a place', () => {
    const placed = digits.flatMap(({ places }) => places.map(({ cell }) => cell));
    const changing = fields.flatMap(({ at, max }) => (max > 0 ? [at] : []));
    expect(placed.sort((a, b) => a - b)).toEqual(changing.sort((a, b) => a - b));
  });

  it('brings back what it packed, in generated code as in the loop', () => {
    const [one, other] = [new Uint32Array(generated.words), new Uint32Array(plain.words)];
    const rounds = [
      (max: number): number => max,
      ...Array.from({ length: 200 }, (_, round) => (max: number, k: number) => {
        return (round * 7 + k * 13) % (max + 1);
      }),
    ];
    for (const valueOf of rounds) {
      fields.forEach(({ at, max }, k) => {
        cells[at] = valueOf(max, k);
      });
      const before = cells.slice();
      generated.pack(one, 0);
      plain.pack(other, 0);
      expect(one).toEqual(other);
      cells.fill(0);
      generated.unpack(one, 0);
      expect(cells).toEqual(before);
      expect(copy).toEqual(words);
      cells.fill(0);
      plain.unpack(other, 0);
      expect(cells).toEqual(before);
    }
  });

  it('leaves a key that changes with the tables it is of, and with no other', () => {
    const packed = new Uint32Array(generated.words);
    const keyNow = (): string => {
      generated.pack(packed, 0);
      generated.unpack(packed, 0);
      return key.words.join();
    };
    cells.fill(0);
    const zero = keyNow();
    for (const { table, at, max } of fields) {
      if (max === 0) continue;
      cells[at] = max;
      expect(keyNow() === zero).toBe(table !== 'dentry' && table !== 'mount');
      cells[at] = 0;
    }
  });
});
