/** BPF_OBJ_PIN and BPF_OBJ_GET (kernel-facts 2.1, 2.2). */
import { inodeKinds } from '../state/schema.ts';
import {
  childFaultRows,
  faultRows,
  lastKind,
  newNameRows,
  newPlace,
  parentRows,
  spellingRows,
} from '../walk.ts';
import { descriptorRows, isClosed } from './objects.ts';
import type { Parts } from './parts.ts';
import { clause, find, type CallTable, type Row } from './row.ts';

/** The rows that look at the descriptor to be pinned, argument `b`. */
function pinFdRows(parts: Parts): readonly Row[] {
  const { is, descriptors } = parts;
  const source = 'kernel-facts 2.1 L44 rows 5-6, MOD row 2; kernel-observations "PIN fd"';
  const notAnObject = clause(
    'pin.not-an-object',
    'EINVAL',
    (p, _path, fd) => descriptors.objectAt(p, fd) === 0,
    source,
  );
  return is.pinBadFd === 'EINVAL'
    ? [notAnObject]
    : [
        clause('pin.fd-closed', 'EBADF', (p, _path, fd) => isClosed(parts, p, fd), source),
        notAnObject,
      ];
}

export function objPin(parts: Parts): CallTable {
  const { w, is, names, descriptors, mounts, walk } = parts;
  const place = newPlace();
  const R = { inode: 0, dentry: 0 };
  const fdRows = pinFdRows(parts);
  const text = spellingRows(names);
  const source = 'kernel-facts 2.1 rows 8-16';
  return {
    call: 'BPF_OBJ_PIN',
    short: 'pin',
    sorts: ['path', 'fd'],
    rows: [
      ...(is.pinOrder === 'path-first' ? [...text, ...fdRows] : [...fdRows, ...text]),
      ...parentRows(walk, place),
      clause('pin.last-is-no-name', 'EEXIST', () => place.last !== lastKind.name, source),
      ...childFaultRows(place),
      clause('pin.name-taken', 'EEXIST', () => place.child !== 0, source),
      clause('pin.in-removed-directory', 'ENOENT', () => mounts.isDead(place.dentry), source),
      clause('pin.trailing-slash', 'ENOENT', () => place.trailing === 1, source),
      clause('pin.not-bpffs', 'EPERM', () => !mounts.isBpf(place.dentry), source),
      // Under 'at-lookup' the lookup has refused the name already, but for a removed directory.
      ...(is.dotCheck === 'at-create-last'
        ? [clause('pin.dotted', 'EPERM', () => names.isDotted(place.name), source)]
        : []),
      ...newNameRows(w, R),
    ],
    effect(p, _path, fd) {
      const o = descriptors.objectAt(p, fd);
      mounts.addName(R.dentry, place.dentry, place.name, R.inode, inodeKinds.pin, o);
      return 0;
    },
  };
}

export function objGet(parts: Parts): CallTable {
  const { w, names, descriptors, walk } = parts;
  const place = newPlace();
  const R = { fd: 0, description: 0, object: 0 };
  const walked = find((p, path) => {
    walk.toEnd(place, p, path);
    R.object = place.fault === 0 ? w.inode.object(w.dentry.inode(place.dentry)) : 0;
  });
  return {
    call: 'BPF_OBJ_GET',
    short: 'get',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      walked,
      ...faultRows(walked, place),
      clause('get.not-a-pin', 'EACCES', () => R.object === 0, 'kernel-facts 2.2 row 5'),
      ...descriptorRows(parts, 'get', R),
    ],
    effect(p) {
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}
