/**
 * unshare(CLONE_NEWNS), alone or with CLONE_NEWUSER: a mount namespace with copies of all mounts
 * (fs/namespace.c, copy_mnt_ns; kernel/user_namespace.c, create_user_ns).
 */
import { locks } from '../state/codes.ts';
import { freeRow } from '../state/tables.ts';
import { lockedTree, setLock } from './locking.ts';
import type { Parts } from './parts.types.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** What one of the two calls has of its own. */
interface Unsharing {
  readonly call: 'unshare' | 'unshare-user';
  readonly first: readonly Row[];
  /** The user namespace that the new mount namespace belongs to. */
  readonly ownerFor: (p: number) => number;
}

function unsharing(parts: Parts, { call, first, ownerFor }: Unsharing): CallTable {
  const { w, mounts, namespaces, peers } = parts;
  const { mount, namespace, process, bounds } = w;
  const R = { namespace: 0, needed: 0, free: 0 };
  /** copies[m]: the row that the copy of mount m takes. */
  const copies = new Uint16Array(bounds.mounts + 1);

  /** What is a file of a namespace stays behind (copy_mnt_ns, without CL_COPY_MNT_NS_FILE); nothing is in it. */
  const goesAlong = (m: number, n: number): boolean =>
    mount.namespace(m) === n && mount.file(m) === 0;

  /**
   * A copy is a peer of its original, and a slave where that is one; across user namespaces it is a slave of what
   * is shared (copy_tree, CL_SHARED_TO_SLAVE).
   */
  function follow(copy: number, original: number, lock: number): void {
    if (bounds.peerGroups === undefined) return;
    const group = peers.groupOf(original);
    if (lock !== 0 && group !== 0) peers.join(copy, 0, group);
    else peers.join(copy, group, peers.masterOf(original));
  }

  /** What comes from another user namespace stays as it is shown (lock_mnt_tree). */
  const isLocking = (p: number): boolean => ownerFor(p) !== namespace.owner(process.namespace(p));

  function isTree(p: number): boolean {
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.namespace(m) === process.namespace(p) && mount.parent(m) !== 0) return true;
    }
    return false;
  }

  /** Copies take their rows in the order of the originals; parents may stand behind children. */
  function copyMounts(from: number, to: number, lock: number): void {
    let row = 0;
    for (let m = 1; m <= bounds.mounts; m++) {
      if (goesAlong(m, from)) {
        do row++;
        while (mount.state(row) !== 0);
        copies[m] = row;
      }
    }
    for (let m = 1; m <= bounds.mounts; m++) {
      if (goesAlong(m, from)) {
        const copy = copies[m] ?? 0;
        const parent = copies[mount.parent(m)] ?? 0;
        const readOnly = mount.readOnly(m);
        mounts.attach(copy, to, parent, mount.at(m), mount.root(m));
        mounts.setReadOnly(copy, readOnly);
        const locked = locks.mount | (readOnly === 1 ? locks.readOnly : 0);
        setLock(parts, copy, mount.lock(m) | (locked & lock));
        follow(copy, m, lock);
      }
    }
    follow(peers.numberOf(0, to), peers.numberOf(0, from), lock);
  }

  return {
    call,
    short: call,
    sorts: [],
    rows: [
      ...first,
      find((p) => {
        R.namespace = freeRow(namespace.state, bounds.namespaces);
        R.needed = 0;
        R.free = 0;
        for (let m = 1; m <= bounds.mounts; m++) {
          if (goesAlong(m, process.namespace(p))) R.needed++;
          if (mount.state(m) === 0) R.free++;
        }
      }),
      bound('bound.namespaces', () => R.namespace === 0),
      bound('bound.mounts', () => R.needed > R.free),
      ...ifUserNamespaces(
        parts,
        bound(
          'bound.locked-tree',
          (p) => bounds.directories === 1 && isLocking(p) && isTree(p),
          lockedTree,
        ),
      ),
    ],
    effect(p) {
      const old = process.namespace(p);
      copyMounts(old, R.namespace, isLocking(p) ? locks.all : 0);
      const m = process.cwdMount(p);
      // What is open stays where it is; the working directory comes along (copy_mnt_ns).
      if (m !== 0 && mount.namespace(m) === old) process.cwdMount.cells[p] = copies[m] ?? 0;
      process.namespace.cells[p] = R.namespace;
      process.userNamespace.cells[p] = ownerFor(p);
      namespaces.begin(R.namespace);
      namespaces.enter(R.namespace);
      namespace.owner.cells[R.namespace] = ownerFor(p);
      namespaces.leave(old);
      return 0;
    },
  };
}

export const unshare = (parts: Parts): CallTable =>
  unsharing(parts, {
    call: 'unshare',
    first: administeringRows(parts, 'unshare', 'kernel/nsproxy.c; measured on 6.18.44'),
    ownerFor: (p) => parts.w.process.userNamespace(p),
  });

/** Everybody may who has a number; then it has every capability there, and none where it was. */
export function unshareUser(parts: Parts): CallTable {
  const { w, mounts, may } = parts;
  const { process, bounds } = w;
  const source = 'kernel/user_namespace.c, create_user_ns; measured on 6.18.44';
  return unsharing(parts, {
    call: 'unshare-user',
    first: [
      ofArguments(
        bound(
          'bound.user-namespaces',
          () => bounds.permissions !== 1 || bounds.userNamespaces !== 1,
        ),
      ),
      clause(
        'unshare-user.covered-root',
        'EPERM',
        (p) => mounts.mountAt(process.namespace(p), 0, bounds.dentries + 1) !== 0,
        source,
      ),
      clause('unshare-user.unmapped', 'EPERM', (p) => may.isUnmapped(p), source),
    ],
    ownerFor: (p) => p,
  });
}
