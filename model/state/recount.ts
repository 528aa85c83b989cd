/**
 * The state judged by itself: counts and lifecycles are stored, and who holds what says what they
 * have to be. A call that runs may leave them apart for a moment; between two calls they agree.
 */
import { blank, count, lifecycle, number, type Counting } from './counting.ts';
import * as files from './recount-files.ts';
import * as hooks from './recount-hooks.ts';
import { elements, objects, slots } from './recount-objects.ts';
import { filesOfNamespace, inodes, mounts, peers, superblocks } from './recount-trees.ts';
import type { Tables } from './tables.ts';

function dentries(counting: Counting): void {
  const { dentry, bounds } = counting.w;
  for (let e = 1; e <= bounds.dentries; e++) {
    if (dentry.inode(e) === 0) blank(counting, 'dentry', e, dentry);
  }
}

function namespaces(counting: Counting): void {
  const { namespace, process, bounds, charts } = counting.w;
  const inside = (n: number): number => count(bounds.processes, (p) => process.namespace(p) === n);
  const held = (n: number): number => filesOfNamespace(counting.w, n);
  const isThere = (n: number): boolean => inside(n) + held(n) > 0;
  for (let n = 1; n <= bounds.namespaces; n++) {
    const notYounger = (other: number): boolean =>
      isThere(other) && namespace.age(other) <= namespace.age(n);
    const aging = bounds.namespaceFiles === 1 && isThere(n);
    const age = aging ? count(bounds.namespaces, notYounger) : 0;
    number(counting, { table: 'namespace', column: 'count' }, n, namespace.count(n), inside(n));
    number(counting, { table: 'namespace', column: 'held' }, n, namespace.held(n), held(n));
    number(counting, { table: 'namespace', column: 'age' }, n, namespace.age(n), age);
    lifecycle(
      counting,
      charts.namespace,
      n,
      namespace.state(n),
      inside(n) > 0 ? 'inhabited' : held(n) > 0 ? 'kept' : 'absent',
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
  peers,
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
