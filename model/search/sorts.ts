/** The tables of a symmetry that have rows: where their colours lie, and which refers to which. */
import type { Shape, ShapeColumn } from '../state/layout.ts';
import type { Symmetry } from './symmetry.types.ts';

/** A table that has rows, and where its colours lie: that of row r at `base` + r, constant rows included. */
export interface Sort {
  readonly shape: Shape;
  readonly base: number;
  readonly fixed: 'fixed' | 'free';
  /** Whether any column, of this table or another, refers to its rows. */
  readonly target: 'referred to' | 'never referred to';
  /** The owner's sort and the rows of each, for a table whose rows belong to others by their place. */
  readonly block: { readonly owner: Sort; readonly size: number } | undefined;
}

/** The sorts of a symmetry, targets before what refers to them as far as there are no circles. */
export function sortsOf({ shapes, fixed }: Symmetry): readonly Sort[] {
  const used = shapes.filter(({ rows }) => rows > 0);
  const sorts = new Map<string, Sort>();
  let base = 0;
  const place = (shape: Shape, path: readonly Shape[]): void => {
    if (sorts.has(shape.name) || path.includes(shape)) return;
    for (const name of targetsOf(shape)) {
      const target = used.find((other) => other.name === name);
      if (target !== undefined) place(target, [...path, shape]);
    }
    if (sorts.has(shape.name)) return;
    const isTarget = used.some(({ columns }) => columns.some((one) => one.target === shape.name));
    const owner = shape.block === undefined ? undefined : sorts.get(shape.block.of);
    sorts.set(shape.name, {
      shape,
      base,
      fixed: fixed.has(shape.name) ? 'fixed' : 'free',
      target: isTarget ? 'referred to' : 'never referred to',
      block: owner === undefined ? undefined : { owner, size: shape.block?.size ?? 1 },
    });
    base += 1 + shape.rows + shape.scenery;
  };
  for (const shape of used) place(shape, []);
  return [...sorts.values()];
}

const targetsOf = ({ columns, block }: Shape): readonly string[] => [
  ...(block === undefined ? [] : [block.of]),
  ...columns.flatMap(({ target }) => (target === undefined ? [] : [target])),
];

/** How many colours there are, those of the null rows included. */
export const coloursOf = (sorts: readonly Sort[]): number =>
  sorts.reduce((end, { base, shape }) => Math.max(end, base + 1 + shape.rows + shape.scenery), 0);

interface Reference {
  readonly column: ShapeColumn;
  readonly to: Sort;
}

/** The columns that refer to rows of a sort that has colours. */
export const referencesOf = (sort: Sort, sorts: readonly Sort[]): readonly Reference[] =>
  sort.shape.columns.flatMap((column) => {
    const to = sorts.find(({ shape }) => shape.name === column.target);
    return to === undefined ? [] : [{ column, to }];
  });
