/** Who holds what in a state, by name: for those who tell people about it. */
import type { HeldObject, Holds } from './holds.types.ts';
import type { Names } from './names.ts';
import { inodeKinds } from './state/codes.ts';
import type { Column } from './state/layout.ts';
import type { Tables } from './state/tables.ts';

/** Reads the holders off the current state. */
export function readHolds(w: Tables, names: Names): Holds {
  const attached = attachedMounts(w);
  const mounts = attached.map((m) => {
    const s = w.inode.superblock(w.dentry.inode(w.mount.root(m)));
    const superblock = s > w.bounds.superblocks ? 0 : s;
    return { path: pathOfMount(w, names, m) || '/', namespace: w.mount.namespace(m), superblock };
  });
  const { running } = w.charts.process.states;
  const namespaces = new Map(
    rowsIn(w.process.state, running).map((p) => [p, w.process.namespace(p)]),
  );
  return { objects: heldObjects(w, names, attached), mounts, namespaces };
}

/** The rows in which a column has a value. Whoever follows a log asks after every call: cells are faster. */
function rowsIn({ cells }: Column, value: number): readonly number[] {
  const found: number[] = [];
  for (let row = cells.indexOf(value, 1); row > 0; row = cells.indexOf(value, row + 1)) {
    found.push(row);
  }
  return found;
}

function attachedMounts(w: Tables): readonly number[] {
  const { attached } = w.charts.mount.states;
  return rowsIn(w.mount.state, attached).filter((m) => w.mount.namespace(m) !== 0);
}

function heldObjects(w: Tables, names: Names, attached: readonly number[]): HeldObject[] {
  const { releasing, gone } = w.charts.object.states;
  const held = new Map<number, HeldObject>();
  const states = w.object.state.cells;
  for (let o = 1; o <= w.bounds.objects; o++) {
    const state = states[o] ?? 0;
    if (state === 0 || state === releasing || state === gone) continue;
    held.set(o, { object: o, descriptors: [], paths: [], names: 0 });
  }
  const change = (o: number, by: (of: HeldObject) => Partial<HeldObject>): void => {
    const of = held.get(o);
    if (of !== undefined) held.set(o, { ...of, ...by(of) });
  };
  eachDescriptor(w, (pid, fd, o) => {
    change(o, ({ descriptors }) => ({ descriptors: [...descriptors, { pid, fd }] }));
  });
  const inodes = w.dentry.inode.cells;
  const kinds = w.inode.kind.cells;
  for (let e = 1; e <= w.bounds.dentries; e++) {
    const i = inodes[e] ?? 0;
    if (kinds[i] !== inodeKinds.pin) continue;
    const to = pathsOfName(w, names, e, attached);
    change(w.inode.object(i), (of) => ({ paths: [...of.paths, ...to], names: of.names + 1 }));
  }
  return [...held.values()];
}

/** Numbers 0, 1 and 2 are open in every process, and no rows. */
const scenery = 3;

function eachDescriptor(w: Tables, see: (pid: number, fd: number, object: number) => void): void {
  const { running } = w.charts.process.states;
  const { closed } = w.charts.descriptor.states;
  const { descriptors, sharedTables = 0 } = w.bounds;
  const told = new Set<number>();
  const { cells } = w.descriptor.state;
  for (const p of rowsIn(w.process.state, running)) {
    const table = sharedTables > 0 ? w.process.files(p) : p;
    if (told.has(table)) continue;
    told.add(table);
    for (let k = 0; k < descriptors; k++) {
      const d = 1 + (table - 1) * descriptors + k;
      if (cells[d] === closed) continue;
      const o = w.description.object(w.descriptor.description(d));
      if (o !== 0) see(p, scenery + k, o);
    }
  }
}

function pathsOfName(w: Tables, names: Names, e: number, attached: readonly number[]): string[] {
  const paths = attached.flatMap((m) => {
    const below = pathBelow(w, names, e, w.mount.root(m));
    return below === null ? [] : [pathOfMount(w, names, m) + below];
  });
  return [...new Set(paths)];
}

/** Where a mount is attached; empty for the root. */
function pathOfMount(w: Tables, names: Names, m: number): string {
  let path = '';
  for (let at = m; at !== 0; at = w.mount.parent(at)) {
    const parent = w.mount.parent(at);
    const root = parent === 0 ? w.bounds.dentries + 1 : w.mount.root(parent);
    path = (pathBelow(w, names, w.mount.at(at), root) ?? '') + path;
  }
  return path;
}

/** From a directory down to a name, `/a/b`; empty for the directory itself, null if it lies elsewhere. */
function pathBelow(w: Tables, names: Names, e: number, root: number): string | null {
  let path = '';
  for (let at = e; at !== root; at = w.dentry.parent(at)) {
    if (at === 0) return null;
    path = `/${names.name(w.dentry.name(at))}${path}`;
  }
  return path;
}

/**
 * Frees the rows of processes and objects that are gone, which a world keeps so that no number is given
 * twice: whoever follows a system without end has to give them again, and tells them apart by himself.
 */
export function forgetGone(w: Tables): void {
  const { reaped } = w.charts.process.states;
  for (let p = 1; p <= w.bounds.processes; p++) {
    if (w.process.state(p) === reaped) w.process.state.cells[p] = 0;
  }
  const { gone } = w.charts.object.states;
  for (let o = 1; o <= w.bounds.objects; o++) {
    if (w.object.state(o) !== gone) continue;
    for (const { name, columns } of w.shapes) {
      if (name !== 'object') continue;
      for (const { at } of columns) w.cells[at + o] = 0;
    }
  }
}
