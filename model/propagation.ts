/**
 * How a mount, or its end, is passed on among peers: what a call plans before anything changes
 * (fs/pnode.c, propagate_mnt, propagate_mount_busy, propagate_umount; Linux
 * Documentation/filesystems/sharedsubtree.rst and propagate_umount.txt).
 */
import type { InodeEdges } from './edges/inodes.ts';
import type { MountEdges } from './edges/mounts.ts';
import type { PeerEdges } from './edges/peers.ts';
import type { Switches } from './profiles/index.ts';
import { locks } from './state/codes.ts';
import type { Tables } from './state/tables.ts';

/** Mounts that receive copies of one kind: peers of each other, or slaves of one group. */
export interface Receivers {
  readonly mounts: readonly number[];
  /** What their copies are slaves of: the copies of that earlier entry; -1 for the mount itself. */
  readonly below: number;
  /** How their copies are peers: of the mount itself, of each other, or of nobody. */
  readonly peers: 'of the original' | 'of each other' | 'none';
}

export interface Propagation {
  /** Who receives a copy of what is mounted at `at` in mount `x`; nobody if that is not shared. */
  receivers(x: number, at: number): readonly Receivers[];
  /** The mounts, besides mount `m`, that would keep it from being unmounted: copies in use. */
  isPeerBusy(m: number): boolean;
  /** The copies, of a tree that is unmounted, that go with it. */
  victims(tree: readonly number[]): readonly number[];
  /** Unmounts a tree and those; what lies on one of them alone slides down to where that was. */
  detach(m: number, victims: readonly number[]): void;
  /** A mount and all below it. */
  readonly treeOf: (m: number) => readonly number[];
}

export function createPropagation(
  w: Tables,
  inodes: InodeEdges,
  mounts: MountEdges,
  peers: PeerEdges,
  is: Switches,
): Propagation {
  const { mount, bounds } = w;
  const { childrenOf } = mounts;

  const isAttached = (x: number): boolean => peers.namespaceOf(x) !== 0;

  function receivers(x: number, at: number): readonly Receivers[] {
    const found: Receivers[] = [];
    const seesIt = (y: number): boolean => isAttached(y) && inodes.isAtOrBelow(at, peers.rootOf(y));
    const add = (entry: Receivers): number =>
      entry.mounts.length === 0 ? entry.below : found.push(entry) - 1;
    function toSlaves(group: number, below: number): void {
      const slaves = peers.slaves(group);
      const alone = slaves.filter((y) => peers.groupOf(y) === 0 && seesIt(y));
      add({ mounts: alone, below, peers: 'none' });
      const groups = new Set(slaves.map(peers.groupOf).filter((g) => g !== 0));
      for (const each of [...groups].sort((a, b) => a - b)) {
        const members = peers.members(each).filter(seesIt);
        toSlaves(each, add({ mounts: members, below, peers: 'of each other' }));
      }
    }
    const own = peers.groupOf(x);
    if (own === 0) return found;
    const others = peers.members(own).filter((y) => y !== x && seesIt(y));
    if (others.length > 0) found.push({ mounts: others, below: -1, peers: 'of the original' });
    toSlaves(own, -1);
    return found;
  }

  /** All that a mount passes on to, whether they see the place or not. */
  function reached(x: number): readonly number[] {
    if (peers.groupOf(x) === 0) return [];
    const known = new Set<number>([x]);
    const pending = [peers.groupOf(x)];
    for (let group = pending.pop(); group !== undefined; group = pending.pop()) {
      if (group === 0) continue;
      for (const y of [...peers.members(group), ...peers.slaves(group)]) {
        if (known.has(y)) continue;
        known.add(y);
        pending.push(peers.groupOf(y));
      }
    }
    return [...known].filter((y) => y !== x).sort((a, b) => a - b);
  }

  const covers = (child: number): boolean => mount.at(child) === mount.root(mount.parent(child));

  /** The copies of a mount where its parent passes on to. */
  function copiesOf(m: number): readonly number[] {
    const parent = peers.numberOf(mount.parent(m), mount.namespace(m));
    return reached(parent)
      .map((y) => mounts.mountAt(peers.namespaceOf(y), peers.rowOf(y), mount.at(m)))
      .filter((copy) => copy !== 0);
  }

  /** One mount on top of it alone does not count: it would slide down. */
  function isInTheWay(copy: number): boolean {
    const [first, ...more] = childrenOf(copy);
    if (first !== undefined && (more.length > 0 || !covers(first))) return false;
    if (first !== undefined && is.coveredCopies === 'stay') return false;
    return mounts.isHeld(copy);
  }

  function victims(tree: readonly number[]): readonly number[] {
    if (bounds.peerGroups === undefined) return [];
    const going = new Set(tree);
    const pending = [...tree];
    for (let m = pending.pop(); m !== undefined; m = pending.pop()) {
      for (const copy of copiesOf(m)) {
        if (going.has(copy)) continue;
        going.add(copy);
        pending.push(copy);
      }
    }
    const isTree = new Set(tree);
    const unlocked = new Set(tree.slice(0, 1).flatMap(copiesOf));
    const isLocked = (m: number): boolean =>
      (mount.lock(m) & locks.mount) !== 0 && !unlocked.has(m);
    /** What is there when all that go are gone: it stays, or something slides down to its place. */
    const isLeft = (m: number): boolean =>
      !going.has(m) || childrenOf(m).some((child) => covers(child) && isLeft(child));
    const stays = (m: number): boolean =>
      childrenOf(m).some((c) => isLeft(c) && (!covers(c) || is.coveredCopies === 'stay'));
    /** What is locked goes with what it is in, or not at all. */
    const isKept = (m: number): boolean => isLocked(m) && !going.has(mount.parent(m));
    for (let left = true; left;) {
      const blocked = [...going].filter((m) => !isTree.has(m) && (stays(m) || isKept(m)));
      for (const m of blocked) going.delete(m);
      left = blocked.length > 0;
    }
    return [...going].filter((m) => !isTree.has(m)).sort((a, b) => a - b);
  }

  /** Where a mount comes to lie once all of `going` are gone. */
  function slide(m: number, going: ReadonlySet<number>): void {
    let under = mount.parent(m);
    if (!going.has(under)) return;
    while (going.has(mount.parent(under))) under = mount.parent(under);
    mounts.move(m, mount.parent(under), mount.at(under));
  }

  /** What lies in mounts that go slides down, unless it goes, too. */
  function slideFrom(those: readonly number[]): void {
    const going = new Set(those);
    for (const victim of those) {
      for (const child of childrenOf(victim)) if (!going.has(child)) slide(child, going);
    }
  }

  /** Most mounts have nothing below them, and this is asked in nearly every state. */
  function treeOf(m: number): readonly number[] {
    return !mounts.hasChildMounts(m)
      ? [m]
      : [m, ...childrenOf(m).flatMap((child) => treeOf(child))];
  }

  return {
    receivers,
    isPeerBusy: (m) => bounds.peerGroups !== undefined && copiesOf(m).some(isInTheWay),
    victims,
    detach(m, those) {
      // What may be revealed in one place may be in all (propagate_mount_unlock).
      for (const copy of bounds.peerGroups === undefined ? [] : copiesOf(m)) {
        mount.lock.cells[copy] = mount.lock(copy) & ~locks.mount;
      }
      if (those.length > 0) slideFrom(those);
      mounts.detachTree(m);
      for (const victim of those) mounts.detach(victim);
    },
    treeOf,
  };
}
