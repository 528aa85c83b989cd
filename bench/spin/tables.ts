import type { Places } from './places.ts';
import { declareTable, upTo } from './rows.ts';
import type { SpinScope } from './scope.types.ts';

/** What every part of the text is written from. */
export interface World {
  readonly scope: SpinScope;
  readonly places: Places;
}

/** `pr[p]` of a process that was never created; a running one has its namespace there. */
function absentProcess(scope: SpinScope): number {
  return scope.namespaces + 1;
}

/** `pr[p]` of a process that ended. */
export function reapedProcess(scope: SpinScope): number {
  return scope.namespaces + 2;
}

/** The highest number a dentry can have, those of the host included. */
function lastDentry({ scope, places }: World): number {
  return scope.dentries + places.host.length;
}

function processTable(scope: SpinScope): string {
  const absent = absentProcess(scope);
  const others = upTo(scope.processes - 1).map(() => `, ${absent}`);
  const lonely = upTo(scope.namespaces - 1).map(() => ', 0');
  return [
    '/* A running process has its namespace here. */',
    `byte pr[${scope.processes}] = { 1${others.join('')} };`,
    `#define running(p) (pr[(p)-1] <= ${scope.namespaces})`,
    `#define absent(p) (pr[(p)-1] == ${absent})`,
    '/* Count of processes; 0 is no namespace. */',
    `byte ns[${scope.namespaces}] = { 1${lonely.join('')} };`,
  ].join('\n');
}

function descriptorTables(scope: SpinScope): string {
  return [
    declareTable('fd', scope.processes * scope.descriptors, [
      ['description', scope.descriptions],
      ['cloexec', 1],
    ]),
    `#define slot(p, f) (((p)-1) * ${scope.descriptors} + (f))`,
    declareTable('de', scope.descriptions, [
      ['object', scope.objects],
      ['count', scope.processes * scope.descriptors],
    ]),
  ].join('\n');
}

/** A map whose only holders are programs can be reached by nobody. */
const objectTags = [
  '#define USERS 1     /* an array map that a description or an inode holds */',
  '#define PROGRAMS 2  /* an array map that only programs hold */',
  '#define PROGRAM 3',
  '#define RELEASING 4 /* a program that is gone and has not released its map yet */',
  '#define GONE 5',
].join('\n');

function objectTable(scope: SpinScope): string {
  const holders = scope.descriptions + scope.inodes;
  return [
    objectTags,
    declareTable('ob', scope.objects, [
      ['tag', 5],
      ['uses', scope.objects],
      ['refcnt', holders + scope.objects],
      ['usercnt', holders],
    ]),
  ].join('\n');
}

function fileSystemTables(world: World): string {
  const { scope } = world;
  return [
    declareTable('sb', scope.superblocks, [
      ['count', scope.mounts],
      ['root', scope.dentries],
      ...(scope.profile === 'linux-4.4' ? [['key', scope.namespaces] as const] : []),
    ]),
    '/* A directory holds no object. */',
    declareTable('in', scope.inodes, [
      ['superblock', scope.superblocks],
      ['unlinked', 1],
      ['object', scope.objects],
    ]),
    declareTable('dn', scope.dentries, [
      ['parent', scope.dentries],
      ['name', world.places.names.length],
      ['inode', scope.inodes],
    ]),
    '#define DN_place (DN_parent_mask | DN_name_mask)',
    declareTable('mt', scope.mounts, [
      ['namespace', scope.namespaces],
      ['parent', scope.mounts],
      ['at', lastDentry(world)],
      ['root', lastDentry(world)],
    ]),
    '#define MT_place (MT_namespace_mask | MT_parent_mask | MT_at_mask)',
  ].join('\n');
}

/**
 * Where each path leads in each namespace, 0 for nowhere. It follows from the other tables, so it
 * adds no state; kept, because Spin asks it in a hundred guards of every state.
 */
function placeTable(world: World): string {
  const { namespaces, mounts } = world.scope;
  const { walks, host } = world.places;
  const columns = [
    ['mount', mounts],
    ['dentry', lastDentry(world)],
  ] as const;
  const atStart = walks.map(({ path }) => [0, host.find((it) => it.path === path)?.dentry ?? 0]);
  return [
    declareTable('pl', namespaces * walks.length, columns, atStart),
    `#define place(n, w) (((n)-1) * ${walks.length} + (w) + 1)`,
  ].join('\n');
}

/** Scratch of one step; Spin keeps it out of the state. */
const scratch = ['d', 'e', 'i', 'm', 'n', 'o', 'p', 'q', 's', 'u']
  .map((name) => `hidden byte x_${name};`)
  .concat('hidden int marked;')
  .join('\n');

/** The state and the names of its parts. */
export function declareTables(world: World): string {
  return [
    processTable(world.scope),
    descriptorTables(world.scope),
    objectTable(world.scope),
    fileSystemTables(world),
    placeTable(world),
    scratch,
  ].join('\n');
}
