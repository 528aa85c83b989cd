/**
 * The state judged by itself: counts and lifecycles are stored, and who holds what says what they
 * have to be. A call that runs may leave them apart for a moment; between two calls they agree.
 */
import { blank, count, lifecycle, number, type Counting } from './counting.ts';
import * as files from './recount-files.ts';
import * as hooks from './recount-hooks.ts';
import { elements, objects, slots } from './recount-objects.ts';
import type { Tables } from './tables.ts';

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
    const kept = inode.object(i) !== 0 && inode.state(i) === charts.inode.states.releasing;
    const counted = named ? 'named' : held ? 'unlinked' : kept ? 'releasing' : 'absent';
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
  files.processes,
  files.tables,
  files.descriptors,
  files.descriptions,
  files.sockets,
  files.messages,
  files.attachments,
  hooks.cgroups,
  hooks.qdiscs,
  objects,
  slots,
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
