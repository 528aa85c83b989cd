/**
 * The state judged by itself: counts and lifecycles are stored, and who holds what says what they
 * have to be. A call that runs may leave them apart for a moment; between two calls they agree.
 */
import type { Chart } from '../charts/index.ts';
import type { Column } from './layout.ts';
import { kinds } from './schema.ts';
import type { Tables } from './tables.ts';

type Columns = Readonly<Record<string, Column>>;

/** Where a sentence goes, and the tables it is about. */
interface Counting {
  readonly w: Tables;
  readonly found: string[];
}

/** Notes a cell that does not hold what was counted. */
function number(
  { found }: Counting,
  cell: { readonly table: string; readonly column: string },
  row: number,
  stored: number,
  counted: number,
): void {
  if (stored === counted) return;
  const { table, column } = cell;
  found.push(`${table} ${row}: ${column} is stored as ${stored} and counted as ${counted}`);
}

/** Notes a lifecycle that is not in the state that its holders say. */
function lifecycle<State extends string, Event extends string>(
  { found }: Counting,
  chart: Chart<State, Event>,
  row: number,
  stored: number,
  counted: State,
): void {
  if (stored === chart.states[counted]) return;
  const name = chart.stateNames[stored] ?? '?';
  found.push(`${chart.name} ${row}: state is stored as ${name} and counted as ${counted}`);
}

/** Notes what a free row still holds. */
function blank(counting: Counting, table: string, row: number, columns: Columns): void {
  for (const column in columns) {
    if (column !== 'state') {
      number(counting, { table, column }, row, columns[column]?.(row) ?? 0, 0);
    }
  }
}

function count(rows: number, holds: (row: number) => boolean): number {
  let counted = 0;
  for (let row = 1; row <= rows; row++) if (holds(row)) counted++;
  return counted;
}

/** Whether a row that is kept for good was taken: they are taken in their order. */
function taken(state: Column, row: number, rows: number): boolean {
  for (let later = row; later <= rows; later++) if (state(later) !== 0) return true;
  return false;
}

function processes(counting: Counting): void {
  const { process, bounds, charts } = counting.w;
  for (let p = 1; p <= bounds.processes; p++) {
    const ended = taken(process.state, p, bounds.processes) ? 'reaped' : 'absent';
    const counted = process.namespace(p) === 0 ? ended : 'running';
    lifecycle(counting, charts.process, p, process.state(p), counted);
  }
}

/** Which of the two open states a descriptor is in is nothing that can be counted. */
function descriptors(counting: Counting): void {
  const { descriptor, process, bounds, charts } = counting.w;
  const closed = charts.descriptor.states.closed;
  for (let row = 1; row <= bounds.processes * bounds.descriptors; row++) {
    const owner = 1 + Math.floor((row - 1) / bounds.descriptors);
    if (descriptor.description(row) === 0 || process.namespace(owner) === 0) {
      lifecycle(counting, charts.descriptor, row, descriptor.state(row), 'closed');
      blank(counting, 'descriptor', row, descriptor);
    } else if (descriptor.state(row) === closed) {
      lifecycle(counting, charts.descriptor, row, closed, 'open');
    }
  }
}

function descriptions(counting: Counting): void {
  const { descriptor, description, bounds, charts } = counting.w;
  const slots = bounds.processes * bounds.descriptors;
  for (let d = 1; d <= bounds.descriptions; d++) {
    const held = count(slots, (row) => descriptor.description(row) === d);
    if (held === 0) blank(counting, 'description', d, description);
    const cell = { table: 'description', column: 'count' };
    number(counting, cell, d, description.count(d), held);
    lifecycle(counting, charts.description, d, description.state(d), held > 0 ? 'open' : 'absent');
  }
}

function objects(counting: Counting): void {
  const { w } = counting;
  const { description, inode, object, bounds, charts } = w;
  for (let o = 1; o <= bounds.objects; o++) {
    const users =
      count(bounds.descriptions, (d) => description.object(d) === o) +
      count(bounds.inodes, (i) => inode.object(i) === o);
    const holders = users + count(bounds.objects, (program) => object.uses(program) === o);
    const counts = object.kind(o) !== kinds.program;
    number(counting, { table: 'object', column: 'refcnt' }, o, object.refcnt(o), holders);
    number(
      counting,
      { table: 'object', column: 'usercnt' },
      o,
      object.usercnt(o),
      counts ? users : 0,
    );
    const state = lifeOf(w, o, users, holders);
    if (state === 'absent' || state === 'gone') blank(counting, 'object', o, object);
    lifecycle(counting, charts.object, o, object.state(o), state);
  }
}

/** The state of an object with that many users among its holders. */
function lifeOf({ object, bounds }: Tables, o: number, users: number, holders: number) {
  if (users > 0) return 'held-by-users';
  if (holders > 0) return 'held-by-objects-only';
  if (object.uses(o) !== 0) return 'releasing';
  return taken(object.state, o, bounds.objects) ? 'gone' : 'absent';
}

function elements(counting: Counting): void {
  const { element, bounds } = counting.w;
  for (let e = 1; e <= bounds.elements; e++) {
    if (counting.w.object.kind(element.object(e)) === 0) blank(counting, 'element', e, element);
  }
}

function superblocks(counting: Counting): void {
  const { superblock, inode, dentry, mount, bounds, charts } = counting.w;
  for (let s = 1; s <= bounds.superblocks; s++) {
    const mounts = count(bounds.mounts, (m) => inode.superblock(dentry.inode(mount.root(m))) === s);
    if (mounts === 0) blank(counting, 'superblock', s, superblock);
    number(counting, { table: 'superblock', column: 'count' }, s, superblock.count(s), mounts);
    lifecycle(
      counting,
      charts.superblock,
      s,
      superblock.state(s),
      mounts > 0 ? 'mounted' : 'absent',
    );
  }
}

/** Every inode has one dentry, and what has no name is there for a mount whose root it is. */
function inodes(counting: Counting): void {
  const { superblock, inode, dentry, mount, bounds, charts } = counting.w;
  for (let i = 1; i <= bounds.inodes; i++) {
    let [named, held] = [false, false];
    for (let e = 1; e <= bounds.dentries; e++) {
      if (dentry.inode(e) === i) {
        named ||= dentry.parent(e) !== 0 || superblock.root(inode.superblock(i)) === e;
        held ||= count(bounds.mounts, (m) => mount.root(m) === e) > 0;
      }
    }
    const counted = named ? 'named' : held ? 'unlinked' : 'absent';
    if (counted === 'absent') blank(counting, 'inode', i, inode);
    lifecycle(counting, charts.inode, i, inode.state(i), counted);
  }
}

function dentries(counting: Counting): void {
  const { dentry, bounds } = counting.w;
  for (let e = 1; e <= bounds.dentries; e++) {
    if (dentry.inode(e) === 0) blank(counting, 'dentry', e, dentry);
  }
}

function mounts(counting: Counting): void {
  const { mount, process, bounds, charts } = counting.w;
  for (let m = 1; m <= bounds.mounts; m++) {
    const n = mount.namespace(m);
    const inside = n !== 0 && count(bounds.processes, (p) => process.namespace(p) === n) > 0;
    if (!inside) blank(counting, 'mount', m, mount);
    lifecycle(counting, charts.mount, m, mount.state(m), inside ? 'attached' : 'absent');
  }
}

function namespaces(counting: Counting): void {
  const { namespace, process, bounds, charts } = counting.w;
  for (let n = 1; n <= bounds.namespaces; n++) {
    const inside = count(bounds.processes, (p) => process.namespace(p) === n);
    number(counting, { table: 'namespace', column: 'count' }, n, namespace.count(n), inside);
    lifecycle(
      counting,
      charts.namespace,
      n,
      namespace.state(n),
      inside > 0 ? 'inhabited' : 'absent',
    );
  }
}

const tables = [
  processes,
  descriptors,
  descriptions,
  objects,
  elements,
  superblocks,
  inodes,
  dentries,
  mounts,
  namespaces,
] as const;

/**
 * What is wrong with a state between two calls: a sentence for each count that differs from the
 * holders found, each lifecycle in another state than they say, and each cell that a free row did
 * not give back (docs/world.md). Empty for a sound state; in table order.
 */
export function recount(w: Tables): readonly string[] {
  const found: string[] = [];
  for (const table of tables) table({ w, found });
  return found;
}
