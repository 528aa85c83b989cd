/**
 * The text that gives every row of a state a colour: a number that depends on what the row holds and
 * on what refers to it, but not on any row's number. Rows of different colours are told apart.
 *
 * A sweep lets colours flow along every reference, first to the rows that refer, then to the rows
 * that are referred to. Only numbers from the schema go into the text.
 */
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

/** Odd numbers without a pattern, the same in every run. */
function factors(): () => number {
  let x = 0x9e3779b9;
  return () => {
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    x = (x + 0x6d2b79f5) | 0;
    return (x ^ (x >>> 15)) | 1;
  };
}

/** Colours are 30 bits, which V8 keeps in a word; 0 is that of a row that nothing is known of. */
const mixed = (sum: string): string =>
  `h = ${sum}; h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d); h = (h ^ (h >>> 13)) & 0x3fffffff;`;

const rowsOf = ({ shape: { rows } }: Sort): string => `for (let r = 1; r <= ${rows}; r++)`;

/** The column that is 0 in free rows only, in tables that have one. */
const lifecycleColumn = 'state';

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

export interface ColourText {
  /** Sets, once, the colours of what is the same in every state. */
  readonly constant: string;
  /** Sets the colour of every row to what its own columns say. */
  readonly own: string;
  /** Refines all colours once, ... */
  readonly sweep: string;
  /**
   * ... and those of rows by what they refer to: what nothing refers to is told apart by that alone, or,
   * if rows belong to it by their place, by those.
   */
  readonly outwards: string;
}

/** `classOf`: the name of an array that maps a column's values to those of their class, if it has one. */
export function colourText(
  sorts: readonly Sort[],
  symmetry: Symmetry,
  classOf: (sort: Sort, column: ShapeColumn) => string | undefined,
): ColourText {
  const factor = factors();
  /** The only row of a table that changes needs no telling apart: its colour is one for all states. */
  const isLone = ({ shape }: Sort): boolean => shape.rows === 1;
  const owner = ({ block }: Sort): string =>
    block === undefined ? '' : `${block.owner.base} + 1 + (((r - 1) / ${block.size}) | 0)`;
  const targets = (sort: Sort) => referencesOf(sort, sorts);

  const ownOf = (sort: Sort): string => {
    if (isLone(sort)) return '';
    const { shape, base, fixed, block } = sort;
    const plain = shape.columns.filter(({ target }) => !sorts.some((s) => s.shape.name === target));
    const terms = plain.map((column) => {
      const read = `cells[${column.at} + r]`;
      const table = classOf(sort, column);
      return `Math.imul(${table === undefined ? read : `${table}[${read}]`}, ${factor()})`;
    });
    // A row with a lifecycle is in some state of it; another may hold nothing but references.
    if (!shape.columns.some(({ name }) => name === lifecycleColumn)) {
      for (const { column } of targets(sort)) {
        terms.push(`(cells[${column.at} + r] === 0 ? 0 : ${factor()})`);
      }
    }
    const place = block === undefined ? 'r' : `(1 + (r - 1) % ${block.size})`;
    if (fixed === 'fixed') terms.push(`Math.imul(${place}, ${factor()})`);
    const sum = terms.join(' + ') || '0';
    return `${rowsOf(sort)} { ${mixed(sum)} colour[${base} + r] = h; }`;
  };
  const constantColour = (row: number): number => (Math.imul(row + 1, 0x9e3779b1) >>> 2) | 1;
  const loneOf = (sort: Sort): string =>
    isLone(sort) ? `colour[${sort.base} + 1] = ${constantColour(1)};` : '';
  const sceneryOf = (
    { shape: { name, rows, scenery }, base }: Sort,
    which: 'constant' | 'exchangeable',
  ): string =>
    Array.from({ length: scenery }, (_, k) => {
      const row = rows + 1 + k;
      const peers = symmetry.places.find(
        (place) => place.table === name && place.rows.includes(row),
      );
      const like = peers?.rows[0] ?? row;
      if ((peers === undefined) !== (which === 'constant')) return '';
      return `colour[${base + row}] = ${constantColour(like)};`;
    }).join('\n');

  const outwards = (sort: Sort): string => {
    const { base, block } = sort;
    const references = targets(sort);
    if (isLone(sort) || (references.length === 0 && block === undefined)) return '';
    const self = references.some(({ to }) => to === sort);
    const terms = [
      `Math.imul(colour[${base} + r], ${factor()})`,
      ...references.map(
        ({ column, to }) => `Math.imul(colour[${to.base} + cells[${column.at} + r]], ${factor()})`,
      ),
      ...(block === undefined ? [] : [`Math.imul(colour[${owner(sort)}], ${factor()})`]),
    ];
    const into = self ? 'fresh' : 'colour';
    const copy = self ? `${rowsOf(sort)} colour[${base} + r] = fresh[${base} + r];` : '';
    return `${rowsOf(sort)} {
if (colour[${base} + r] === 0) { ${self ? `fresh[${base} + r] = 0;` : ''} continue; }
${mixed(terms.join(' + '))} ${into}[${base} + r] = h; }\n${copy}`;
  };

  /** Where references run in a circle, one leads to a sort that has taken what it was given already. */
  const heap = (from: Sort, to: Sort): 'given' | 'late' =>
    sorts.indexOf(to) > sorts.indexOf(from) ? 'late' : 'given';

  /** Adds what a row is to what the rows that it refers to are given. */
  const given = (sort: Sort, which: 'own' | 'others' | 'owner'): string => {
    const { base, block } = sort;
    const references =
      which === 'owner'
        ? []
        : targets(sort).filter(({ to }) => !isLone(to) && (to === sort) === (which === 'own'));
    const adds = [
      ...references.map(
        ({ column, to }) =>
          `${heap(sort, to)}[${to.base} + cells[${column.at} + r]] += Math.imul(c, ${factor()});`,
      ),
      ...(block === undefined || isLone(block.owner) || which === 'own'
        ? []
        : [`given[${owner(sort)}] += Math.imul(c, ${factor()});`]),
    ];
    if (adds.length === 0) return '';
    return `${rowsOf(sort)} { const c = colour[${base} + r]; if (c === 0) continue;\n${adds.join('\n')} }`;
  };
  const taking = (sort: Sort, from: 'given' | 'late'): string => {
    const { base, shape } = sort;
    const givers = sorts.filter(
      (other) =>
        (from === 'given' && other.block?.owner === sort) ||
        targets(other).some(({ to }) => to === sort && heap(other, to) === from),
    );
    if (givers.length === 0) return '';
    const rest = factor();
    const take = (row: string): string =>
      `if (${from}[${row}] !== 0) { ${mixed(`Math.imul(colour[${row}], ${rest}) + ${from}[${row}]`)} colour[${row}] = h; }`;
    const places = symmetry.places.filter(({ table }) => table === shape.name);
    return [
      isLone(sort) ? '' : `${rowsOf(sort)} ${take(`${base} + r`)}`,
      ...places.flatMap(({ rows }) => rows.map((row) => take(String(base + row)))),
    ].join('\n');
  };
  const inwards = (sort: Sort): string =>
    [given(sort, 'own'), taking(sort, 'given'), given(sort, 'others')].join('\n');

  /** Owners that nothing refers to take what their rows are, now that these have all that they refer to. */
  const owners = sorts
    .filter((sort) => sort.target === 'never referred to')
    .map((sort) => {
      const adds = sorts
        .filter(({ block }) => block?.owner === sort)
        .map((own) => given(own, 'owner'));
      return adds.length === 0 ? '' : ['given.fill(0);', ...adds, taking(sort, 'given')].join('\n');
    });

  return {
    constant: sorts.map((sort) => `${loneOf(sort)}\n${sceneryOf(sort, 'constant')}`).join('\n'),
    own: sorts.map((sort) => `${ownOf(sort)}\n${sceneryOf(sort, 'exchangeable')}`).join('\n'),
    outwards: [...sorts.map(outwards), ...owners].join('\n'),
    sweep: [
      'given.fill(0); late.fill(0);',
      ...sorts.map(outwards),
      ...[...sorts].reverse().map(inwards),
      ...sorts.map((sort) => taking(sort, 'late')),
    ].join('\n'),
  };
}
