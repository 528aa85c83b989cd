/**
 * Peer groups: which mounts pass on what is mounted and unmounted in them (mount_namespaces(7);
 * fs/pnode.c). The only writer of the columns `group` and `master`.
 *
 * A mount is meant by a number of its own: its row, or, for the mount of the host tree that every
 * namespace has, the number of the namespace behind the last row.
 */
import type { Tables } from '../state/tables.ts';

export interface PeerEdges {
  /** The group whose mounts pass on to each other, or 0. */
  readonly groupOf: (x: number) => number;
  /** The group whose mounts pass on to this one, and not the other way, or 0. */
  readonly masterOf: (x: number) => number;
  /** The mount that a place is seen through, by its number; `m` is 0 in the host tree of `n`, and both where nothing is. */
  readonly numberOf: (m: number, n: number) => number;
  /** The row of a mount, 0 for a host tree's; and its namespace. */
  readonly rowOf: (x: number) => number;
  readonly namespaceOf: (x: number) => number;
  readonly rootOf: (x: number) => number;
  readonly members: (group: number) => readonly number[];
  readonly slaves: (group: number) => readonly number[];
  /** Whose mounts may appear in a namespace besides where they are made. */
  readonly hears: (n: number) => 'nothing' | 'own' | 'others';
  /** Groups that nobody is in. */
  readonly freeGroups: () => number;
  readonly newGroup: () => number;
  /** What change_mnt_propagation does for MS_SHARED, MS_SLAVE and MS_PRIVATE. */
  readonly share: (x: number) => void;
  readonly enslave: (x: number) => void;
  readonly leave: (x: number) => void;
  /** Puts a new mount into a group, and below a master. */
  readonly join: (x: number, group: number, master: number) => void;
}

export function createPeerEdges({ mount, namespace, bounds }: Tables): PeerEdges {
  const groups = bounds.peerGroups ?? 0;
  const hostRoot = bounds.dentries + 1;
  const all =
    groups === 0
      ? []
      : Array.from({ length: bounds.mounts + bounds.namespaces }, (_, before) => before + 1);

  const isRow = (x: number): boolean => x <= bounds.mounts;
  const groupOf = (x: number): number =>
    isRow(x) ? mount.group(x) : namespace.group(x - bounds.mounts);
  const masterOf = (x: number): number =>
    isRow(x) ? mount.master(x) : namespace.master(x - bounds.mounts);
  const members = (group: number): readonly number[] => all.filter((x) => groupOf(x) === group);
  const slaves = (group: number): readonly number[] => all.filter((x) => masterOf(x) === group);

  function join(x: number, group: number, master: number): void {
    const [table, row] = isRow(x) ? [mount, x] : [namespace, x - bounds.mounts];
    table.group.cells[row] = group;
    table.master.cells[row] = master;
  }

  function free(): readonly number[] {
    const numbers = Array.from({ length: groups }, (_, before) => before + 1);
    return numbers.filter((group) => !all.some((x) => groupOf(x) === group));
  }

  /** Those it passed on to have what is above it for a master from now on (do_make_slave). */
  function leaveGroup(x: number): number {
    const [group, master] = [groupOf(x), masterOf(x)];
    if (group === 0) return master;
    join(x, 0, 0);
    if (members(group).length > 0) return group;
    for (const slave of slaves(group)) join(slave, groupOf(slave), master);
    return master;
  }

  const namespaceOf = (x: number): number => (isRow(x) ? mount.namespace(x) : x - bounds.mounts);

  return {
    groupOf,
    masterOf,
    numberOf: (m, n) => (m !== 0 || n === 0 ? m : bounds.mounts + n),
    rowOf: (x) => (isRow(x) ? x : 0),
    namespaceOf,
    rootOf: (x) => (isRow(x) ? mount.root(x) : hostRoot),
    members,
    slaves,
    hears(n) {
      let ofOwn = false;
      for (const x of all) {
        if (n === 0 || namespaceOf(x) !== n) continue;
        if (masterOf(x) !== 0) return 'others';
        const group = groupOf(x);
        for (const y of all) {
          if (group === 0 || y === x || groupOf(y) !== group) continue;
          if (namespaceOf(y) !== n) return 'others';
          ofOwn = true;
        }
      }
      return ofOwn ? 'own' : 'nothing';
    },
    freeGroups: () => free().length,
    newGroup: () => free()[0] ?? 0,
    share(x) {
      if (groupOf(x) === 0) join(x, free()[0] ?? 0, masterOf(x));
    },
    enslave(x) {
      join(x, 0, leaveGroup(x));
    },
    leave(x) {
      if (groups === 0) return;
      leaveGroup(x);
      join(x, 0, 0);
    },
    join,
  };
}
