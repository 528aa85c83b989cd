/** For tests: states whose rows, names and places are exchanged at random, written without regard to colours. */
import { numbersFrom } from '../../checker/tiny-system.test-data.ts';
import type { Cells, Shape } from '../state/layout.ts';
import type { Symmetry } from './symmetry.types.ts';

type Random = ReturnType<typeof numbersFrom>;

/** A permutation of 0 … size - 1. */
function shuffled(size: number, random: Random): number[] {
  const all = Array.from({ length: size }, (_, k) => k);
  for (let k = size - 1; k > 0; k--) {
    const other = random() % (k + 1);
    [all[k], all[other]] = [all[other] ?? 0, all[k] ?? 0];
  }
  return all;
}

/** Old numbers to new ones, for every table: its rows, and the constant ones that may be exchanged. */
function numberings(symmetry: Symmetry, random: Random): ReadonlyMap<string, readonly number[]> {
  const maps = new Map<string, number[]>();
  for (const { name, rows, scenery, block } of symmetry.shapes) {
    if (block !== undefined) continue;
    const map = Array.from({ length: 1 + rows + scenery }, (_, row) => row);
    if (!symmetry.fixed.has(name)) {
      shuffled(rows, random).forEach((to, from) => (map[1 + from] = 1 + to));
    }
    for (const place of symmetry.places.filter(({ table }) => table === name)) {
      shuffled(place.rows.length, random).forEach((to, from) => {
        map[place.rows[from] ?? 0] = place.rows[to] ?? 0;
      });
    }
    maps.set(name, map);
  }
  for (const { name, rows, block } of symmetry.shapes) {
    if (block === undefined) continue;
    const owners = maps.get(block.of) ?? [];
    const map = [0];
    for (let owner = 1; owner <= rows / block.size; owner++) {
      const within = symmetry.fixed.has(name)
        ? Array.from({ length: block.size }, (_, k) => k)
        : shuffled(block.size, random);
      for (const to of within) map.push(((owners[owner] ?? owner) - 1) * block.size + 1 + to);
    }
    maps.set(name, map);
  }
  return maps;
}

/** Writes to `into` what is in `cells`, with other numbers. */
export function permute(symmetry: Symmetry, cells: Cells, into: Cells, seed: number): void {
  const random = numbersFrom(seed);
  const maps = numberings(symmetry, random);
  for (const shape of symmetry.shapes) {
    const own = maps.get(shape.name) ?? [];
    for (const { at, target } of shape.columns) {
      const of = target === undefined ? undefined : maps.get(target);
      for (let row = 1; row <= shape.rows; row++) {
        const value = cells[at + row] ?? 0;
        into[at + (own[row] ?? row)] = of?.[value] ?? value;
      }
    }
  }
  for (const { table, column, within, ids } of symmetry.names) {
    const shape = symmetry.shapes.find(({ name }) => name === table);
    if (shape !== undefined) renameIn(shape, { column, within, ids }, into, random);
  }
}

function renameIn(
  { rows, columns }: Shape,
  { column, within, ids }: { column: string; within: string; ids: readonly number[] },
  into: Cells,
  random: Random,
): void {
  const at = (name: string): number => columns.find((one) => one.name === name)?.at ?? 0;
  const parents = Array.from({ length: rows + 100 }, () => shuffled(ids.length, random));
  for (let row = 1; row <= rows; row++) {
    const place = ids.indexOf(into[at(column) + row] ?? 0);
    const to = parents[into[at(within) + row] ?? 0]?.[place];
    if (place >= 0 && to !== undefined) into[at(column) + row] = ids[to] ?? 0;
  }
}
