import { describe, expect, it } from 'vitest';
import { layOut } from '../state/layout.ts';
import { canonicalForm } from './canonical-form.ts';

const most = 40_000;

/** Owners that nothing refers to, each with two parts; together they hold more than fits into one number. */
const schema = {
  owner: { rows: 3, scenery: 0, columns: { first: { max: most }, second: { max: most } } },
  part: {
    ...{ rows: 6, scenery: 0, columns: { object: { max: 2, target: 'object' }, kind: { max: 9 } } },
    block: { of: 'owner', size: 2 },
  },
  object: { rows: 2, scenery: 0, columns: { kind: { max: 2 } } },
};

type Part = readonly [object: number, kind: number];

interface Owner {
  readonly held: readonly [number, number];
  readonly parts: readonly [Part, Part];
}

function formOf(owners: readonly Owner[], kinds: readonly number[] = [1, 2]): string {
  const { cells, shapes, places } = layOut(schema);
  const write = (column: string, values: readonly number[]): void => {
    cells.set(values, (places.get(column) ?? 0) + 1);
  };
  [0, 1].forEach((k) => {
    write(
      ['owner.first', 'owner.second'][k] ?? '',
      owners.map(({ held }) => held[k] ?? 0),
    );
    write(
      ['part.object', 'part.kind'][k] ?? '',
      owners.flatMap(({ parts }) => parts.map((part) => part[k] ?? 0)),
    );
  });
  write('object.kind', kinds);
  const out = cells.slice();
  const symmetry = { shapes, fixed: new Set<string>(), places: [], names: [], restrictions: [] };
  canonicalForm(symmetry, cells, out)();
  return out.join();
}

const none: Part = [0, 0];
const one: Owner = { held: [1, most], parts: [[1, 3], none] };
const two: Owner = { held: [1, most - 1], parts: [none, none] };
const three: Owner = {
  held: [1, most],
  parts: [
    [2, 3],
    [1, 3],
  ],
};

describe('rows that nothing refers to', () => {
  it('are put in the order of what they hold, whatever order they are in', () => {
    const form = formOf([one, two, three]);
    expect(formOf([three, two, one])).toBe(form);
    expect(formOf([two, one, three])).toBe(form);
  });

  it('are told by the objects of what belongs to them, whatever numbers these have', () => {
    const other = ([object, kind]: Part): Part => [object === 0 ? 0 : 3 - object, kind];
    const renamed = [one, two, three].map(({ held, parts: [a, b] }): Owner => {
      return { held, parts: [other(a), other(b)] };
    });
    expect(formOf(renamed, [2, 1])).toBe(formOf([one, two, three]));
  });

  it('hold the same in any order of what belongs to them', () => {
    const turned: Owner = { held: three.held, parts: [three.parts[1], three.parts[0]] };
    expect(formOf([one, two, turned])).toBe(formOf([one, two, three]));
  });

  it('differ where they hold different numbers', () => {
    expect(formOf([one, two, { ...three, held: [2, most] }])).not.toBe(formOf([one, two, three]));
  });
});
