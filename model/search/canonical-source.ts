/**
 * The text that renumbers a state into its canonical form: rows are ordered by colour (colours.ts),
 * and where rows that are referred to are alike, one of them is coloured apart until none are left.
 * Whatever order comes of it, the form is the state with other numbers, so that a wrong one costs
 * reduction, never a state. Only numbers from the schema go into the text.
 */
import type { ShapeColumn } from '../state/layout.ts';
import { colourText } from './colours.ts';
import { contentKeys, type ContentKeys } from './content-keys.ts';
import { referencesOf, sortsOf, type Sort } from './sorts.ts';
import type { NameClass, Symmetry } from './symmetry.types.ts';
import { sorting } from './sorting.ts';
import { forEach, sum } from './unrolled.ts';

/** The name of the array that maps the values of a column to their classes. */
export const classTable = (table: string, column: string): string => `class_${table}_${column}`;

const classesIn = ({ names }: Symmetry, table: string, column: string): readonly NameClass[] =>
  names.filter((one) => one.table === table && one.column === column);

const startOrder = ({ base, shape: { rows } }: Sort): string =>
  forEach(rows, (r) => `order[${sum(base, r)}] = ${r};`);

/** One more tie, if these two rows are alike and referred to; `loose`, if they are not referred to. */
const tie = (at: string, next: string): string => `{ const at = ${at}; const c = colour[at];
const alike = c === colour[${next}] ? c : 0;
const t = (given[at] | late[at]) === 0 ? 0 : alike;
first = t === 0 ? first : at; ties += t === 0 ? 0 : 1; loose |= alike ^ t; }`;

/**
 * Looks for rows that are referred to and of one colour; `first` becomes the place of the last that is
 * found, `ties` their number.
 */
const tiesOf = ({ base, shape: { rows } }: Sort): string =>
  forEach(rows - 1, (i) =>
    tie(`${base} + order[${sum(base, i)}]`, `${base} + order[${sum(base + 1, i)}]`),
  );

const tiesOfPlaces = (rows: readonly number[], base: number): string =>
  rows
    .flatMap((row, i) => rows.slice(i + 1).map((other) => tie(`${base + row}`, `${base + other}`)))
    .join('\n');

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
  const classOf = ({ shape }: Sort, { name }: ShapeColumn): string | undefined =>
    classesIn(symmetry, shape.name, name).length > 0 ? classTable(shape.name, name) : undefined;
  const { constant, own, sweep, outwards } = colourText(sorts, symmetry, classOf);
  const keys = contentKeys(sorts, classOf);
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
  const unreferred = free.filter(
    (sort) => sort.target === 'never referred to' && sort.shape.rows > 1,
  );
  const once = [
    constant,
    ...sorts.map(constantNumbers),
    // Colours that came apart after they had flowed on flow once more, to rows that are still alike.
    'function settle(loose) { if (loose === 0) return; let h = 0;',
    outwards,
    ...distinct.map(({ base, shape }) => sorting(String(base + 1), shape.rows, base)),
    '}',
    ...[...single, ...blocks]
      .filter(({ shape }) => shape.rows === 1)
      .map(({ base }) => `order[${base} + 1] = 1; number[${base} + 1] = 1;`),
  ].join('\n');
  const each = [
    'let h = 0; let before = 1e9; let first = 0; let loose = 0;',
    own,
    ...distinct.map(startOrder),
    'for (let sweeps = 0; sweeps < 64; sweeps++) {',
    sweep,
    'let ties = 0; loose = 0;',
    ...distinct.map(({ base, shape }) => sorting(String(base + 1), shape.rows, base)),
    ...distinct.map(tiesOf),
    ...placesOf.map(({ sort, rows }) => tiesOfPlaces(rows, sort.base)),
    'if (ties === 0) break;',
    // Colours that do not come apart any more are as fine as references make them.
    'if (ties < before) { before = ties; continue; }',
    'colour[first] = Math.imul(colour[first], 0x2545f491) >>> 2 | 1; before = 1e9; }',
    'settle(loose);',
    ...distinct.map(numbering),
    ...placesOf.map(({ sort, rows }) => placeNumbering(sort, rows)),
    ...blocks.filter(({ shape }) => shape.rows > 1).map((sort) => orderingBlock(sort, keys)),
    ...unreferred.map((sort) => ordering(sort, keys)),
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

/** Puts rows that nothing refers to in the order of what they hold. */
const ordering = (sort: Sort, { whole }: ContentKeys): string => {
  const { base, shape } = sort;
  const rows = Array.from({ length: shape.rows }, (_, k) => k + 1);
  return [
    ...rows.map((row) => `colour[${base + row}] = ${whole(sort, row).text};`),
    startOrder(sort),
    sorting(String(base + 1), shape.rows, base),
  ].join('\n');
};

/** The same for the rows that belong to one owner by their place, for each of the owners. */
function orderingBlock({ block, base, shape, ...sort }: Sort, { own }: ContentKeys): string {
  if (block === undefined) return '';
  const { owner, size } = block;
  const keyed = forEach(
    shape.rows,
    (r) => `colour[${sum(base, r)}] = ${own({ block, base, shape, ...sort }, r).text};`,
  );
  if (sort.fixed === 'fixed') return keyed;
  const start = forEach(shape.rows, (r) => `order[${sum(base, r)}] = ${r};`);
  const sorted = forEach(
    owner.shape.rows,
    (o) => {
      const first = Number(o);
      const from = Number.isNaN(first)
        ? `${base + 1} + (${o} - 1) * ${size}`
        : String(base + 1 + (first - 1) * size);
      return sorting(from, size, base);
    },
    'o',
  );
  return [keyed, start, sorted].join('\n');
}

function writingBlock(sort: Sort, sorts: readonly Sort[]): string {
  const { block, base, shape, fixed } = sort;
  if (block === undefined) return '';
  const { owner, size } = block;
  const partsOf = (o: string): string => {
    const ownerRow = owner.fixed === 'fixed' ? o : `order[${sum(owner.base, o)}]`;
    const rows = forEach(size, (k) => {
      const row = fixed === 'fixed' ? `from + ${k}` : `order[${base} + from + ${k}]`;
      const [first, place] = [Number(o), Number(k)];
      const isKnown = !Number.isNaN(first) && !Number.isNaN(place);
      const i = isKnown ? String((first - 1) * size + place) : 'i';
      const lines = shape.columns.map((column) => written(column, sort, sorts, i));
      const named = isKnown ? '' : `const i = (${o} - 1) * ${size} + ${k};`;
      return `const row = ${row}; ${named}\n${lines.join('\n')}`;
    });
    return `const from = (${ownerRow} - 1) * ${size};\n${rows}`;
  };
  return forEach(owner.shape.rows, partsOf, 'o');
}
