/** link: link(2); fs/namei.c, do_linkat, vfs_link; fs/libfs.c, simple_link. */
import { wants } from '../permissions.ts';
import { inodeKinds } from '../state/schema.ts';
import { lastKind, newHere } from '../walk.ts';
import {
  cgroupScenery,
  childFaultRows,
  faultRows,
  hostScenery,
  machineSettings,
  freeDentry,
  parentRows,
  spellingRows,
} from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions, newNameDenied } from './permission-rows.ts';
import { bound, clause, find, reading, type CallTable } from './row.ts';

const source = 'fs/namei.c: do_linkat, filename_create, vfs_link; measured on 6.18.44';

export function link(parts: Parts): CallTable {
  const { w, is, names, inodes, mounts, may, walk } = parts;
  const [from, to] = [newHere(), newHere()];
  const own = from.at;
  const R = { dentry: 0 };
  const walked = find((p, path) => {
    from.at = walk.toEnd(own, p, path, 'checked', 'kept');
  });
  /** fs.protected_hardlinks decides about what is neither the caller's nor open to be read and written. */
  const isProtected = (p: number): boolean => {
    const e = from.at.dentry;
    const isOpen = isRegular(e) && may.allow(p, e, wants.toRead | wants.toWrite);
    return !may.owns(p, e) && !isOpen;
  };
  const isRegular = (e: number): boolean => {
    const kind = w.inode.kind(w.dentry.inode(e));
    return kind === inodeKinds.pin || kind === inodeKinds.regular;
  };
  const onBpf = (): boolean => mounts.isBpf(to.at.dentry);
  const taken = reading(
    [],
    find(() => {
      R.dentry = freeDentry(w);
    }),
  );
  return {
    call: 'link',
    short: 'hard-link',
    looksAt: 'file-systems',
    sorts: ['path', 'path'],
    rows: [
      ...spellingRows(names),
      walked,
      ...faultRows(walked, from),
      ...spellingRows(names, 'second'),
      ...parentRows(walk, to, 'second'),
      bound(
        'bound.cgroup',
        () => walk.isOfCgroups(from.at.dentry) || walk.isOfCgroups(to.at.dentry),
        cgroupScenery,
      ),
      clause('hard-link.last-is-no-name', 'EEXIST', () => to.at.last !== lastKind.name, source),
      ...childFaultRows(to),
      clause('hard-link.name-taken', 'EEXIST', () => to.at.child !== 0, source),
      clause('hard-link.in-removed-directory', 'ENOENT', () => mounts.isDead(to.at.dentry), source),
      clause('hard-link.trailing-slash', 'ENOENT', () => to.at.trailing === 1, source),
      clause('hard-link.other-mount', 'EXDEV', () => from.at.mount !== to.at.mount, source),
      ...ifPermissions(
        parts,
        bound('bound.protected-hardlinks', (p) => isProtected(p), machineSettings),
      ),
      ...newNameDenied(parts, 'hard-link', to),
      ...(is.nameOps === 'none'
        ? [
            clause(
              'hard-link.unknown',
              'EPERM',
              onBpf,
              'kernel/bpf/inode.c of 4.4: no such operation',
            ),
          ]
        : []),
      clause('hard-link.directory', 'EPERM', () => walk.isDirectory(from.at.dentry), source),
      bound('bound.host', () => !onBpf(), hostScenery),
      ...(is.dotCheck === 'at-create-last' && is.nameOps === 'built-in'
        ? [
            clause(
              'hard-link.dotted',
              'EPERM',
              () => names.isDotted(to.at.name),
              'kernel/bpf/inode.c of 4.6, bpf_link',
            ),
          ]
        : []),
      taken,
      reading(
        [taken],
        bound('bound.dentries', () => R.dentry === 0),
      ),
    ],
    effect() {
      inodes.addName(R.dentry, to.at.dentry, to.at.name, from.at.dentry);
      return 0;
    },
  };
}
