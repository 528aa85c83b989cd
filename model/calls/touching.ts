/**
 * Calls that change of a file what nothing here shows: truncate, utimensat, setxattr. On the host tree,
 * which they would change, they are outside.
 */
import { wants } from '../permissions.ts';
import { newHere, type Here } from '../walk.ts';
import { faultRows, hostScenery, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { ifReadOnly, readOnlyRows } from './read-only-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** The argument codes of the attributes that setxattr is to set. */
export const attributeNames = { 'user.a': 0, 'trusted.a': 1 } as const;

/** The path and the walk to its end, a symbolic link there included. */
function walkedRows({ names, walk }: Parts, here: Here): readonly Row[] {
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  return [...spellingRows(names), walked, ...faultRows(walked, here)];
}

const hostRow = ({ mounts }: Parts, here: Here): Row =>
  bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery);

const truncating = 'fs/open.c: do_sys_truncate, vfs_truncate; measured on 6.18.44';

/** Newer kernels ask for the permissions first, and the instance, but not the mount, is part of these. */
function truncationDenials(parts: Parts, here: Here): readonly Row[] {
  const { is, may, mounts } = parts;
  const denied = ifPermissions(
    parts,
    clause(
      'truncate.denied',
      'EACCES',
      (p) => !may.allow(p, here.at.dentry, wants.toWrite),
      truncating,
    ),
  );
  const ofMount = readOnlyRows(parts, 'truncate', here);
  if (is.truncateAsks === 'mount-first') return [...ofMount, ...denied];
  const ofInstance = ifReadOnly(
    parts,
    clause(
      'truncate.read-only-instance',
      'EROFS',
      () => mounts.isInstanceReadOnly(here.at.dentry),
      'fs/namei.c, sb_permission; measured on 6.18.44',
    ),
  );
  return [...ofInstance, ...denied, ...ofMount];
}

export function truncate(parts: Parts): CallTable {
  const here = newHere();
  return {
    call: 'truncate',
    short: 'truncate',
    looksAt: 'file-systems',
    sorts: ['path', 'length'],
    rows: [
      ofArguments(
        clause('truncate.negative', 'EINVAL', (_p, _path, length) => length < 0, truncating),
      ),
      ...walkedRows(parts, here),
      clause(
        'truncate.is-a-directory',
        'EISDIR',
        () => parts.walk.isDirectory(here.at.dentry),
        truncating,
      ),
      ...truncationDenials(parts, here),
      hostRow(parts, here),
    ],
    // The inode has a size now, that nobody can read up to.
    effect: () => 0,
  };
}

export function utimensat(parts: Parts): CallTable {
  const here = newHere();
  return {
    call: 'utimensat',
    short: 'utimensat',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...walkedRows(parts, here),
      ...readOnlyRows(parts, 'utimensat', here),
      ...ifPermissions(
        parts,
        clause(
          'utimensat.denied',
          'EACCES',
          (p) => {
            const { dentry } = here.at;
            return !parts.may.owns(p, dentry) && !parts.may.allow(p, dentry, wants.toWrite);
          },
          'fs/attr.c, may_setattr; measured on 6.18.44',
        ),
      ),
      hostRow(parts, here),
    ],
    effect: () => 0,
  };
}

/** Attributes of users are for who may write the file; those of sticky directories for their owners. */
function attributeDenials(parts: Parts, here: Here): readonly Row[] {
  const { may, walk } = parts;
  const isOfUsers = (name: number): boolean => name === attributeNames['user.a'];
  const source = 'fs/xattr.c, xattr_permission; measured on 6.18.44';
  return ifPermissions(
    parts,
    clause(
      'setxattr.unprivileged',
      'EPERM',
      (p, _path, name) => !isOfUsers(name) && !may.isPrivileged(p),
      source,
    ),
    clause(
      'setxattr.sticky',
      'EPERM',
      (p, _path, name) =>
        isOfUsers(name) &&
        walk.isDirectory(here.at.dentry) &&
        may.isKept(p, here.at.dentry, here.at.dentry),
      source,
    ),
    clause(
      'setxattr.denied',
      'EACCES',
      (p, _path, name) => isOfUsers(name) && !may.allow(p, here.at.dentry, wants.toWrite),
      source,
    ),
  );
}

export function setxattr(parts: Parts): CallTable {
  const here = newHere();
  return {
    call: 'setxattr',
    short: 'setxattr',
    looksAt: 'file-systems',
    sorts: ['path', 'attribute'],
    rows: [
      ...walkedRows(parts, here),
      ...readOnlyRows(parts, 'setxattr', here),
      ...attributeDenials(parts, here),
      hostRow(parts, here),
      clause(
        'setxattr.no-attributes',
        'EOPNOTSUPP',
        () => true,
        'fs/xattr.c, vfs_setxattr: a bpffs has none; observed on six kernels',
      ),
    ],
    effect: () => {
      throw new Error('a bpffs set an attribute, of which it has none');
    },
  };
}
