/**
 * The text that gives every row of a state a colour: a number that depends on what the row holds and
 * on what refers to it, but not on any row's number. Rows of different colours are told apart.
 *
 * A sweep lets colours flow along every reference, first to the rows that refer, then to the rows
 * that are referred to. Only numbers from the schema go into the text.
 */
import type { ShapeColumn } from '../state/layout.ts';
import { referencesOf, type Sort } from './sorts.ts';
import type { Symmetry } from './symmetry.types.ts';
import { forEach, sum } from './unrolled.ts';

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
const mixed = (sum: string): string => `h = ${sum}; h = (h ^ (h >>> 15)) & 0x3fffffff;`;

const forRows = ({ shape: { rows } }: Sort, text: (r: string) => string): string =>
  forEach(rows, text);

/** The column that is 0 in free rows only, in tables that have one. */
const lifecycleColumn = 'state';

export interface ColourText {
  /** Sets, once, the colours of what is the same in every state. */
  readonly constant: string;
  /** Sets the colour of every row to what its own columns say. */
  readonly own: string;
  /** Refines all colours once, ... */
  readonly sweep: string;
  /** ... and those of rows that may be referred to once more by what they refer to: for those that are not. */
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
  const owner = ({ block }: Sort, r: string): string => {
    if (block === undefined) return '';
    const first = block.owner.base + 1;
    const row = Number(r);
    return Number.isNaN(row)
      ? `${first} + (((r - 1) / ${block.size}) | 0)`
      : String(first + Math.floor((row - 1) / block.size));
  };
  const targets = (sort: Sort) => referencesOf(sort, sorts);

  const ownOf = (sort: Sort): string => {
    if (isLone(sort)) return '';
    const { shape, base, fixed, block } = sort;
    const plain = shape.columns
      .filter(({ target }) => !sorts.some((s) => s.shape.name === target))
      .map((column) => ({ at: column.at, table: classOf(sort, column), by: factor() }));
    // A row with a lifecycle is in some state of it; another may hold nothing but references.
    const isTold = shape.columns.some(({ name }) => name === lifecycleColumn);
    const held = isTold ? [] : targets(sort).map(({ column }) => ({ at: column.at, by: factor() }));
    const placeFactor = fixed === 'fixed' ? factor() : undefined;
    const placeOf = (r: string): string =>
      block === undefined ? r : `(1 + (${r} - 1) % ${block.size})`;
    return forRows(sort, (r) => {
      const read = (at: number): string => `cells[${sum(at, r)}]`;
      const terms = [
        ...plain.map(({ at, table, by }) =>
          table === undefined
            ? `Math.imul(${read(at)}, ${by})`
            : `Math.imul(${table}[${read(at)}], ${by})`,
        ),
        ...held.map(({ at, by }) => `(${read(at)} === 0 ? 0 : ${by})`),
        ...(placeFactor === undefined ? [] : [`Math.imul(${placeOf(r)}, ${placeFactor})`]),
      ];
      // Not mixed: whatever flows from here is mixed before it is added to anything.
      return `colour[${sum(base, r)}] = ${terms.join(' + ') || '0'};`;
    });
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
    const by = factor();
    const flows = references.map(({ column, to }) => ({ column, to, by: factor() }));
    const ownerFactor = block === undefined ? 0 : factor();
    const into = self ? 'fresh' : 'colour';
    const text = forRows(sort, (r) => {
      const own = `colour[${sum(base, r)}]`;
      const terms = [
        `Math.imul(${own}, ${by})`,
        ...flows.map(
          (flow) =>
            `Math.imul(colour[${flow.to.base} + cells[${sum(flow.column.at, r)}]], ${flow.by})`,
        ),
        ...(block === undefined ? [] : [`Math.imul(colour[${owner(sort, r)}], ${ownerFactor})`]),
      ];
      return `${mixed(terms.join(' + '))} ${into}[${sum(base, r)}] = ${block === undefined ? 'h' : `${own} === 0 ? 0 : h`};`;
    });
    const copy = (r: string): string => `colour[${sum(base, r)}] = fresh[${sum(base, r)}];`;
    return self ? `${text}\n${forRows(sort, copy)}` : text;
  };

  /** Where references run in a circle, one leads to a sort that has taken what it was given already. */
  const heap = (from: Sort, to: Sort): 'given' | 'late' =>
    sorts.indexOf(to) > sorts.indexOf(from) ? 'late' : 'given';

  const giversOf = (sort: Sort, from: 'given' | 'late'): readonly Sort[] =>
    sorts.filter(
      (other) =>
        (from === 'given' && other.block?.owner === sort) ||
        targets(other).some(({ to }) => to === sort && heap(other, to) === from),
    );

  /** Adds what a row is to what the rows that it refers to are given. */
  const given = (sort: Sort, which: 'own' | 'others'): string => {
    const { base, block } = sort;
    const references = targets(sort).filter(
      ({ to }) => !isLone(to) && (to === sort) === (which === 'own'),
    );
    const flows = references.map(({ column, to }) => ({ column, to, by: factor() }));
    const hasNoOwner = block === undefined || isLone(block.owner) || which === 'own';
    const ownerFactor = hasNoOwner ? 0 : factor();
    if (flows.length === 0 && hasNoOwner) return '';
    return forRows(sort, (r) => {
      const adds = [
        ...flows.map(
          ({ column, to, by }) =>
            `${heap(sort, to)}[${to.base} + cells[${sum(column.at, r)}]] += Math.imul(c, ${by});`,
        ),
        ...(hasNoOwner ? [] : [`given[${owner(sort, r)}] += Math.imul(c, ${ownerFactor});`]),
      ];
      return `const c = colour[${sum(base, r)}]; ${adds.join('\n')}`;
    });
  };
  const taking = (sort: Sort, from: 'given' | 'late'): string => {
    const { base, shape } = sort;
    if (giversOf(sort, from).length === 0) return '';
    const rest = factor();
    const take = (row: string): string =>
      `${mixed(`Math.imul(colour[${row}], ${rest}) + ${from}[${row}]`)} colour[${row}] = h;`;
    const places = symmetry.places.filter(({ table }) => table === shape.name);
    return [
      isLone(sort) ? '' : forRows(sort, (r) => take(sum(base, r))),
      ...places.flatMap(({ rows }) => rows.map((row) => take(String(base + row)))),
    ].join('\n');
  };
  const inwards = (sort: Sort): string =>
    [given(sort, 'own'), taking(sort, 'given'), given(sort, 'others')].join('\n');

  /** What rows are given anew. Written out: `fill` on a few words costs more than the words. */
  const emptied = (which: 'given' | 'late'): string =>
    sorts
      .filter((sort) => giversOf(sort, which).length > 0)
      .flatMap(({ base, shape: { name, rows } }) => [
        forEach(rows, (r) => `${which}[${sum(base, r)}] = 0;`),
        ...symmetry.places.flatMap((place) =>
          place.table === name ? place.rows.map((row) => `${which}[${base + row}] = 0;`) : [],
        ),
      ])
      .join('\n');

  return {
    constant: sorts.map((sort) => `${loneOf(sort)}\n${sceneryOf(sort, 'constant')}`).join('\n'),
    own: sorts.map((sort) => `${ownOf(sort)}\n${sceneryOf(sort, 'exchangeable')}`).join('\n'),
    outwards: sorts
      .filter(({ target }) => target === 'referred to')
      .map(outwards)
      .join('\n'),
    sweep: [
      emptied('given'),
      emptied('late'),
      ...sorts.map(outwards),
      ...[...sorts].reverse().map(inwards),
      ...sorts.map((sort) => taking(sort, 'late')),
    ].join('\n'),
  };
}
