/** mknod: mknod(2); fs/namei.c, do_mknodat, vfs_create, vfs_mknod; kernel/bpf/inode.c, bpf_dir_iops. */
import { lastKind, newHere } from '../walk.ts';
import { childFaultRows, hostScenery, parentRows, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { newNameDenied } from './permission-rows.ts';
import { readOnlyRows } from './read-only-rows.ts';
import { bound, clause, type CallTable } from './row.ts';

/** The argument codes of what mknod is to make. */
export const fileTypes = { S_IFREG: 0, S_IFIFO: 1, S_IFCHR: 2 } as const;

const source =
  'fs/namei.c: do_mknodat, filename_create, vfs_create, vfs_mknod; measured on 6.18.44';

/** A bpffs makes none of it: it has no way to create a file, and none to make a node by hand. */
export function mknod(parts: Parts): CallTable {
  const { names, mounts, walk } = parts;
  const here = newHere();
  return {
    call: 'mknod',
    short: 'mknod',
    looksAt: 'file-systems',
    sorts: ['path', 'file-type'],
    rows: [
      ...spellingRows(names),
      ...parentRows(walk, here),
      clause('mknod.last-is-no-name', 'EEXIST', () => here.at.last !== lastKind.name, source),
      ...childFaultRows(here),
      clause('mknod.name-taken', 'EEXIST', () => here.at.child !== 0, source),
      clause('mknod.in-removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      clause('mknod.trailing-slash', 'ENOENT', () => here.at.trailing === 1, source),
      ...readOnlyRows(parts, 'mknod', here),
      ...newNameDenied(parts, 'mknod', here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      clause('mknod.no-file', 'EACCES', (_p, _path, type) => type === fileTypes.S_IFREG, source),
      clause('mknod.no-node', 'EPERM', () => true, source),
    ],
    effect: () => {
      throw new Error('a bpffs made what it cannot make');
    },
  };
}
