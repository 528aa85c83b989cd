/** symlink: symlink(2); fs/namei.c, do_symlinkat; kernel/bpf/inode.c, bpf_symlink. */
import { inodeKinds, users } from '../state/codes.ts';
import { lastKind, newHere } from '../walk.ts';
import {
  childFaultRows,
  hostScenery,
  machineSettings,
  newNameRows,
  parentRows,
  spellingRows,
} from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions, newNameDenied } from './permission-rows.ts';
import { readOnlyRows } from './read-only-rows.ts';
import { bound, clause, ofArguments, type CallTable } from './row.ts';

const source = 'fs/namei.c: do_symlinkat, filename_create; measured on 6.18.44';

export function symlink(parts: Parts): CallTable {
  const { w, is, names, inodes, mounts, may, walk } = parts;
  const here = newHere();
  const R = { inode: 0, dentry: 0 };
  return {
    call: 'symlink',
    short: 'symlink',
    looksAt: 'file-systems',
    sorts: ['target', 'path'],
    rows: [
      ...spellingRows(names),
      ...spellingRows(names, 'second'),
      ...parentRows(walk, here, 'second'),
      clause('symlink.last-is-no-name', 'EEXIST', () => here.at.last !== lastKind.name, source),
      ...childFaultRows(here),
      clause('symlink.name-taken', 'EEXIST', () => here.at.child !== 0, source),
      clause('symlink.in-removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      clause('symlink.trailing-slash', 'ENOENT', () => here.at.trailing === 1, source),
      ...readOnlyRows(parts, 'symlink', here),
      ...newNameDenied(parts, 'symlink', here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      ...(is.symlinks === 'none'
        ? [clause('symlink.unknown', 'EPERM', () => true, 'kernel/bpf/inode.c, until 4.10')]
        : [ofArguments(bound('bound.symlinks', () => (w.bounds.symlinks ?? 0) === 0))]),
      ...ifPermissions(
        parts,
        bound('bound.protected-symlinks', (p) => w.process.user(p) !== users.root, machineSettings),
      ),
      ...newNameRows(w, R),
    ],
    effect(p, target) {
      const { owner } = may.ofNew(p, 0);
      const mode = w.bounds.permissions === 1 ? 0o777 : 0;
      const what = { kind: inodeKinds.symlink, object: 0, target, mode, owner };
      inodes.create(R.dentry, here.at.dentry, here.at.name, R.inode, what);
      return 0;
    },
  };
}
