/** mkdir, rmdir, unlink: mkdir(2), rmdir(2), unlink(2); fs/namei.c. */
import { inodeKinds } from '../state/codes.ts';
import { lastKind, newHere } from '../walk.ts';
import {
  cgroupScenery,
  childFaultRows,
  heldTreeRow,
  hostScenery,
  newNameRows,
  parentRows,
  spellingRows,
} from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { newNameDenied, removalDenied } from './permission-rows.ts';
import { readOnlyRows } from './read-only-rows.ts';
import { bound, clause, type CallTable } from './row.ts';

const source = 'fs/namei.c: filename_create, do_rmdir, do_unlinkat, may_delete; fs/libfs.c';

export function mkdir(parts: Parts): CallTable {
  const { w, is, names, inodes, mounts, may, walk } = parts;
  const here = newHere();
  const R = { inode: 0, dentry: 0 };
  return {
    call: 'mkdir',
    short: 'mkdir',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, here),
      clause('mkdir.last-is-no-name', 'EEXIST', () => here.at.last !== lastKind.name, source),
      ...childFaultRows(here),
      clause('mkdir.name-taken', 'EEXIST', () => here.at.child !== 0, source),
      clause('mkdir.in-removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      ...readOnlyRows(parts, 'mkdir', here),
      ...newNameDenied(parts, 'mkdir', here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      ...(is.dotCheck === 'at-create-last'
        ? [clause('mkdir.dotted', 'EPERM', () => names.isDotted(here.at.name), '4.4, bpf_mkdir')]
        : []),
      ...newNameRows(w, R),
    ],
    effect(p) {
      const what = { kind: inodeKinds.directory, object: 0, target: 0, ...may.ofNew(p, 0o755) };
      inodes.create(R.dentry, here.at.dentry, here.at.name, R.inode, what);
      return 0;
    },
  };
}

export function rmdir(parts: Parts): CallTable {
  const { w, names, hooks, inodes, mounts, walk } = parts;
  const here = newHere();
  const cgroup = (): number => w.cgroupOf(here.at.child);
  return {
    call: 'rmdir',
    short: 'rmdir',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, here),
      clause('rmdir.dot-dot', 'ENOTEMPTY', () => here.at.last === lastKind.dotDot, source),
      clause('rmdir.dot', 'EINVAL', () => here.at.last === lastKind.dot, source),
      clause('rmdir.root', 'EBUSY', () => here.at.last === lastKind.root, source),
      ...readOnlyRows(parts, 'rmdir', here),
      ...childFaultRows(here),
      clause('rmdir.missing', 'ENOENT', () => here.at.child === 0, source),
      ...removalDenied(parts, 'rmdir', here),
      bound('bound.cgroup', () => walk.isCgroupRoot(here.at.child), cgroupScenery),
      clause('rmdir.not-a-directory', 'ENOTDIR', () => !walk.isDirectory(here.at.child), source),
      clause(
        'rmdir.mount-point',
        'EBUSY',
        (p) => mounts.isMountPoint(w.process.namespace(p), here.at.child),
        'fs/namei.c: is_local_mountpoint',
      ),
      clause('rmdir.not-empty', 'ENOTEMPTY', () => inodes.hasChildren(here.at.child), source),
      bound('bound.host', () => !mounts.isBpf(here.at.child) && cgroup() === 0, hostScenery),
      heldTreeRow(parts, () => here.at.child),
    ],
    effect() {
      if (cgroup() === 0) mounts.removeName(here.at.child);
      else hooks.removeCgroup(cgroup());
      return 0;
    },
  };
}

export function unlink(parts: Parts): CallTable {
  const { w, names, mounts, walk } = parts;
  const here = newHere();
  /** A slash behind the name is seen before anybody asks for permissions. */
  const slashed = (): boolean => here.at.trailing === 1;
  return {
    call: 'unlink',
    short: 'unlink',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, here),
      clause('unlink.last-is-no-name', 'EISDIR', () => here.at.last !== lastKind.name, source),
      ...readOnlyRows(parts, 'unlink', here),
      ...childFaultRows(here),
      clause('unlink.missing', 'ENOENT', () => here.at.child === 0, source),
      ...removalDenied(parts, 'unlink', here, slashed),
      clause('unlink.directory', 'EISDIR', () => walk.isDirectory(here.at.child), source),
      clause('unlink.trailing-slash', 'ENOTDIR', slashed, source),
      clause(
        'unlink.mount-point',
        'EBUSY',
        (p) => mounts.isMountPoint(w.process.namespace(p), here.at.child),
        'fs/namei.c: is_local_mountpoint',
      ),
      bound('bound.host', () => !mounts.isBpf(here.at.child), hostScenery),
      heldTreeRow(parts, () => here.at.child),
    ],
    effect() {
      mounts.removeName(here.at.child);
      return 0;
    },
  };
}
