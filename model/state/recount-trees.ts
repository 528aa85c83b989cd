/** Recounts instances, inodes and mounts: what is mounted, named, or held by who is in it. */
import { fileKinds, marks } from './codes.ts';
import type { Tables } from './tables.ts';
import { blank, count, lifecycle, number, type Counting } from './counting.ts';

export function superblocks(counting: Counting): void {
  const { superblock, inode, dentry, mount, bounds, charts } = counting.w;
  for (let s = 1; s <= bounds.superblocks; s++) {
    const shows = (m: number): boolean => inode.superblock(dentry.inode(mount.root(m))) === s;
    const mounts = count(bounds.mounts, shows);
    const attached = count(bounds.mounts, (m) => shows(m) && mount.namespace(m) !== 0);
    if (mounts === 0) blank(counting, 'superblock', s, superblock);
    number(counting, { table: 'superblock', column: 'count' }, s, superblock.count(s), mounts);
    const counted = attached > 0 ? 'mounted' : mounts > 0 ? 'detached' : 'absent';
    lifecycle(counting, charts.superblock, s, superblock.state(s), counted);
  }
}

/** Whether somebody is in a mount, or at a dentry: a working directory, an open file. */
function isOpen({ w }: Counting, column: 'mount' | 'dentry', row: number): boolean {
  const { process, description, bounds } = w;
  const cwd = column === 'mount' ? process.cwdMount : process.cwd;
  const open =
    count(bounds.processes, (p) => process.namespace(p) !== 0 && cwd(p) === row) +
    count(bounds.descriptions, (d) => description[column](d) === row);
  return open > 0;
}

/** What has no name is there for a mount whose root it is, for who has it open, for what was in it. */
function isHeld(counting: Counting, e: number): boolean {
  const { dentry, mount, bounds } = counting.w;
  const inside = count(bounds.dentries, (child) => {
    return dentry.inode(child) !== 0 && dentry.name(child) === 0 && dentry.parent(child) === e;
  });
  const shown = count(bounds.mounts, (m) => mount.root(m) === e);
  return inside + shown > 0 || isOpen(counting, 'dentry', e);
}

export function inodes(counting: Counting): void {
  const { superblock, inode, dentry, bounds, charts } = counting.w;
  for (let i = 1; i <= bounds.inodes; i++) {
    let [named, held] = [false, false];
    for (let e = 1; e <= bounds.dentries; e++) {
      if (dentry.inode(e) === i) {
        named ||= dentry.name(e) !== 0 || superblock.root(inode.superblock(i)) === e;
        held ||= isHeld(counting, e);
      }
    }
    const kept = inode.object(i) !== 0 && inode.state(i) === charts.inode.states.releasing;
    const counted = named ? 'named' : held ? 'unlinked' : kept ? 'releasing' : 'absent';
    if (counted === 'absent') blank(counting, 'inode', i, inode);
    lifecycle(counting, charts.inode, i, inode.state(i), counted);
  }
}

/** Open files of a namespace, and mounts of its file. */
export function filesOfNamespace({ description, mount, bounds }: Tables, n: number): number {
  const isOf = (d: number): boolean =>
    description.kind(d) === fileKinds.namespace && description.namespace(d) === n;
  const shown = n === 0 ? 0 : count(bounds.mounts, (m) => mount.file(m) === n);
  return count(bounds.descriptions, isOf) + shown;
}

export function mounts(counting: Counting): void {
  const { mount, process, bounds, charts } = counting.w;
  for (let m = 1; m <= bounds.mounts; m++) {
    const n = mount.namespace(m);
    const members = count(bounds.processes, (p) => process.namespace(p) === n);
    const inside = n !== 0 && members + filesOfNamespace(counting.w, n) > 0;
    const held = isOpen(counting, 'mount', m);
    if (!inside && !held) blank(counting, 'mount', m, mount);
    const counted = inside ? 'attached' : held ? 'detached' : 'absent';
    lifecycle(counting, charts.mount, m, mount.state(m), counted);
    // What expires is used by nobody: not even by a mount in it.
    const inIt = count(bounds.mounts, (child) => mount.parent(child) === m);
    const mark = held || inIt > 0 ? marks.none : mount.mark(m);
    number(counting, { table: 'mount', column: 'mark' }, m, mount.mark(m), mark);
  }
}

/** Mounts of one group have one master, every master has members, and what is in no namespace has neither. */
export function peers(counting: Counting): void {
  const { w, found } = counting;
  const { mount, namespace, bounds } = w;
  if (bounds.peerGroups === undefined) return;
  const ties = [
    ...rowsOf('mount', bounds.mounts, mount, (m) => mount.namespace(m) !== 0),
    ...rowsOf('namespace', bounds.namespaces, namespace, (n) => namespace.state(n) !== 0),
  ];
  for (const { name, isThere, group, master } of ties) {
    if (!isThere && (group !== 0 || master !== 0)) found.push(`${name}: it is gone and has peers`);
    const others = ties.filter((other) => group !== 0 && other.group === group);
    if (others.some((other) => other.master !== master)) {
      found.push(`${name}: its peers have another master`);
    }
    if (master !== 0 && !ties.some((other) => other.group === master)) {
      found.push(`${name}: its master is a group of nobody`);
    }
  }
}

interface Tie {
  readonly name: string;
  readonly isThere: boolean;
  readonly group: number;
  readonly master: number;
}

function rowsOf(
  table: string,
  rows: number,
  columns: Pick<Tables['mount'], 'group' | 'master'>,
  isThere: (row: number) => boolean,
): readonly Tie[] {
  return Array.from({ length: rows }, (_, before) => before + 1).map((row) => ({
    name: `${table} ${row}`,
    isThere: isThere(row),
    group: columns.group(row),
    master: columns.master(row),
  }));
}
