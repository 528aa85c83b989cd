import { movesOf, type Charts } from '../charts/index.ts';
import type { Switches } from '../profiles/index.ts';
import type { Bounds } from '../world.types.ts';
import { columnsOf, layOut, type Cells, type Column, type Field, type Shape } from './layout.ts';
import { schemaOf, type Schema, type Surroundings } from './schema.ts';

type ColumnsOf<Table> = Table extends { readonly columns: Readonly<Record<infer Name, unknown>> }
  ? Readonly<Record<Name extends string ? Name : never, Column>>
  : never;

/** The tables of one world: its whole state, and nothing else. */
export type Tables = { readonly [Name in keyof Schema]: ColumnsOf<Schema[Name]> } & {
  readonly bounds: Bounds;
  /** Dentries of the host tree: the constant rows behind the bounded ones. */
  readonly hostDentries: number;
  /** The dentry that stands for the file of any namespace, or 0. */
  readonly namespaceFile: number;
  /** The dentry that has the cgroups below it, or 0; and the cgroup of a dentry, or 0. */
  readonly cgroupRoot: number;
  readonly cgroupOf: (e: number) => number;
  readonly cells: Cells;
  readonly words: Uint32Array;
  readonly fields: readonly Field[];
  readonly shapes: readonly Shape[];
  readonly charts: Charts;
  /** The writers of the lifecycle columns. */
  readonly moves: { readonly [Name in keyof Charts]: MovesOf<Charts[Name]> };
};

type MovesOf<Of> = Of extends { readonly events: Readonly<Record<infer Event, number>> }
  ? Readonly<Record<Event, (row: number) => void>>
  : never;

/** Allocates the tables of a world, all zero. */
export function createTables(
  bounds: Bounds,
  around: Surroundings,
  is: Switches,
  charts: Charts,
): Tables {
  const schema = schemaOf(bounds, around, is, charts);
  const layout = layOut(schema);
  const firstHost = bounds.dentries + 1;
  const tables = {
    process: columnsOf(layout, 'process', schema.process),
    descriptor: columnsOf(layout, 'descriptor', schema.descriptor),
    files: columnsOf(layout, 'files', schema.files),
    description: columnsOf(layout, 'description', schema.description),
    socket: columnsOf(layout, 'socket', schema.socket),
    message: columnsOf(layout, 'message', schema.message),
    attachment: columnsOf(layout, 'attachment', schema.attachment),
    cgroup: columnsOf(layout, 'cgroup', schema.cgroup),
    qdisc: columnsOf(layout, 'qdisc', schema.qdisc),
    slot: columnsOf(layout, 'slot', schema.slot),
    object: columnsOf(layout, 'object', schema.object),
    element: columnsOf(layout, 'element', schema.element),
    superblock: columnsOf(layout, 'superblock', schema.superblock),
    inode: columnsOf(layout, 'inode', schema.inode),
    dentry: columnsOf(layout, 'dentry', schema.dentry),
    group: columnsOf(layout, 'group', schema.group),
    mount: columnsOf(layout, 'mount', schema.mount),
    namespace: columnsOf(layout, 'namespace', schema.namespace),
    bounds,
    hostDentries: around.hostDentries,
    namespaceFile: bounds.namespaceFiles === 1 ? bounds.dentries + around.hostDentries : 0,
    cgroupRoot: around.cgroups.length === 0 ? 0 : firstHost + around.cgroupRoot,
    cgroupOf: (e: number): number => 1 + around.cgroups.indexOf(e - firstHost),
    cells: layout.cells,
    words: layout.words,
    shapes: layout.shapes,
    charts,
  };
  const moves = {
    process: movesOf(charts.process, tables.process.state.cells),
    descriptor: movesOf(charts.descriptor, tables.descriptor.state.cells),
    description: movesOf(charts.description, tables.description.state.cells),
    socket: movesOf(charts.socket, tables.socket.state.cells),
    message: movesOf(charts.message, tables.message.state.cells),
    attachment: movesOf(charts.attachment, tables.attachment.state.cells),
    cgroup: movesOf(charts.cgroup, tables.cgroup.state.cells),
    qdisc: movesOf(charts.qdisc, tables.qdisc.state.cells),
    object: movesOf(charts.object, tables.object.state.cells),
    inode: movesOf(charts.inode, tables.inode.state.cells),
    superblock: movesOf(charts.superblock, tables.superblock.state.cells),
    mount: movesOf(charts.mount, tables.mount.state.cells),
    namespace: movesOf(charts.namespace, tables.namespace.state.cells),
  };
  return {
    ...{ ...tables, moves },
    get fields() {
      return layout.fields;
    },
  };
}

/** The first row from `from` on whose cell is 0 (by a column that is 0 in free rows only), or 0. */
export function freeRow(state: Column, rows: number, from = 1): number {
  const { cells } = state;
  for (let row = from; row <= rows; row++) {
    if (cells[row] === 0) return row;
  }
  return 0;
}
