/** Rows that are the same but for their number, so that what one of them can do the others can, too. */
import type { Cells } from '../state/layout.ts';
import type { Symmetry } from './symmetry.types.ts';

/**
 * Tells whether two rows of a table, and the rows that belong to each by their place, hold the same.
 * Exchanging two such rows changes nothing, where nothing refers to rows of the table; where something
 * may, no rows count as the same. Undefined then.
 */
export function twinsIn(
  { shapes, fixed }: Symmetry,
  table: string,
  cells: Cells,
): ((a: number, b: number) => boolean) | undefined {
  const own = shapes.find(({ name }) => name === table);
  const isReferredTo = shapes.some(({ columns }) => columns.some(({ target }) => target === table));
  if (own === undefined || isReferredTo || fixed.has(table)) return undefined;
  const starts = own.columns.map(({ at }) => ({ at, size: 1 }));
  const blocks = shapes.flatMap(({ block, columns }) =>
    block?.of === table ? columns.map(({ at }) => ({ at: at + 1, size: block.size })) : [],
  );
  return (a, b) => {
    for (const { at } of starts) if (cells[at + a] !== cells[at + b]) return false;
    for (const { at, size } of blocks) {
      const [first, second] = [at + (a - 1) * size, at + (b - 1) * size];
      for (let k = 0; k < size; k++) if (cells[first + k] !== cells[second + k]) return false;
    }
    return true;
  };
}
