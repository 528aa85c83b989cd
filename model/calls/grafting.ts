/** What is attached is passed on to the peers of where it is (fs/namespace.c, attach_recursive_mnt; fs/pnode.c). */
import type { Receivers } from '../propagation.ts';
import type { Here } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { isLocked, lockedTree, setLock } from './locking.ts';
import { ifUserNamespaces } from './permission-rows.ts';
import { locks } from '../state/codes.ts';
import { bound, find, reading, type Row } from './row.ts';

/** Copies to be made, and the rows they may take. */
export interface Graft {
  receivers: readonly Receivers[];
  free: readonly number[];
  /** Peer groups that the copies, and what becomes shared, take. */
  groups: number;
}

export const newGraft = (): Graft => ({ receivers: [], free: [], groups: 0 });

/** Why a peer that has something mounted there already is outside. */
const shadows = 'docs/world.md: before Linux 4.11 a copy came to lie beside what was there';

/** What a call will attach: mounts, or the originals of copies, and the rows that it takes itself. */
export interface Grafted {
  readonly tree: readonly number[];
  /** The groups that they are in already, as they will be attached. */
  readonly groups: readonly number[];
  readonly taken: readonly number[];
}

const hereNumber = ({ peers }: Parts, { at }: Here): number =>
  peers.numberOf(at.mount, at.namespace);

/** The rows of a call that attaches something at a place; they have to stand behind all others. */
export function graftRows(
  parts: Parts,
  target: Here,
  into: Graft,
  grafted: (p: number) => Grafted,
): readonly Row[] {
  const { w, is, mounts, peers, propagation } = parts;
  const { mount, bounds } = w;
  if (bounds.peerGroups === undefined) return [];
  const needed = { mounts: 0, tree: 0 };
  const rows = Array.from({ length: bounds.mounts }, (_, k) => k + 1);
  const planned = find((p) => {
    const { tree, groups, taken } = grafted(p);
    const copied = tree.filter((m) => mount.file(m) === 0).length;
    const x = hereNumber(parts, target);
    needed.tree = copied;
    into.receivers = propagation.receivers(x, target.at.dentry);
    into.free = rows.filter((m) => mount.state(m) === 0 && !taken.includes(m));
    const among = into.receivers.filter((entry) => entry.peers === 'of each other');
    needed.mounts = copied * into.receivers.flatMap((entry) => entry.mounts).length;
    into.groups =
      peers.groupOf(x) === 0
        ? 0
        : groups.filter((group) => group === 0).length + copied * among.length;
  });
  const coveringAt = (y: number): number =>
    mounts.mountAt(peers.namespaceOf(y), peers.rowOf(y), target.at.dentry);
  const isTaken = (y: number): boolean => coveringAt(y) !== 0;
  /** A locked mount would lie in the copy from then on. */
  const carriesLocked = (y: number): boolean =>
    bounds.directories === 1 && isLocked(parts, coveringAt(y));
  return [
    planned,
    reading(
      [planned],
      bound('bound.mounts', () => needed.mounts > into.free.length),
    ),
    reading(
      [planned],
      bound('bound.peer-groups', () => into.groups > peers.freeGroups()),
    ),
    ...ifUserNamespaces(
      parts,
      bound(
        'bound.locked-tree',
        (p) =>
          into.receivers.some((entry) =>
            entry.mounts.some(
              (y) => (needed.tree > 1 && isForeignUser(parts, p, y)) || carriesLocked(y),
            ),
          ),
        lockedTree,
      ),
    ),
    ...(is.coveredCopies === 'stay'
      ? [
          bound(
            'bound.shadow-mounts',
            () => into.receivers.some((entry) => entry.mounts.some(isTaken)),
            shadows,
          ),
        ]
      : []),
  ];
}

/** True for a mount whose namespace belongs to another user namespace than the caller's. */
const isForeignUser = ({ w, peers }: Parts, p: number, y: number): boolean =>
  w.namespace.owner(peers.namespaceOf(y)) !== w.namespace.owner(w.process.namespace(p));

/** Makes the copies of a tree, its outermost mount first, that was just attached at a place. */
export function graft(
  parts: Parts,
  p: number,
  target: Here,
  plan: Graft,
  attached: readonly number[],
): void {
  const { peers } = parts;
  if (parts.w.bounds.peerGroups === undefined) return;
  if (peers.groupOf(hereNumber(parts, target)) === 0) return;
  for (const m of attached) peers.share(m);
  // What shows a namespace is not copied to where that may be older (copy_tree).
  const tree = attached.filter((m) => parts.w.mount.file(m) === 0);
  const free = plan.free.values();
  const own = tree.map(peers.groupOf);
  const groupsOf: (readonly number[])[] = [];
  for (const entry of plan.receivers) {
    const masters = entry.below < 0 ? own : (groupsOf[entry.below] ?? own);
    let groups: readonly number[] | undefined = entry.peers === 'of the original' ? own : undefined;
    for (const y of entry.mounts) {
      const copies = tree.map(() => free.next().value ?? 0);
      attachCopies(parts, target.at.dentry, y, tree, copies);
      const shown = isForeignUser(parts, p, y) ? 'as it is' : 'as one likes';
      lockCopies(parts, shown, tree, copies);
      copies.forEach((copy, k) => {
        const original = tree[k] ?? 0;
        const isPeer = entry.peers === 'of the original';
        const master = isPeer ? peers.masterOf(original) : (masters[k] ?? 0);
        const fresh = entry.peers === 'of each other' ? peers.newGroup() : 0;
        peers.join(copy, groups?.[k] ?? fresh, master);
      });
      groups ??= copies.map(peers.groupOf);
    }
    groupsOf.push(groups ?? []);
  }
}

/** What covered the place already comes to lie on top of all that the copy has there (topmost_overmount). */
function attachCopies(
  { mounts, peers, w: { mount } }: Parts,
  at: number,
  y: number,
  tree: readonly number[],
  copies: readonly number[],
): void {
  const n = peers.namespaceOf(y);
  const covering = mounts.mountAt(n, peers.rowOf(y), at);
  tree.forEach((original, k) => {
    const copy = copies[k] ?? 0;
    const inside = copies[tree.indexOf(mount.parent(original))];
    const isOutermost = k === 0;
    const place = isOutermost ? peers.rowOf(y) : (inside ?? 0);
    mounts.attach(copy, n, place, isOutermost ? at : mount.at(original), mount.root(original));
    mounts.setReadOnly(copy, mount.readOnly(original));
  });
  if (covering === 0) return;
  let top = copies[0] ?? 0;
  for (let m = top; m !== 0; m = mounts.mountAt(n, m, mount.root(m))) top = m;
  mounts.move(covering, top, mount.root(top));
}

/**
 * A copy has the locks of its original (of which the outermost is not kept in its place); one that another user
 * namespace gets cannot be made writable.
 */
function lockCopies(
  parts: Parts,
  shown: 'as it is' | 'as one likes',
  tree: readonly number[],
  copies: readonly number[],
): void {
  const { mount } = parts.w;
  copies.forEach((copy, k) => {
    const original = tree[k] ?? 0;
    const stays = shown === 'as it is' && mount.readOnly(original) === 1 ? locks.readOnly : 0;
    setLock(parts, copy, mount.lock(original) | stays);
  });
}
