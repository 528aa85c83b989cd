import type { SpinBounds, SpinCall, SpinScope } from './scope.types.ts';

const allSpinCalls = [
  'BPF_MAP_CREATE',
  'BPF_PROG_LOAD',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'fork',
  'exit_group',
  'kill',
  'mkdir',
  'rmdir',
  'unlink',
  'mount',
  'bind',
  'umount2',
  'unshare',
] as const satisfies readonly SpinCall[];

/** A scope to compare on, without its profile. */
export interface JudgedScope {
  readonly name: string;
  readonly scope: Omit<SpinScope, 'profile'>;
  /** log2 of a hash table that suits the number of states. */
  readonly tableBits: number;
}

type Row = readonly [
  processes: number,
  descriptors: number,
  descriptions: number,
  objects: number,
  superblocks: number,
  inodes: number,
  dentries: number,
  mounts: number,
  namespaces: number,
];

function bounds(row: Row): SpinBounds {
  const [processes, descriptors, descriptions, objects, ...rest] = row;
  const [superblocks, inodes, dentries, mounts, namespaces] = rest;
  return {
    ...{ processes, descriptors, descriptions, objects },
    ...{ superblocks, inodes, dentries, mounts, namespaces },
  };
}

function scopeOf(
  row: Row,
  tree: Pick<SpinScope, 'host' | 'hostFiles' | 'paths'> = { host: ['/b'], paths: ['/b', '/b/x'] },
): JudgedScope['scope'] {
  return { ...bounds(row), ...tree, calls: allSpinCalls };
}

const twoRoots = { host: ['/b', '/c'], paths: ['/b', '/b/x', '/c'] };
const fileBelow = { host: ['/b'], hostFiles: ['/f'], paths: ['/b', '/b/x', '/f'] };

/** From scopes that can be counted by hand to what a benchmark needs. */
export const judgedScopes: readonly JudgedScope[] = [
  { name: 'smallest', scope: scopeOf([1, 1, 1, 1, 1, 1, 1, 1, 1]), tableBits: 16 },
  { name: 'one-pin', scope: scopeOf([1, 1, 1, 1, 1, 2, 2, 1, 1]), tableBits: 16 },
  { name: 'alone', scope: scopeOf([1, 2, 2, 2, 1, 2, 2, 2, 1]), tableBits: 16 },
  { name: 'two-namespaces', scope: scopeOf([2, 1, 2, 2, 1, 2, 2, 2, 2]), tableBits: 18 },
  { name: 'two-roots', scope: scopeOf([2, 1, 1, 1, 1, 2, 2, 3, 2], twoRoots), tableBits: 20 },
  { name: 'file-below', scope: scopeOf([2, 1, 1, 1, 1, 2, 2, 3, 2], fileBelow), tableBits: 20 },
  { name: 'instances', scope: scopeOf([2, 1, 2, 2, 2, 3, 3, 2, 2]), tableBits: 20 },
  { name: 'trees', scope: scopeOf([2, 1, 2, 1, 2, 3, 3, 3, 2]), tableBits: 22 },
  { name: 'descriptors', scope: scopeOf([2, 2, 2, 2, 1, 2, 2, 2, 2]), tableBits: 24 },
  { name: 'one-process', scope: scopeOf([1, 2, 3, 3, 2, 3, 3, 3, 2]), tableBits: 22 },
  { name: 'descriptions', scope: scopeOf([2, 2, 3, 2, 1, 2, 2, 2, 2]), tableBits: 25 },
  { name: 'processes', scope: scopeOf([4, 1, 4, 2, 1, 2, 2, 2, 2]), tableBits: 26 },
  { name: 'large', scope: scopeOf([2, 1, 2, 2, 2, 3, 3, 3, 2]), tableBits: 24 },
];

/** @throws if no scope has that name. */
export function judgedScope(name: string): JudgedScope {
  const found = judgedScopes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no judged scope is called ${name}`);
  return found;
}
