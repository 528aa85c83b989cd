/**
 * What open(2) tells with O_CREAT, until it has found something (fs/namei.c, open_last_lookups,
 * lookup_open, do_open; do_last in older kernels).
 */
import { fault, lastKind, type Here } from '../walk.ts';
import { hostScenery } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifReadOnly } from './read-only-rows.ts';
import { bound, clause, type Condition, type Row } from './row.ts';

/** The argument codes of open's flag. */
export const openFlags = {
  O_RDWR: 0,
  O_DIRECTORY: 1,
  O_PATH: 2,
  O_RDONLY: 3,
  'O_WRONLY|O_TRUNC': 4,
  'O_RDWR|O_CREAT': 5,
  'O_RDWR|O_CREAT|O_EXCL': 6,
} as const;

export const isExclusive = (flag: number): boolean => flag === openFlags['O_RDWR|O_CREAT|O_EXCL'];

export const creates = (flag: number): boolean =>
  flag === openFlags['O_RDWR|O_CREAT'] || isExclusive(flag);

const source =
  'fs/namei.c: open_last_lookups, lookup_open, do_open; measured on 6.18.44, read in 4.4';

export function creationRows(parts: Parts, here: Here): readonly Row[] {
  const { is, mounts } = parts;
  const if_ =
    (holds: () => boolean): Condition =>
    (_p, _path, flag) =>
      creates(flag) && holds();
  const isMissing = (): boolean => here.at.childFault === fault.missing;
  return [
    clause(
      'open.new-with-slash',
      'EISDIR',
      if_(() => here.at.trailing === 1),
      source,
    ),
    clause(
      'open.new-dotted',
      'EPERM',
      if_(() => here.at.childFault === fault.dotted),
      source,
    ),
    clause(
      'open.new-name-too-long',
      'ENAMETOOLONG',
      if_(() => here.at.childFault === fault.nameTooLong),
      source,
    ),
    bound(
      'bound.cgroup',
      if_(() => here.at.childFault === fault.cgroup),
    ),
    clause(
      'open.in-removed-directory',
      'ENOENT',
      if_(() => isMissing() && mounts.isDead(here.at.dentry)),
      source,
    ),
    ...ifReadOnly(
      parts,
      clause(
        'open.read-only-directory',
        'EROFS',
        if_(() => isMissing() && mounts.isReadOnly(here.at.mount, here.at.dentry)),
        source,
      ),
    ),
    bound(
      'bound.host',
      if_(() => isMissing() && !mounts.isBpf(here.at.dentry)),
      hostScenery,
    ),
    clause('open.no-file', 'EACCES', if_(isMissing), 'kernel/bpf/inode.c, bpf_dir_iops: no create'),
    clause(
      'open.exists',
      'EEXIST',
      (_p, _path, flag) =>
        isExclusive(flag) && (is.exclusive === 'anything' || here.at.last === lastKind.name),
      source,
    ),
  ];
}
