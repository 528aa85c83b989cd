import { describe, expect, it } from 'vitest';
import { layOut } from '../state/layout.ts';
import { canonicalForm } from './canonical-form.ts';

const to = (target: string, rows: number) => ({ max: rows, target });

/** Two processes with two descriptors each: rows of references to three objects that may be pinned. */
const schema = {
  process: { rows: 2, scenery: 0, columns: { namespace: to('namespace', 1) } },
  descriptor: {
    ...{ rows: 4, scenery: 0, columns: { object: to('object', 3) } },
    block: { of: 'process', size: 2 },
  },
  namespace: { rows: 1, scenery: 0, columns: {} },
  pin: { rows: 2, scenery: 0, columns: { object: to('object', 3) } },
  object: { rows: 3, scenery: 0, columns: { refcnt: { max: 4 } } },
};

interface Written {
  /** By process: what its two descriptors refer to. */
  readonly descriptors: readonly [readonly number[], readonly number[]];
  readonly pins: readonly number[];
  readonly refcnt: readonly number[];
}

function formOf({ descriptors, pins, refcnt }: Written): string {
  const { cells, shapes, places } = layOut(schema);
  const write = (column: string, values: readonly number[]): void => {
    cells.set(values, (places.get(column) ?? 0) + 1);
  };
  write('process.namespace', [1, 1]);
  write('descriptor.object', descriptors.flat());
  write('pin.object', pins);
  write('object.refcnt', refcnt);
  const out = cells.slice();
  const symmetry = { shapes, fixed: new Set<string>(), places: [], names: [], restrictions: [] };
  canonicalForm(symmetry, cells, out)();
  return out.join();
}

it('puts rows that hold nothing but references in an order', () => {
  const one = formOf({
    descriptors: [
      [1, 0],
      [0, 0],
    ],
    pins: [0, 0],
    refcnt: [1, 0, 0],
  });
  const other = formOf({
    descriptors: [
      [0, 0],
      [0, 3],
    ],
    pins: [0, 0],
    refcnt: [0, 0, 1],
  });
  expect(other).toBe(one);
});

it('puts owners that nothing refers to in the order of what belongs to them', () => {
  const one = formOf({
    descriptors: [
      [1, 0],
      [2, 0],
    ],
    pins: [1, 2],
    refcnt: [2, 2, 0],
  });
  const swapped = formOf({
    descriptors: [
      [2, 0],
      [1, 0],
    ],
    pins: [2, 1],
    refcnt: [2, 2, 0],
  });
  expect(swapped).toBe(one);
  const told = formOf({
    descriptors: [
      [1, 2],
      [2, 2],
    ],
    pins: [1, 1],
    refcnt: [3, 3, 0],
  });
  const apart = formOf({
    descriptors: [
      [1, 1],
      [2, 1],
    ],
    pins: [2, 2],
    refcnt: [3, 3, 0],
  });
  expect(apart).toBe(told);
});

it('leaves states apart that differ in more than numbers', () => {
  const shared = formOf({
    descriptors: [
      [1, 0],
      [1, 0],
    ],
    pins: [2, 0],
    refcnt: [2, 1, 0],
  });
  const split = formOf({
    descriptors: [
      [1, 0],
      [2, 0],
    ],
    pins: [1, 0],
    refcnt: [2, 1, 0],
  });
  expect(split).not.toBe(shared);
});

describe('tables that are gone through in loops', () => {
  const rows = 7;
  const large = {
    owner: { rows, scenery: 0, columns: { peer: to('owner', rows) } },
    part: {
      ...{ rows: rows * rows, scenery: 0, columns: { kind: { max: 100 } } },
      block: { of: 'owner', size: rows },
    },
  };

  /** `order[k]`: which of seven owners, told apart by their parts, is the k-th. */
  function formIn(order: readonly number[]): readonly number[] {
    const { cells, shapes, places } = layOut(large);
    const at = (column: string): number => (places.get(column) ?? 0) + 1;
    order.forEach((owner, k) => {
      cells[at('owner.peer') + k] = order.indexOf((owner + 1) % rows) + 1;
      for (let part = 0; part < rows; part++) {
        cells[at('part.kind') + k * rows + part] = owner + ((part + k) % rows);
      }
    });
    const out = cells.slice();
    const symmetry = { shapes, fixed: new Set<string>(), places: [], names: [], restrictions: [] };
    canonicalForm(symmetry, cells, out)();
    expect([...out].sort()).toEqual([...cells].sort());
    return [...out];
  }

  it('keep every part with its owner, whatever their order', () => {
    const one = formIn([0, 1, 2, 3, 4, 5, 6]);
    expect(formIn([6, 5, 4, 3, 2, 1, 0])).toEqual(one);
    expect(formIn([3, 0, 6, 2, 5, 1, 4])).toEqual(one);
  });
});
