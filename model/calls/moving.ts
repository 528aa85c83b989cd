/** Mounts that change: MS_MOVE and MS_REMOUNT of mount(2); fs/namespace.c, do_move_mount, do_remount. */
import { newHere } from '../walk.ts';
import { sourceRows, sourceTooLong } from './binding.ts';
import { graft, graftRows, newGraft } from './grafting.ts';
import { detachedRows, removedSource, targetRows } from './mount-rows.ts';
import { cgroupScenery, faultRows, hostScenery, spellingRows } from './path-rows.ts';
import { isLocked, isLockedReadOnly } from './locking.ts';
import type { Parts } from './parts.types.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { mountFlags } from './mounts.ts';
import { isForeign, mayMount } from './unmounting.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** The argument codes of what is mounted again. */
export const remounted = { instance: 0, MS_BIND: 1 } as const;

export function move(parts: Parts): CallTable {
  const { w, is, mounts, peers, propagation, walk } = parts;
  const { mount } = w;
  const plan = newGraft();
  const [target, from] = [newHere(), newHere()];
  const source = 'fs/namespace.c, do_move_mount; measured on 6.18.44';
  const kindsDiffer = (): boolean =>
    walk.isDirectory(from.at.dentry) !== walk.isDirectory(target.at.dentry);
  /** True if the target lies in the mount that is to be moved, or below it. */
  const isInside = (): boolean => {
    let up = target.at.mount;
    while (up !== 0 && up !== from.at.mount) up = mount.parent(up);
    return up === from.at.mount;
  };
  /** Its peers would have to be told that it is gone. */
  const isShared = (): boolean => {
    const { at } = from;
    return peers.groupOf(peers.numberOf(mount.parent(at.mount), at.namespace)) !== 0;
  };
  const ofSource: readonly Row[] = [
    clause(
      'move.not-a-mount',
      'EINVAL',
      () => mount.root(from.at.mount) !== from.at.dentry,
      source,
    ),
    clause('move.kinds-differ', 'EINVAL', kindsDiffer, source),
  ];
  const ofTarget: readonly Row[] = [
    clause('move.removed-target', 'ENOENT', () => mounts.isDead(target.at.dentry), source),
    ...detachedRows(parts, 'move', target),
    clause(
      'move.foreign',
      'EINVAL',
      (p) => isForeign(parts, p, from.at.mount) || isForeign(parts, p, target.at.mount),
      source,
    ),
  ];
  return {
    call: 'move',
    short: 'move',
    looksAt: 'file-systems',
    sorts: ['path', 'path'],
    rows: [
      sourceTooLong(parts, 'move'),
      ...targetRows(parts, target),
      ...administeringRows(parts, 'move', mayMount),
      ...sourceRows(parts, 'move', from),
      bound(
        'bound.cgroup',
        () => walk.isOfCgroups(from.at.dentry) || walk.isOfCgroups(target.at.dentry),
        cgroupScenery,
      ),
      bound(
        'bound.root',
        () => from.at.mount === 0 && from.at.dentry === w.bounds.dentries + 1,
        hostScenery,
      ),
      ...(is.moveAsks === 'source-first' ? [...ofSource, ...ofTarget] : [...ofTarget, ...ofSource]),
      ...ifUserNamespaces(
        parts,
        clause('move.locked', 'EINVAL', () => isLocked(parts, from.at.mount), source),
      ),
      clause('move.from-shared', 'EINVAL', isShared, source),
      clause('move.into-itself', 'ELOOP', isInside, source),
      ...removedSource(parts, 'move', from),
      ...graftRows(parts, target, plan, () => {
        const tree = propagation.treeOf(from.at.mount);
        return { tree, groups: tree.map(peers.groupOf), taken: [] };
      }),
    ],
    effect(p) {
      mounts.move(from.at.mount, target.at.mount, target.at.dentry);
      graft(parts, p, target, plan, propagation.treeOf(from.at.mount));
      return 0;
    },
  };
}

export function remount(parts: Parts): CallTable {
  const { w, names, inodes, mounts, may, walk } = parts;
  const here = newHere();
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  const source = 'fs/namespace.c, do_remount and do_reconfigure_mnt; measured on 6.18.44';
  return {
    call: 'remount',
    short: 'remount',
    looksAt: 'file-systems',
    sorts: ['path', 'remounted', 'mount-flag'],
    rows: [
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here),
      ...administeringRows(parts, 'remount', mayMount),
      clause('remount.foreign', 'EINVAL', (p) => isForeign(parts, p, here.at.mount), source),
      bound('bound.cgroup', () => walk.isCgroupRoot(here.at.dentry), cgroupScenery),
      bound(
        'bound.root',
        () => here.at.mount === 0 && here.at.dentry === w.bounds.dentries + 1,
        hostScenery,
      ),
      clause(
        'remount.not-a-mount',
        'EINVAL',
        () => w.mount.root(here.at.mount) !== here.at.dentry,
        source,
      ),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      ofArguments(bound('bound.read-only', () => w.bounds.readOnly !== 1)),
      ...ifUserNamespaces(
        parts,
        clause(
          'remount.locked-read-only',
          'EPERM',
          (_p, _path, _what, flag) =>
            flag === mountFlags.none && isLockedReadOnly(parts, here.at.mount),
          'fs/namespace.c, can_change_locked_flags; measured on 6.18.44',
        ),
        clause(
          'remount.instance-of-others',
          'EPERM',
          (p, _path, what) => what === remounted.instance && !may.isPrivileged(p),
          'fs/namespace.c, do_remount: s_user_ns; measured on 6.18.44',
        ),
      ),
      clause(
        'remount.open-without-name',
        'EBUSY',
        (_p, _path, what, flag) =>
          what === remounted.instance &&
          flag === mountFlags.MS_RDONLY &&
          !mounts.isInstanceReadOnly(here.at.dentry) &&
          inodes.hasUnlinked(inodes.superblockOf(here.at.dentry)),
        'fs/namespace.c, sb_prepare_remount_readonly: s_remove_count; measured on 6.18.44',
      ),
    ],
    effect(_p, _path, what, flag) {
      mounts.setReadOnly(here.at.mount, flag);
      if (what === remounted.instance) {
        mounts.setInstanceReadOnly(inodes.superblockOf(here.at.dentry), flag);
      }
      return 0;
    },
  };
}
