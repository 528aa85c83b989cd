/** link, linkat: link(2); fs/namei.c, do_linkat, vfs_link; fs/libfs.c, simple_link. */
import { wants } from '../permissions.ts';
import { inodeKinds } from '../state/codes.ts';
import { isSameMount } from '../place.ts';
import { fault, lastKind, newHere, type Here } from '../walk.ts';
import {
  cgroupScenery,
  childFaultRows,
  descriptorFaultRows,
  faultRows,
  hostScenery,
  machineSettings,
  freeDentry,
  parentRows,
  spellingRows,
} from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions, newNameDenied } from './permission-rows.ts';
import { readOnlyRows } from './read-only-rows.ts';
import { bound, clause, find, reading, type CallTable, type Row } from './row.ts';

const source = 'fs/namei.c: do_linkat, filename_create, vfs_link; measured on 6.18.44';

/** Whether it takes CAP_DAC_READ_SEARCH or the same credentials changed (6.10). */
const capabilities = 'docs/world.md: what only root is asked';

/** No mount has this number: what is on none of those that can be named. */
const elsewhere = -1;

export function link(parts: Parts): CallTable {
  const { names, walk } = parts;
  const from = newHere();
  const own = from.at;
  const walked = find((p, path) => {
    from.at = walk.toEnd(own, p, path, 'checked', 'kept');
  });
  return linkTable(parts, 'link', from, [
    ...spellingRows(names),
    walked,
    ...faultRows(walked, from),
  ]);
}

/** A second name for what is open: a place, since nothing else of a bpffs that has names is. */
export function linkat(parts: Parts): CallTable {
  const { inodes, may, walk } = parts;
  const from = newHere();
  const own = from.at;
  const walked = find((p, fd) => {
    from.at = walk.toDescriptor(own, p, fd);
    if (own.fault !== fault.notDirectory) return;
    own.fault = fault.none;
    own.mount = elsewhere;
  });
  const unlinked = clause(
    'hard-link.unlinked',
    'ENOENT',
    () => inodes.linksOf(from.at.dentry) === 0,
    'fs/namei.c, vfs_link: i_nlink; measured on 6.18.44',
  );
  const first = [
    ...ifPermissions(
      parts,
      bound('bound.unprivileged', (p) => !may.isPrivileged(p), capabilities),
    ),
    walked,
    ...descriptorFaultRows('linkat', walked, from, 'anywhere'),
  ];
  return linkTable(parts, 'linkat', from, first, [unlinked]);
}

/** `first`: what comes before the new name is looked at; `last`: before the file system is asked. */
function linkTable(
  parts: Parts,
  call: 'link' | 'linkat',
  from: Here,
  first: readonly Row[],
  last: readonly Row[] = [],
): CallTable {
  const { w, is, names, inodes, mounts, may, walk } = parts;
  const to = newHere();
  const R = { dentry: 0 };
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
    call,
    short: 'hard-link',
    looksAt: call === 'link' ? 'file-systems' : 'anything',
    sorts: [call === 'link' ? 'path' : 'fd', 'path'],
    rows: [
      ...first,
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
      ...readOnlyRows(parts, 'hard-link', to),
      clause('hard-link.other-mount', 'EXDEV', () => !isSameMount(from.at, to.at), source),
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
      ...last,
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
