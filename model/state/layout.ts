/**
 * Lays tables out in one flat buffer. A column is read like a function, `object.refcnt(o)`, and
 * written through its cells, `object.refcnt.cells[o] = 1`. Row 0 of every table is the null row:
 * always zero, so that a chain of references needs no checks on its way.
 */

import { recordOf } from '../record-of.ts';

/** The whole state, or a column of it. */
export type Cells = Uint8Array | Uint16Array;

export interface Column {
  /** The value in a row. */
  (row: number): number;
  readonly cells: Cells;
}

/** What a number may be the id of. */
type Interned = 'name' | 'word' | 'path';

/** What a column holds: a number up to `max`, or, with `target`, a row of that table. */
export interface ColumnSpec {
  readonly max: number;
  readonly target?: string;
  /** The number is the id of something interned. */
  readonly interned?: Interned;
}

export interface TableSpec<Name extends string = string> {
  /** Rows that change, from 1 on. */
  readonly rows: number;
  /** Constant rows behind them: written once, never packed. */
  readonly scenery: number;
  readonly columns: Readonly<Record<Name, ColumnSpec>>;
  /** Rows that belong to the rows of another table by their place: so many to each, one after another. */
  readonly block?: Block;
}

export interface Block {
  readonly of: string;
  readonly size: number;
}

/** A table as it lies in the state: row r of a column is the cell at its `at` + r. */
export interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly scenery: number;
  readonly block: Block | undefined;
  /** Those that can be other than 0. */
  readonly columns: readonly ShapeColumn[];
}

export interface ShapeColumn extends ColumnSpec {
  readonly name: string;
  readonly at: number;
}

/** One cell of the state that can change. */
export interface Field {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  /** Index into the whole state. */
  readonly at: number;
  readonly max: number;
  readonly interned?: Interned;
}

export interface Layout<Schema extends Readonly<Record<string, TableSpec>>> {
  readonly schema: Schema;
  readonly cells: Cells;
  /** The same bytes as words, to copy by; its length is whole words. */
  readonly words: Uint32Array;
  readonly fields: readonly Field[];
  readonly shapes: readonly Shape[];
  readonly places: Places;
}

/** Every table starts at a whole word, so that no word, and no digit of a packed state, is of two. */
const aligned = (cells: number): number => Math.ceil(cells / 4) * 4;

function rowsOf(table: TableSpec): number {
  return 1 + table.rows + table.scenery;
}

/** Where a column starts, by table and column. */
type Places = ReadonlyMap<string, number>;

const placeName = (table: string, column: string): string => `${table}.${column}`;

/**
 * A column that no row can ever fill stands behind all others: what a world does without lies in no
 * cache line that a search touches.
 */
function placesOf(schema: Readonly<Record<string, TableSpec>>): {
  readonly places: Places;
  readonly size: number;
} {
  const places = new Map<string, number>();
  let size = 0;
  for (const filled of [true, false]) {
    for (const [name, table] of Object.entries(schema)) {
      size = aligned(size);
      for (const [column, { max }] of Object.entries(table.columns)) {
        if ((table.rows + table.scenery > 0 && max > 0) !== filled) continue;
        places.set(placeName(name, column), size);
        size += rowsOf(table);
      }
    }
  }
  return { places, size };
}

/** Allocates a buffer for all tables of a schema; fields are in the order of its keys. */
export function layOut<Schema extends Readonly<Record<string, TableSpec>>>(
  schema: Schema,
): Layout<Schema> {
  const { places, size } = placesOf(schema);
  const largest = Math.max(
    ...Object.values(schema).flatMap(({ columns }) => Object.values(columns).map(({ max }) => max)),
  );
  const shapes = Object.entries(schema).map(([name, { rows, scenery, block, columns }]) => ({
    ...{ name, rows, scenery, block },
    columns: Object.entries(columns).flatMap(([column, spec]) =>
      spec.max === 0
        ? []
        : [{ ...spec, name: column, at: places.get(placeName(name, column)) ?? 0 }],
    ),
  }));
  const bytesPerCell = largest > 0xff ? 2 : 1;
  const bytes = new ArrayBuffer(Math.ceil((size * bytesPerCell) / 4) * 4);
  const cells = bytesPerCell === 2 ? new Uint16Array(bytes) : new Uint8Array(bytes);
  // Searches alone ask for every cell; a large world that only takes steps is built without.
  let fields: readonly Field[] | null = null;
  return {
    ...{ schema, cells, words: new Uint32Array(bytes), shapes, places },
    get fields() {
      return (fields ??= fieldsOf(schema, places));
    },
  };
}

/** Every cell that can change, in the order of the schema's keys. */
function fieldsOf(schema: Readonly<Record<string, TableSpec>>, places: Places): readonly Field[] {
  const fields: Field[] = [];
  for (const [name, table] of Object.entries(schema)) {
    for (const [column, { max, interned }] of Object.entries(table.columns)) {
      const start = places.get(placeName(name, column)) ?? 0;
      for (let row = 1; row <= table.rows; row++) {
        const field = { table: name, row, column, at: start + row, max };
        fields.push(interned === undefined ? field : { ...field, interned });
      }
    }
  }
  return fields;
}

function columnAt(cells: Cells, from: number, rows: number): Column {
  const view = cells.subarray(from, from + rows);
  return Object.assign((row: number): number => view[row] ?? 0, { cells: view });
}

/** The columns of one table. @throws if the schema has no such column. */
export function columnsOf<Name extends string>(
  { cells, places }: Layout<Readonly<Record<string, TableSpec>>>,
  table: string,
  spec: TableSpec<Name>,
): Readonly<Record<Name, Column>> {
  return recordOf(namesOf(spec.columns), (column) => {
    const start = places.get(placeName(table, column));
    if (start === undefined) throw new Error(`the schema has no column ${table}.${column}`);
    return columnAt(cells, start, rowsOf(spec));
  });
}

function namesOf<Name extends string>(columns: Readonly<Record<Name, unknown>>): readonly Name[] {
  const own = (name: string): name is Name => Object.hasOwn(columns, name);
  return Object.keys(columns).filter(own);
}
