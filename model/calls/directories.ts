/** mkdir, rmdir, unlink (kernel-facts 2.8; live-kernel 1.5). */
import { inodeKinds } from '../state/schema.ts';
import {
  childFaultRows,
  lastKind,
  newNameRows,
  newPlace,
  parentRows,
  spellingRows,
} from '../walk.ts';
import type { Parts } from './parts.ts';
import { bound, clause, type CallTable } from './row.ts';

const source = 'fs/namei.c; kernel-facts 2.8, live-kernel 1.5';
const scenery = 'docs/world.md: the host tree is scenery';

export function mkdir({ w, is, names, mounts, walk }: Parts): CallTable {
  const place = newPlace();
  const R = { inode: 0, dentry: 0 };
  return {
    call: 'mkdir',
    short: 'mkdir',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, place),
      clause('mkdir.last-is-no-name', 'EEXIST', () => place.last !== lastKind.name, source),
      ...childFaultRows(place),
      clause('mkdir.name-taken', 'EEXIST', () => place.child !== 0, source),
      clause('mkdir.in-removed-directory', 'ENOENT', () => mounts.isDead(place.dentry), source),
      bound('bound.host', () => !mounts.isBpf(place.dentry), scenery),
      ...(is.dotCheck === 'at-create-last'
        ? [clause('mkdir.dotted', 'EPERM', () => names.isDotted(place.name), source)]
        : []),
      ...newNameRows(w, R),
    ],
    effect() {
      mounts.addName(R.dentry, place.dentry, place.name, R.inode, inodeKinds.directory, 0);
      return 0;
    },
  };
}

export function rmdir({ w, names, mounts, walk }: Parts): CallTable {
  const place = newPlace();
  return {
    call: 'rmdir',
    short: 'rmdir',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, place),
      clause('rmdir.dot-dot', 'ENOTEMPTY', () => place.last === lastKind.dotDot, source),
      clause('rmdir.dot', 'EINVAL', () => place.last === lastKind.dot, source),
      clause('rmdir.root', 'EBUSY', () => place.last === lastKind.root, source),
      ...childFaultRows(place),
      clause('rmdir.missing', 'ENOENT', () => place.child === 0, source),
      clause('rmdir.not-a-directory', 'ENOTDIR', () => !walk.isDirectory(place.child), source),
      clause(
        'rmdir.mount-point',
        'EBUSY',
        (p) => mounts.isMountPoint(w.process.namespace(p), place.child),
        source,
      ),
      clause('rmdir.not-empty', 'ENOTEMPTY', () => mounts.hasChildren(place.child), source),
      bound('bound.host', () => !mounts.isBpf(place.child), scenery),
    ],
    effect() {
      mounts.removeName(place.child);
      return 0;
    },
  };
}

export function unlink({ w, names, mounts, walk }: Parts): CallTable {
  const place = newPlace();
  return {
    call: 'unlink',
    short: 'unlink',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, place),
      clause('unlink.last-is-no-name', 'EISDIR', () => place.last !== lastKind.name, source),
      ...childFaultRows(place),
      clause('unlink.missing', 'ENOENT', () => place.child === 0, source),
      clause('unlink.directory', 'EISDIR', () => walk.isDirectory(place.child), source),
      clause('unlink.trailing-slash', 'ENOTDIR', () => place.trailing === 1, source),
      clause(
        'unlink.mount-point',
        'EBUSY',
        (p) => mounts.isMountPoint(w.process.namespace(p), place.child),
        source,
      ),
      bound('bound.host', () => !mounts.isBpf(place.child), scenery),
    ],
    effect() {
      mounts.removeName(place.child);
      return 0;
    },
  };
}
