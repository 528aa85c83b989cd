/** chmod, chown, access, umask, setresuid: chmod(2), chown(2), access(2), umask(2), setresuid(2). */
import { wants } from '../permissions.ts';
import { modeBits, users } from '../state/codes.ts';
import { newHere, type Here } from '../walk.ts';
import { faultRows, hostScenery, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifUserNamespaces } from './permission-rows.ts';
import { ifReadOnly, readOnlyRows } from './read-only-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** The argument codes of access's mode. */
export const accessChecks = {
  F_OK: wants.nothing,
  X_OK: wants.toExecute,
  W_OK: wants.toWrite,
  R_OK: wants.toRead,
} as const;

/** The argument codes of a user. */
export const uids = { 0: users.root, 65534: users.unprivileged } as const;

const attributes = 'fs/attr.c, setattr_prepare; measured on 6.18.44';

/** In a world without permissions nothing of this is told. */
export const noPermissions = ({ w }: Parts): Row =>
  ofArguments(bound('bound.permissions', () => w.bounds.permissions !== 1));

/** Walks to what a path names, symbolic links followed. */
export function walkRows({ names, walk }: Parts, here: Here): readonly Row[] {
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  return [...spellingRows(names), walked, ...faultRows(walked, here)];
}

export function chmod(parts: Parts): CallTable {
  const { w, mounts, may } = parts;
  const here = newHere();
  return {
    call: 'chmod',
    short: 'chmod',
    sorts: ['path', 'mode'],
    rows: [
      noPermissions(parts),
      ...walkRows(parts, here),
      ...readOnlyRows(parts, 'chmod', here),
      clause('chmod.not-owner', 'EPERM', (p) => !may.owns(p, here.at.dentry), attributes),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      ofArguments(
        bound(
          'bound.set-id',
          (_p, _path, mode) => (mode & modeBits.setId) !== 0,
          'docs/world.md: a user and its group are one',
        ),
      ),
    ],
    effect(_p, _path, mode) {
      w.inode.mode.cells[w.dentry.inode(here.at.dentry)] = mode;
      return 0;
    },
  };
}

export function chown(parts: Parts): CallTable {
  const { w, mounts, may } = parts;
  const here = newHere();
  return {
    call: 'chown',
    short: 'chown',
    sorts: ['path', 'user'],
    rows: [
      noPermissions(parts),
      ...walkRows(parts, here),
      ...readOnlyRows(parts, 'chown', here),
      ...ifUserNamespaces(
        parts,
        clause(
          'chown.unmapped',
          'EINVAL',
          (p) => may.isUnmapped(p),
          'fs/open.c, chown_common; measured on 6.18.44',
        ),
      ),
      clause(
        'chown.unprivileged',
        'EPERM',
        // Who gives a file of its own to itself changes nothing, and may.
        (p, _path, owner) =>
          !may.isPrivileged(p) && !(may.owns(p, here.at.dentry) && owner === w.process.user(p)),
        attributes,
      ),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
    ],
    effect(_p, _path, owner) {
      w.inode.owner.cells[w.dentry.inode(here.at.dentry)] = owner;
      return 0;
    },
  };
}

export function access(parts: Parts): CallTable {
  const { may, mounts } = parts;
  const here = newHere();
  /** The instance is asked before the permission bits, the mount behind them. */
  const writing = (id: string, holds: () => boolean): readonly Row[] =>
    ifReadOnly(
      parts,
      clause(
        id,
        'EROFS',
        (_p, _path, want) => want === wants.toWrite && holds(),
        'fs/open.c, do_faccessat; fs/namei.c, sb_permission; measured on 6.18.44',
      ),
    );
  return {
    call: 'access',
    short: 'access',
    sorts: ['path', 'access-check'],
    rows: [
      noPermissions(parts),
      ...walkRows(parts, here),
      ...writing('access.read-only-instance', () => mounts.isInstanceReadOnly(here.at.dentry)),
      clause(
        'access.denied',
        'EACCES',
        (p, _path, want) => !may.allow(p, here.at.dentry, want),
        'fs/open.c, do_faccessat; measured on 6.18.44',
      ),
      ...writing('access.read-only', () => mounts.isReadOnly(here.at.mount, here.at.dentry)),
    ],
    effect: () => 0,
  };
}

export function umask(parts: Parts): CallTable {
  const { process } = parts.w;
  return {
    call: 'umask',
    short: 'umask',
    sorts: ['mask'],
    rows: [noPermissions(parts)],
    effect(p, mask) {
      const old = process.umask(p);
      process.umask.cells[p] = mask;
      return old;
    },
  };
}

export function setresuid(parts: Parts): CallTable {
  const { process } = parts.w;
  return {
    call: 'setresuid',
    short: 'setresuid',
    sorts: ['user'],
    rows: [
      noPermissions(parts),
      ...ifUserNamespaces(
        parts,
        clause(
          'setresuid.unmapped',
          'EINVAL',
          (p) => parts.may.isUnmapped(p),
          'kernel/sys.c, __sys_setresuid: make_kuid; measured on 6.18.44',
        ),
      ),
      clause(
        'setresuid.unprivileged',
        'EPERM',
        (p, user) => !parts.may.isPrivileged(p) && user !== process.user(p),
        'kernel/sys.c, __sys_setresuid; measured on 6.18.44',
      ),
    ],
    effect(p, user) {
      process.user.cells[p] = user;
      return 0;
    },
  };
}
