/** Calls that open what is no object: open(2), pipe(2). */
import { wants } from '../permissions.ts';
import { fileKinds, inodeKinds } from '../state/codes.ts';
import { pairValue } from '../vocabulary/index.ts';
import { fault, newHere, newPlace, type Place } from '../walk.ts';
import { creates, creationRows, isExclusive, openFlags } from './creating-open.ts';
import { onExec } from './descriptors.ts';
import { descriptorRows, newDescriptor, newPair, pairRows } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { cgroupScenery, faultRows, namespaceScenery, spellingRows } from './path-rows.ts';
import { ifPermissions } from './permission-rows.ts';
import { ifReadOnly } from './read-only-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

const writes = (flag: number): boolean =>
  flag === openFlags.O_RDWR || flag === openFlags['O_WRONLY|O_TRUNC'] || creates(flag);

const truncates = (flag: number): boolean => flag === openFlags['O_WRONLY|O_TRUNC'];

/** What a flag asks of the permission bits. */
const wanted: Readonly<Record<number, number>> = {
  [openFlags.O_RDWR]: wants.toRead | wants.toWrite,
  [openFlags.O_DIRECTORY]: wants.toRead,
  [openFlags.O_RDONLY]: wants.toRead,
  [openFlags['O_WRONLY|O_TRUNC']]: wants.toWrite,
  [openFlags['O_RDWR|O_CREAT']]: wants.toRead | wants.toWrite,
  [openFlags['O_RDWR|O_CREAT|O_EXCL']]: wants.toRead | wants.toWrite,
};

/** Where a walk comes to that is not made: without a fault. */
const nowhere: Place = newPlace();

const noPlainFiles = ({ w }: Parts): Row =>
  ofArguments(bound('bound.plain-files', () => (w.bounds.plainFiles ?? 0) === 0));

/**
 * /dev/null is there for everybody; the rest of /dev is outside the model. What is opened through a
 * mount holds it: where nothing says who holds what (`directories`), it is outside, too.
 */
export function open(parts: Parts): CallTable {
  const { w, is, names, descriptors, descriptions, mounts, namespaces, may, walk } = parts;
  const here = newHere();
  const own = here.at;
  const ofMade = newPlace();
  const R = newDescriptor();
  const dev = names.nameId('dev');
  const isDevice = (path: number): boolean => names.path(path).text === '/dev/null';
  const walked = find((p, path, flag) => {
    if (isDevice(path)) here.at = nowhere;
    else if (!creates(flag)) here.at = walk.toEnd(own, p, path, 'checked', 'followed');
    else here.at = walk.toMade(ofMade, p, path, isExclusive(flag) ? 'kept' : 'followed');
  });
  const isFile = (path: number): boolean => isDevice(path) || !walk.isDirectory(here.at.dentry);
  const holding = w.bounds.directories === 1;
  const isNamespace = (): boolean => here.at.fault === fault.namespaceFile;
  /** A file of the host tree has contents. */
  const isContents = (path: number, flag: number): boolean =>
    flag !== openFlags.O_PATH && isFile(path) && !isNamespace();
  /** The file holds the namespace, and the mount that it was opened through. */
  function openFileOf(p: number): number {
    const { mount, dentry } = here.at;
    const namespace = w.mount.file(mount);
    const at = { cgroup: 0, mount, dentry, namespace };
    descriptions.openPlain(R.description, fileKinds.namespace, at);
    namespaces.hold(namespace);
    descriptors.install(p, R.fd, R.description, 'stays');
    return R.fd;
  }

  return {
    call: 'open',
    short: 'open',
    sorts: ['path', 'open-flag'],
    rows: [
      noPlainFiles(parts),
      ...spellingRows(names),
      // open(2) reserves the number before it walks (fs/open.c, do_sys_openat2; measured on 6.18.44).
      ...descriptorRows(parts, 'open', R),
      ofArguments(
        bound(
          'bound.dev',
          (_p, path, flag) => (isDevice(path) ? creates(flag) : names.path(path).names[0] === dev),
          'docs/world.md: of /dev there is /dev/null only, which nobody makes',
        ),
      ),
      walked,
      ...faultRows(walked, here, 'anything'),
      bound(
        'bound.namespace-file',
        (_p, _path, flag) => isNamespace() && (writes(flag) || !holding),
        namespaceScenery,
      ),
      ...creationRows(parts, here),
      clause(
        'open.not-a-directory',
        'ENOTDIR',
        (_p, path, flag) => flag === openFlags.O_DIRECTORY && isFile(path),
        'open(2)',
      ),
      clause(
        'open.is-a-directory',
        'EISDIR',
        (_p, path, flag) => writes(flag) && !isFile(path),
        'open(2); fs/namei.c, may_open',
      ),
      ...ifReadOnly(
        parts,
        clause(
          'open.read-only',
          'EROFS',
          (_p, path, flag) =>
            writes(flag) &&
            !isDevice(path) &&
            (truncates(flag)
              ? mounts.isReadOnly(here.at.mount, here.at.dentry)
              : mounts.isInstanceReadOnly(here.at.dentry)),
          'fs/namei.c, do_open and sb_permission; measured on 6.18.44',
        ),
      ),
      ...ifPermissions(
        parts,
        clause(
          'open.denied',
          'EACCES',
          (p, path, flag) =>
            flag !== openFlags.O_PATH &&
            !isDevice(path) &&
            !may.allow(p, here.at.dentry, wanted[flag] ?? 0),
          'open(2); fs/namei.c, may_open',
        ),
      ),
      ...ifReadOnly(
        parts,
        clause(
          'open.read-only-mount',
          'EROFS',
          (_p, path, flag) =>
            writes(flag) && !isDevice(path) && mounts.isReadOnly(here.at.mount, here.at.dentry),
          'fs/open.c, do_dentry_open; measured on 6.18.44',
        ),
      ),
      clause(
        'open.pin',
        is.pinOpen,
        (_p, path, flag) =>
          flag !== openFlags.O_PATH &&
          !isDevice(path) &&
          w.inode.kind(w.dentry.inode(here.at.dentry)) === inodeKinds.pin,
        'kernel/bpf/inode.c, bpffs_obj_open, since 4.19; fs/inode.c, no_open; observed on six kernels',
      ),
      bound(
        'bound.cgroup',
        (_p, path) => !isDevice(path) && walk.isCgroupRoot(here.at.dentry),
        cgroupScenery,
      ),
      bound(
        'bound.open',
        (_p, path, flag) =>
          !isDevice(path) && ((!holding && here.at.mount !== 0) || isContents(path, flag)),
        'docs/world.md: what can be opened',
      ),
    ],
    effect(p, path, flag) {
      if (isNamespace() && flag === openFlags.O_RDONLY) return openFileOf(p);
      const whole = isDevice(path) ? fileKinds.device : fileKinds.directory;
      const kind = flag === openFlags.O_PATH ? fileKinds.place : whole;
      const { mount, dentry, namespace } = here.at;
      const cgroup = w.cgroupOf(dentry);
      const at =
        holding && !isDevice(path)
          ? { cgroup, mount, dentry, namespace: mount === 0 ? namespace : 0 }
          : { cgroup, mount: 0, dentry: 0, namespace: 0 };
      descriptions.openPlain(R.description, kind, at);
      descriptors.install(p, R.fd, R.description, 'stays');
      return R.fd;
    },
  };
}

export function pipe(parts: Parts): CallTable {
  const { descriptors, descriptions } = parts;
  const R = newPair();
  return {
    call: 'pipe2',
    short: 'pipe',
    sorts: ['flag'],
    rows: [noPlainFiles(parts), ...pairRows(parts, 'pipe', R)],
    effect(p, flag) {
      descriptions.openPlain(R.firstDescription, fileKinds.pipe);
      descriptions.openPlain(R.secondDescription, fileKinds.pipe);
      descriptors.install(p, R.first, R.firstDescription, onExec(flag));
      descriptors.install(p, R.second, R.secondDescription, onExec(flag));
      return pairValue(R.first, R.second);
    },
  };
}
