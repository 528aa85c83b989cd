/**
 * The text that renumbers a state into its canonical form: rows are ordered by colour (colours.ts),
 * and where rows that are referred to are alike, one of them is coloured apart until none are left.
 * Whatever order comes of it, the form is the state with other numbers, so that a wrong one costs
 * reduction, never a state. Only numbers from the schema go into the text.
 */
import type { ShapeColumn } from '../state/layout.ts';
import { colourText } from './colours.ts';
import { referencesOf, sortsOf, type Sort } from './sorts.ts';
import type { NameClass, Symmetry } from './symmetry.types.ts';
import { forEach, sum } from './unrolled.ts';

/** The name of the array that maps the values of a column to their classes. */
export const classTable = (table: string, column: string): string => `class_${table}_${column}`;

const classesIn = ({ names }: Symmetry, table: string, column: string): readonly NameClass[] =>
  names.filter((one) => one.table === table && one.column === column);

/** Sorts `size` rows from `from` on, in `order`, by falling colour. */
const sorting = (from: string, size: number, base: number): string =>
  size === 1
    ? ''
    : size === 2
      ? `{ const a = order[${from}]; const b = order[${from} + 1];
if (colour[${base} + a] < colour[${base} + b]) { order[${from}] = b; order[${from} + 1] = a; } }`
      : `
for (let i = 1; i < ${size}; i++) {
const r = order[${from} + i]; const c = colour[${base} + r]; let k = i - 1;
while (k >= 0 && colour[${base} + order[${from} + k]] < c) { order[${from} + k + 1] = order[${from} + k]; k--; }
order[${from} + k + 1] = r; }`;

const startOrder = ({ base, shape: { rows } }: Sort): string =>
  forEach(rows, (r) => `order[${sum(base, r)}] = ${r};`);

/** Looks for rows that are referred to and of one colour; `first` becomes the colour's place, `ties` their number. */
const tiesOf = ({ base, shape: { rows } }: Sort): string =>
  forEach(rows - 1, (i) => {
    const at = `${base} + order[${sum(base, i)}]`;
    const next = `${base} + order[${sum(base + 1, i)}]`;
    return `const c = colour[${at}];
if (c !== 0 && c === colour[${next}] && (given[${at}] | late[${at}]) !== 0) { if (ties === 0) first = ${at}; ties++; }`;
  });

const tiesOfPlaces = (rows: readonly number[], base: number): string => `
${rows
  .flatMap((row, i) => rows.slice(i + 1).map((other) => [base + row, base + other] as const))
  .map(
    ([a, b]) =>
      `if ((given[${a}] | late[${a}]) !== 0 && colour[${a}] === colour[${b}]) { if (ties === 0) first = ${a}; ties++; }`,
  )
  .join('\n')}`;

export interface CanonicalText {
  /** What is done once. */
  readonly once: string;
  /** The body of a function of nothing. */
  readonly each: string;
}

/**
 * The text of a function of nothing. It reads `cells`, writes `out`, and works in `colour`, `given`,
 * `late`, `fresh`, `order` and `number`, which have room for all colours, in `used`, and in the tables of
 * classes.
 */
export function canonicalSource(symmetry: Symmetry): CanonicalText {
  const sorts = sortsOf(symmetry);
  const { constant, own, sweep, outwards } = colourText(sorts, symmetry, ({ shape }, { name }) =>
    classesIn(symmetry, shape.name, name).length > 0 ? classTable(shape.name, name) : undefined,
  );
  const free = sorts.filter(({ fixed, block }) => fixed === 'free' && block === undefined);
  const blocks = sorts.filter(({ block }) => block !== undefined);
  const isDistinct = ({ target, shape }: Sort): boolean =>
    target === 'referred to' && shape.rows > 1;
  const distinct = free.filter(isDistinct);
  const placesOf = symmetry.places.flatMap(({ table, rows }) => {
    const sort = sorts.find(({ shape }) => shape.name === table);
    return sort === undefined ? [] : [{ sort, rows }];
  });
  const single = free.filter(({ shape }) => shape.rows === 1);
  const several = free.filter((sort) => !single.includes(sort));
  const once = [
    constant,
    ...sorts.map(constantNumbers),
    ...single.map(({ base }) => `order[${base} + 1] = 1; number[${base} + 1] = 1;`),
  ].join('\n');
  const each = [
    'let h = 0; let before = 1e9; let first = 0;',
    own,
    ...distinct.map(startOrder),
    'for (let sweeps = 0; sweeps < 64; sweeps++) {',
    sweep,
    'let ties = 0;',
    ...distinct.map(({ base, shape }) => sorting(`${base} + 1`, shape.rows, base)),
    ...distinct.map(tiesOf),
    ...placesOf.map(({ sort, rows }) => tiesOfPlaces(rows, sort.base)),
    'if (ties === 0) break;',
    // Colours that do not come apart any more are as fine as references make them.
    'if (ties < before) { before = ties; continue; }',
    'colour[first] = Math.imul(colour[first], 0x2545f491) >>> 2 | 1; before = 1e9; }',
    outwards,
    ...several.map(
      (sort) => startOrder(sort) + sorting(`${sort.base} + 1`, sort.shape.rows, sort.base),
    ),
    ...several.map(numbering),
    ...placesOf.map(({ sort, rows }) => placeNumbering(sort, rows)),
    ...[
      ...free,
      ...sorts.filter(({ fixed, block }) => fixed === 'fixed' && block === undefined),
    ].map((sort) => writing(sort, sorts, symmetry)),
    ...blocks.map((sort) => writingBlock(sort, sorts)),
  ].join('\n');
  return { once, each };
}

/** Old numbers to new ones. */
const numbering = ({ base, shape: { rows } }: Sort): string =>
  forEach(rows, (r) => `number[${base} + order[${sum(base, r)}]] = ${r};`);

/** Constant rows keep their numbers, and so do all of a table that is fixed. */
function constantNumbers({ base, shape: { rows, scenery }, fixed }: Sort): string {
  const first = fixed === 'fixed' ? 1 : rows + 1;
  return `for (let i = ${first}; i <= ${rows + scenery}; i++) number[${base} + i] = i;`;
}

function placeNumbering({ base }: Sort, rows: readonly number[]): string {
  // Each gets the place that the rank of its colour says.
  const ranks = rows.map((row) => {
    const before = rows.flatMap((other) => {
      if (other === row) return [];
      const later = other > row ? '>' : '>=';
      return [`(colour[${base + other}] ${later} colour[${base + row}] ? 1 : 0)`];
    });
    return `number[${base + row}] = place[${before.join(' + ') || '0'}];`;
  });
  return [`{ const place = [${rows.join(', ')}];`, ...ranks, '}'].join('\n');
}

const isRenumbered = (column: ShapeColumn, sort: Sort, sorts: readonly Sort[]): Sort | undefined =>
  referencesOf(sort, sorts).find((one) => one.column === column)?.to;

/** `i`: the row that is written, or its name; what it was is in `row`. */
const written = (column: ShapeColumn, sort: Sort, sorts: readonly Sort[], i: string): string => {
  const to = isRenumbered(column, sort, sorts);
  const read = `cells[${column.at} + row]`;
  return `out[${sum(column.at, i)}] = ${to === undefined ? read : `number[${to.base} + ${read}]`};`;
};

function writing(sort: Sort, sorts: readonly Sort[], symmetry: Symmetry): string {
  const { base, shape, fixed } = sort;
  const loop = forEach(shape.rows, (i) => {
    const row = fixed === 'fixed' ? i : `order[${sum(base, i)}]`;
    const lines = shape.columns.map((column) => written(column, sort, sorts, i));
    return `const row = ${row};\n${lines.join('\n')}`;
  });
  return [loop, ...naming(sort, symmetry)].join('\n');
}

/** Names that may change places are given anew, in the order of the rows that have one parent. */
function naming({ shape }: Sort, { names }: Symmetry): readonly string[] {
  return names.flatMap(({ table, column, within, ids }, k) => {
    if (table !== shape.name) return [];
    const at = (name: string): number => shape.columns.find((one) => one.name === name)?.at ?? 0;
    const isOne = ids.map((id) => `n === ${id}`).join(' || ');
    return [
      `used.fill(0);
for (let i = 1; i <= ${shape.rows}; i++) { const n = out[${at(column)} + i];
if (${isOne}) { const p = out[${at(within)} + i]; out[${at(column)} + i] = names${k}[used[p]++]; } }`,
    ];
  });
}

function writingBlock(sort: Sort, sorts: readonly Sort[]): string {
  const { block, base, shape, fixed } = sort;
  if (block === undefined) return '';
  const { owner, size } = block;
  const partsOf = (o: string): string => {
    const ownerRow = owner.fixed === 'fixed' ? o : `order[${sum(owner.base, o)}]`;
    const order =
      fixed === 'fixed'
        ? ''
        : `${forEach(size, (k) => `order[${sum(base - 1, k)}] = from + ${k};`)} ${sorting(String(base), size, base)}`;
    const rows = forEach(size, (k) => {
      const row = fixed === 'fixed' ? `from + ${k}` : `order[${sum(base - 1, k)}]`;
      const lines = shape.columns.map((column) => written(column, sort, sorts, 'i'));
      return `const row = ${row}; const i = (${o} - 1) * ${size} + ${k};\n${lines.join('\n')}`;
    });
    return `const from = (${ownerRow} - 1) * ${size};\n${order}\n${rows}`;
  };
  return forEach(owner.shape.rows, partsOf, 'o');
}
