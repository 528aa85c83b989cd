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

/** What a column holds: a number up to `max`, or, with `target`, a row of that table. */
export interface ColumnSpec {
  readonly max: number;
  readonly target?: string;
  /** The number is the id of an interned string or word. */
  readonly interned?: 'name' | 'word';
}

export interface TableSpec<Name extends string = string> {
  /** Rows that change, from 1 on. */
  readonly rows: number;
  /** Constant rows behind them: written once, never packed. */
  readonly scenery: number;
  readonly columns: Readonly<Record<Name, ColumnSpec>>;
}

/** One cell of the state that can change. */
export interface Field {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  /** Index into the whole state. */
  readonly at: number;
  readonly max: number;
  readonly interned?: 'name' | 'word';
}

export interface Layout<Schema extends Readonly<Record<string, TableSpec>>> {
  readonly schema: Schema;
  readonly cells: Cells;
  /** The same bytes as words, to copy by; its length is whole words. */
  readonly words: Uint32Array;
  readonly fields: readonly Field[];
}

/** Every table starts at a whole word, so that tables can be compared and hashed by words. */
const aligned = (cells: number): number => Math.ceil(cells / 4) * 4;

function rowsOf(table: TableSpec): number {
  return 1 + table.rows + table.scenery;
}

/** Allocates a buffer for all tables of a schema, in the order of its keys. */
export function layOut<Schema extends Readonly<Record<string, TableSpec>>>(
  schema: Schema,
): Layout<Schema> {
  const fields: Field[] = [];
  let size = 0;
  let largest = 0;
  for (const [name, table] of Object.entries(schema)) {
    size = aligned(size);
    for (const [column, { max, interned }] of Object.entries(table.columns)) {
      largest = Math.max(largest, max);
      for (let row = 1; row <= table.rows; row++) {
        const field = { table: name, row, column, at: size + row, max };
        fields.push(interned === undefined ? field : { ...field, interned });
      }
      size += rowsOf(table);
    }
  }
  const bytesPerCell = largest > 0xff ? 2 : 1;
  const bytes = new ArrayBuffer(Math.ceil((size * bytesPerCell) / 4) * 4);
  const cells = bytesPerCell === 2 ? new Uint16Array(bytes) : new Uint8Array(bytes);
  return { schema, cells, words: new Uint32Array(bytes), fields };
}

function columnAt(cells: Cells, from: number, rows: number): Column {
  const view = cells.subarray(from, from + rows);
  return Object.assign((row: number): number => view[row] ?? 0, { cells: view });
}

/** The first cell of a table. */
function offsetOf(schema: Readonly<Record<string, TableSpec>>, name: string): number {
  let offset = 0;
  for (const [other, table] of Object.entries(schema)) {
    offset = aligned(offset);
    if (other === name) return offset;
    offset += rowsOf(table) * Object.keys(table.columns).length;
  }
  throw new Error(`the schema has no table ${name}`);
}

/** The columns of one table. */
export function columnsOf<Name extends string>(
  { schema, cells }: Layout<Readonly<Record<string, TableSpec>>>,
  table: string,
  spec: TableSpec<Name>,
): Readonly<Record<Name, Column>> {
  const from = offsetOf(schema, table);
  const rows = rowsOf(spec);
  return recordOf(namesOf(spec.columns), (_, index) => columnAt(cells, from + index * rows, rows));
}

function namesOf<Name extends string>(columns: Readonly<Record<Name, unknown>>): readonly Name[] {
  const own = (name: string): name is Name => Object.hasOwn(columns, name);
  return Object.keys(columns).filter(own);
}
