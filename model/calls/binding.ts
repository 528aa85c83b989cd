/** Mounts of what is there already: mount(2), MS_BIND; fs/namespace.c, do_loopback, copy_tree. */
import { spelling } from '../names.ts';
import { newHere, type Here } from '../walk.ts';
import { graft, graftRows, newGraft } from './grafting.ts';
import { detachedRows, mountRow, removedSource, targetRows } from './mount-rows.ts';
import { cgroupScenery, faultRows } from './path-rows.ts';
import { isLocked, lockedTree, setLock } from './locking.ts';
import type { Parts } from './parts.types.ts';
import { locks } from '../state/codes.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { isForeign, mayMount } from './unmounting.ts';
import { bound, clause, find, ofArguments, reading, type CallTable, type Row } from './row.ts';

/** The argument codes of the flag of a bind mount. */
export const bindFlags = { none: 0, MS_REC: 1 } as const;

/** What the source of MS_BIND and MS_MOVE is, once the target is found; `from` is where it leads. */
export function sourceRows({ names, walk }: Parts, short: string, from: Here): readonly Row[] {
  const own = from.at;
  const walked = find((p, _target, path) => {
    from.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  const spelt = (path: number): number => names.path(path).spelling;
  return [
    ofArguments(
      clause(
        `${short}.no-source`,
        'EINVAL',
        (_p, _target, path) => spelt(path) === spelling.fault || spelt(path) === spelling.empty,
        'fs/namespace.c, do_loopback and do_move_mount_old',
      ),
    ),
    walked,
    ...faultRows(walked, from),
  ];
}

/** The source string is copied in first, by strndup_user, which answers EINVAL (mount(2)). */
export const sourceTooLong = ({ names }: Parts, short: string): Row =>
  ofArguments(
    clause(
      `${short}.source-too-long`,
      'EINVAL',
      (_p, _target, path) => names.path(path).spelling === spelling.tooLong,
      'fs/namespace.c, copy_mount_string',
    ),
  );

/** What is attached in a mount, at a dentry or below it. */
const childrenBelow = (
  { w, inodes, mounts }: Parts,
  m: number,
  e: number,
  n: number,
): readonly number[] =>
  mounts.childrenOf(m, n).filter((child) => inodes.isAtOrBelow(w.mount.at(child), e));

/** The mounts that go along with a copy of a tree, in the order of their rows. */
const treeBelow = (parts: Parts, m: number, e: number, n: number): readonly number[] =>
  childrenBelow(parts, m, e, n)
    .flatMap(parts.propagation.treeOf)
    .sort((a, b) => a - b);

/** What is locked in its place cannot be left behind by a copy of that place. */
function lockedRows(parts: Parts, from: Here): readonly Row[] {
  const { w } = parts;
  const { mount, process, bounds } = w;
  const belowSource = (p: number): readonly number[] =>
    childrenBelow(parts, from.at.mount, from.at.dentry, process.namespace(p));
  return ifUserNamespaces(
    parts,
    clause(
      'bind.locked-children',
      'EINVAL',
      (p, _target, _source, flag) =>
        flag !== bindFlags.MS_REC && belowSource(p).some((m) => isLocked(parts, m)),
      'fs/namespace.c, has_locked_children; measured on 6.18.44',
    ),
    bound(
      'bound.locked-tree',
      (p, _target, _source, flag) =>
        bounds.directories === 1 &&
        flag === bindFlags.MS_REC &&
        treeBelow(parts, from.at.mount, from.at.dentry, process.namespace(p)).some(
          (m) => mount.lock(m) !== 0,
        ),
      lockedTree,
    ),
  );
}

export function bind(parts: Parts): CallTable {
  const { w, mounts, namespaces, peers, walk } = parts;
  const { mount, process, bounds } = w;
  const plan = newGraft();
  const [target, from] = [newHere(), newHere()];
  const R: { mount: number; tree: readonly number[]; rows: readonly number[] } = {
    mount: 0,
    tree: [],
    rows: [],
  };
  const source = 'fs/namespace.c, lock_mount and graft_tree';
  const kindsDiffer = (): boolean =>
    walk.isDirectory(from.at.dentry) !== walk.isDirectory(target.at.dentry);
  const all = Array.from({ length: bounds.mounts }, (_, k) => k + 1);
  const below = reading(
    [],
    find((p, _target, _source, flag) => {
      R.tree =
        flag === bindFlags.MS_REC
          ? treeBelow(parts, from.at.mount, from.at.dentry, process.namespace(p))
          : [];
      R.rows = all.filter((m) => mount.state(m) === 0 && m !== R.mount);
    }),
  );

  const original = (): number => peers.numberOf(from.at.mount, from.at.namespace);
  const copied = (): readonly number[] => [R.mount, ...R.rows.slice(0, R.tree.length)];

  /** A copy is a peer of its original, and a slave where that is one (clone_mnt). */
  function follow(copy: number, x: number): void {
    peers.join(copy, peers.groupOf(x), peers.masterOf(x));
  }

  /** Copies that lie in each other keep doing so; the outermost lie in the new mount. */
  function copyTree(n: number): void {
    const copies = new Map(R.tree.map((m, k) => [m, R.rows[k] ?? 0]));
    for (const m of R.tree) {
      const [copy = 0, parent = R.mount] = [copies.get(m), copies.get(mount.parent(m))];
      mounts.attach(copy, n, parent, mount.at(m), mount.root(m));
      mounts.setReadOnly(copy, mount.readOnly(m));
      follow(copy, m);
      setLock(parts, copy, mount.lock(m));
      namespaces.show(copy, mount.file(m));
    }
  }
  return {
    call: 'bind',
    short: 'bind',
    looksAt: 'file-systems',
    sorts: ['path', 'path', 'bind-flag'],
    rows: [
      sourceTooLong(parts, 'bind'),
      ...targetRows(parts, target),
      ...administeringRows(parts, 'bind', mayMount),
      ...sourceRows(parts, 'bind', from),
      bound(
        'bound.cgroup',
        // A bind mount of the root would leave the hierarchy that is mounted in it behind.
        () =>
          walk.isOfCgroups(from.at.dentry) ||
          walk.isOfCgroups(target.at.dentry) ||
          walk.holdsCgroups(from.at.dentry),
        cgroupScenery,
      ),
      clause('bind.removed-target', 'ENOENT', () => mounts.isDead(target.at.dentry), source),
      ...detachedRows(parts, 'bind', target),
      clause(
        'bind.foreign',
        'EINVAL',
        (p) => isForeign(parts, p, from.at.mount) || isForeign(parts, p, target.at.mount),
        'fs/namespace.c, do_loopback: check_mnt',
      ),
      ...lockedRows(parts, from),
      clause('bind.kinds-differ', 'ENOTDIR', () => kindsDiffer(), source),
      ...removedSource(parts, 'bind', from),
      ...mountRow(parts, R),
      below,
      bound(
        'bound.mounts',
        (_p, _target, _source, flag) => flag !== 0 && R.tree.length > R.rows.length,
      ),
      ...graftRows(parts, target, plan, () => ({
        tree: copied(),
        groups: [original(), ...R.tree].map(peers.groupOf),
        taken: copied(),
      })),
    ],
    effect(p, _target, _source, flag) {
      const n = process.namespace(p);
      const readOnly = mount.readOnly(from.at.mount);
      const lock = mount.lock(from.at.mount);
      mounts.attach(R.mount, n, target.at.mount, target.at.dentry, from.at.dentry);
      mounts.setReadOnly(R.mount, readOnly);
      follow(R.mount, original());
      // The copy is nobody's but who made it; what is read-only stays so.
      setLock(parts, R.mount, lock & locks.readOnly);
      if (flag === bindFlags.MS_REC) copyTree(n);
      graft(parts, p, target, plan, copied());
      return 0;
    },
  };
}
