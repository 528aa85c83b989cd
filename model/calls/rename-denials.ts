/** What rename and renameat2 are refused for want of a permission (fs/namei.c, vfs_rename, may_delete). */
import { wants } from '../permissions.ts';
import type { Here } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { clause, type Condition, type Row } from './row.ts';

/** The argument codes of renameat2's flag. */
export const renameFlags = {
  RENAME_NOREPLACE: 1,
  RENAME_EXCHANGE: 2,
  'RENAME_NOREPLACE|RENAME_EXCHANGE': 3,
  RENAME_WHITEOUT: 4,
} as const;

export const exchanges = (flag: number): boolean => (flag & renameFlags.RENAME_EXCHANGE) !== 0;
/** What the rows of both calls are made of. */
export interface Ends {
  readonly short: 'rename' | 'renameat2';
  readonly from: Here;
  readonly to: Here;
  /** A condition on the flag: of rename, which has none, on 0. */
  readonly when: (holds: (flag: number, p: number) => boolean) => Condition;
  /** Rows that only a flag can lead to. */
  readonly flagged: (rows: readonly Row[]) => readonly Row[];
}

/** A condition that never holds of two names of one inode. */
export type Unless = (holds: (flag: number, p: number) => boolean) => Condition;

const source = 'fs/namei.c: vfs_rename, may_delete, may_create; measured on 6.18.44';

/** The old name is removed, and what has the new one is, too, or it is made. */
export function nameDenials(
  parts: Parts,
  { short, from, to }: Ends,
  unless: Unless,
): readonly Row[] {
  const { may } = parts;
  const denied = (here: Here): Condition => unless((_f, p) => !may.allowNames(p, here.at.dentry));
  const kept = (here: Here): Condition =>
    unless((_f, p) => here.at.child !== 0 && may.isKept(p, here.at.dentry, here.at.child));
  return ifPermissions(
    parts,
    clause(`${short}.from-denied`, 'EACCES', denied(from), source),
    clause(`${short}.from-sticky`, 'EPERM', kept(from), source),
    clause(`${short}.to-denied`, 'EACCES', denied(to), source),
    clause(`${short}.to-sticky`, 'EPERM', kept(to), source),
  );
}

/** A directory that comes into another one is written: its `..` leads elsewhere then. */
export function parentDenials(
  parts: Parts,
  { short, from, to }: Ends,
  unless: Unless,
): readonly Row[] {
  const { may, walk } = parts;
  const denied = (p: number, { at }: Here): boolean =>
    walk.isDirectory(at.child) && !may.allow(p, at.child, wants.toWrite);
  return ifPermissions(
    parts,
    clause(
      `${short}.directory-denied`,
      'EACCES',
      unless(
        (flag, p) =>
          from.at.dentry !== to.at.dentry &&
          (denied(p, from) || (exchanges(flag) && denied(p, to))),
      ),
      source,
    ),
  );
}
