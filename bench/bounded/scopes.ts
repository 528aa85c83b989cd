import type { BoundedScope } from './scope.types.ts';

/** What has to be counted in a scope; states that differ in numbers only are one canonical state. */
export interface CountedScope {
  readonly name: string;
  readonly scope: BoundedScope;
  readonly states: number;
  readonly transitions: number;
  readonly canonicalStates: number;
  /** log2 of a hash table for Spin that suits the number of states. */
  readonly tableBits: number;
  /** Longer than the longest path of Spin's depth-first search. */
  readonly depthMax: number;
}

type Row = readonly [
  scope: readonly [number, number, number, number, number],
  states: number,
  transitions: number,
  canonicalStates: number,
  tableBits: number,
  depthMax: number,
];

function counted([scope, states, transitions, canonicalStates, tableBits, depthMax]: Row) {
  const [processes, namespaces, objects, descriptors, names] = scope;
  return {
    name: scope.join(','),
    scope: { processes, namespaces, objects, descriptors, names },
    ...{ states, transitions, canonicalStates, tableBits, depthMax },
  };
}

/**
 * Counted by an earlier engine of another make, and by Spin. The canonical states of the last two
 * were counted by that engine alone.
 */
const rows: readonly Row[] = [
  [[1, 1, 1, 1, 1], 11, 38, 11, 16, 1e4],
  [[2, 1, 1, 2, 1], 139, 1_104, 51, 16, 1e4],
  [[2, 1, 2, 2, 2], 3_487, 43_588, 328, 16, 1e4],
  [[3, 1, 2, 2, 2], 37_495, 689_976, 1_056, 18, 1e5],
  [[2, 2, 2, 2, 2], 425_041, 5_652_340, 6_131, 21, 1e6],
  [[3, 2, 2, 2, 1], 2_097_179, 31_778_160, 15_661, 23, 4e6],
  [[2, 2, 3, 2, 2], 6_096_273, 84_241_876, 22_273, 24, 1e7],
  [[3, 2, 2, 2, 2], 12_571_291, 241_927_440, 46_893, 24, 2e7],
];

export const countedScopes: readonly CountedScope[] = rows.map(counted);

/** @throws if no scope has that name. */
export function countedScope(name: string): CountedScope {
  const found = countedScopes.find((one) => one.name === name);
  if (found === undefined) {
    const known = countedScopes.map((one) => one.name).join(' ');
    throw new Error(`no bounded scope is called ${name}; there is: ${known}`);
  }
  return found;
}
