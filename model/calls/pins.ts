/** BPF_OBJ_PIN and BPF_OBJ_GET: bpf(2); kernel/bpf/inode.c. */
import { layoutOf } from '../profiles/index.ts';
import { accessBounds, accessRow, lastAccess } from './access.ts';
import { accessModes, inodeKinds, kinds } from '../state/codes.ts';
import { wants } from '../permissions.ts';
import { fault, lastKind, newHere, newPlace } from '../walk.ts';
import { childFaultRows, faultRows, newNameRows, parentRows, spellingRows } from './path-rows.ts';
import { descriptorRows, isUnusable } from './new-descriptor.ts';
import { isMap } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions, newNameDenied } from './permission-rows.ts';
import { ifReadOnly, readOnlyRows } from './read-only-rows.ts';
import { isAtLimit, limitRow, pinLimitRows } from './reference-limit.ts';
import { clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** The rows that look at the descriptor to be pinned, argument `b`. */
function pinFdRows(parts: Parts): readonly Row[] {
  const { is, descriptors } = parts;
  const source = 'kernel/bpf/inode.c, bpf_fd_probe_obj; measured on 4.4.11 and 6.18.44';
  const notAnObject = clause(
    'pin.not-an-object',
    'EINVAL',
    (p, _path, fd) => descriptors.objectAt(p, fd) === 0,
    source,
  );
  const limits = pinLimitRows(parts, (_path, fd) => fd);
  return is.pinBadFd === 'EINVAL'
    ? [notAnObject, ...limits]
    : [
        clause('pin.fd-closed', 'EBADF', (p, _path, fd) => isUnusable(parts, p, fd), source),
        notAnObject,
        ...limits,
      ];
}

/** What says where a relative path starts came late: the others find bytes behind the last field. */
const pathFdRows = ({ is, names }: Parts, short: string): readonly Row[] =>
  layoutOf(is.attributes).pathFd === 'known'
    ? []
    : [
        ofArguments(
          clause(
            `${short}.path-fd`,
            'EINVAL',
            (_p, path) => names.path(path).fd !== undefined,
            'kernel/bpf/syscall.c, CHECK_ATTR; BPF_F_PATH_FD since 6.5, measured on 6.18.44',
          ),
        ),
      ];

export function objPin(parts: Parts): CallTable {
  const { w, is, names, descriptors, inodes, mounts, may, walk } = parts;
  const here = newHere();
  const R = { inode: 0, dentry: 0 };
  const fdRows = pinFdRows(parts);
  const text = spellingRows(names);
  const source = 'fs/namei.c, filename_create; kernel/bpf/inode.c, bpf_obj_do_pin';
  return {
    call: 'BPF_OBJ_PIN',
    short: 'pin',
    sorts: ['path', 'fd'],
    rows: [
      ...pathFdRows(parts, 'pin'),
      ...(is.pinOrder === 'path-first' ? [...text, ...fdRows] : [...fdRows, ...text]),
      ...parentRows(walk, here),
      clause('pin.last-is-no-name', 'EEXIST', () => here.at.last !== lastKind.name, source),
      ...childFaultRows(here),
      clause('pin.name-taken', 'EEXIST', () => here.at.child !== 0, source),
      clause('pin.in-removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      clause('pin.trailing-slash', 'ENOENT', () => here.at.trailing === 1, source),
      ...readOnlyRows(parts, 'pin', here),
      clause('pin.not-bpffs', 'EPERM', () => !mounts.isBpf(here.at.dentry), source),
      ...newNameDenied(parts, 'pin', here),
      // Under 'at-lookup' the lookup has refused the name already, but for a removed directory.
      ...(is.dotCheck === 'at-create-last'
        ? [clause('pin.dotted', 'EPERM', () => names.isDotted(here.at.name), '4.4, bpf_mkobj_ops')]
        : []),
      ...newNameRows(w, R),
    ],
    effect(p, _path, fd) {
      const o = descriptors.objectAt(p, fd);
      const what = { kind: inodeKinds.pin, object: o, target: 0, ...may.ofNew(p, 0o600) };
      inodes.create(R.dentry, here.at.dentry, here.at.name, R.inode, what);
      return 0;
    },
  };
}

const nothing = newPlace();
/** What flags ask of the permission bits. */
const wanted = (access: number): number =>
  (access === accessModes.writeOnly ? 0 : wants.toRead) |
  (access === accessModes.readOnly ? 0 : wants.toWrite);

export function objGet(parts: Parts): CallTable {
  const { w, is, names, descriptors, mounts, may, walk } = parts;
  const here = newHere();
  const R = { fd: 0, description: 0, object: 0 };
  const most = lastAccess(parts);
  const own = here.at;
  /** Where flags are known, links are as well. */
  const linkRow =
    most === accessModes.any
      ? []
      : [
          clause(
            'get.link-access',
            'EINVAL',
            (_p, _path, access) => access !== 0 && w.object.kind(R.object) === kinds.link,
            'kernel/bpf/inode.c, bpf_obj_get_user; since 5.12, measured on 6.18.44',
          ),
        ];
  const denied = ifPermissions(
    parts,
    clause(
      'get.denied',
      'EACCES',
      (p, _path, access) =>
        !may.allow(p, here.at.dentry, is.getAsks === 'to-write' ? wants.toWrite : wanted(access)),
      'kernel/bpf/inode.c, bpf_obj_do_get; measured on 4.4.11 and 6.18.44',
    ),
  );
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
    // What is open and in no tree is a file, and no pin.
    if (here.at.fault === fault.nowhere) here.at = nothing;
    R.object = here.at.fault === 0 ? w.inode.object(w.dentry.inode(here.at.dentry)) : 0;
  });
  return {
    call: 'BPF_OBJ_GET',
    short: 'get',
    sorts: ['path', 'access'],
    rows: [
      ...pathFdRows(parts, 'get'),
      accessRow('get', (_p, _path, access) => access > most),
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here),
      ...ifReadOnly(
        parts,
        clause(
          'get.read-only',
          'EROFS',
          (_p, _path, access) =>
            (is.getAsks === 'to-write' || access !== accessModes.readOnly) &&
            mounts.isInstanceReadOnly(here.at.dentry),
          'fs/namei.c, sb_permission; measured on 6.18.44',
        ),
      ),
      ...denied,
      clause('get.not-a-pin', 'EACCES', () => R.object === 0, 'kernel/bpf/inode.c, bpf_inode_type'),
      ...linkRow,
      ...limitRow(parts, 'get', () => isAtLimit(parts, R.object)),
      ...descriptorRows(parts, 'get', R),
      ...accessBounds(parts, (_p, _path, access) => access !== 0),
    ],
    effect(p, _path, access) {
      // Of a program nothing can be changed; it opens for both whatever the flags.
      const mode = isMap(w, R.object) ? access : accessModes.any;
      descriptors.open(p, R.fd, R.description, R.object, mode);
      return R.fd;
    },
  };
}
