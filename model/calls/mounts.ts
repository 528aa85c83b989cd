/** mount, bind mount: mount(2), unshare(2). */
import { spelling } from '../names.ts';
import { freeRow } from '../state/tables.ts';
import { newHere, type Here } from '../walk.ts';
import { cgroupScenery, faultRows, freeDentry, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import {
  bound,
  clause,
  find,
  ofArguments,
  reading,
  type CallTable,
  type Find,
  type Row,
} from './row.ts';

import { isForeign, mayMount } from './unmounting.ts';

const source = 'fs/namespace.c, lock_mount and graft_tree';

/** Answered by 6.18.44; of 4.4 as its source reads. */
const measured = 'fs/namespace.c, attach_recursive_mnt; measured on 6.18.44';

/**
 * Walks to where something is to be attached. A mount goes on top of what is there already, which
 * is taken once the walk has succeeded (lock_mount).
 */
function targetRows({ names, walk }: Parts, here: Here): readonly Row[] {
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toTop(own, p, path);
  });
  return [...spellingRows(names), walked, ...faultRows(walked, here)];
}

/** Newer kernels see at once that a mount is in no namespace; for others it is one of another's. */
const detachedRows = ({ w, is }: Parts, short: string, { at }: Here): readonly Row[] =>
  is.detachedTarget === 'EINVAL'
    ? []
    : [
        clause(
          `${short}.detached`,
          'ENOENT',
          () => at.mount !== 0 && w.mount.namespace(at.mount) === 0,
          'fs/namespace.c, do_lock_mount; measured on 6.18.44',
        ),
      ];

function mountRow({ w }: Parts, into: { mount: number }): readonly Row[] {
  const taken = reading(
    [],
    find(() => {
      into.mount = freeRow(w.mount.state, w.bounds.mounts);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      bound('bound.mounts', () => into.mount === 0),
    ),
  ];
}

/** What a new superblock takes; it is taken only where the namespace has none to be found. */
interface NewSuperblock {
  found: number;
  superblock: number;
  inode: number;
  dentry: number;
}

function newSuperblockRows({ w }: Parts, finder: Find, into: NewSuperblock): readonly Row[] {
  const { superblock, inode, bounds } = w;
  const taken = reading(
    [],
    find(() => {
      into.superblock = freeRow(superblock.state, bounds.superblocks);
      into.inode = freeRow(inode.state, bounds.inodes);
      into.dentry = freeDentry(w);
    }),
  );
  const missing = (row: 'superblock' | 'inode' | 'dentry') => () =>
    into.found === 0 && into[row] === 0;
  return [
    taken,
    reading([finder, taken], bound('bound.superblocks', missing('superblock'))),
    reading([finder, taken], bound('bound.inodes', missing('inode'))),
    reading([finder, taken], bound('bound.dentries', missing('dentry'))),
  ];
}

/** The top mount there is of the instance that would be mounted, whole or by a part of it. */
function sameSuperblock({ w, inodes }: Parts, here: Here, R: NewSuperblock): Row {
  return clause(
    'mount.same-superblock',
    'EBUSY',
    () =>
      R.found !== 0 &&
      w.mount.root(here.at.mount) === here.at.dentry &&
      inodes.superblockOf(here.at.dentry) === R.found,
    'fs/namespace.c, do_add_mount',
  );
}

export function mount(parts: Parts): CallTable {
  const { w, is, mounts, namespaces, walk } = parts;
  const { superblock, process, bounds } = w;
  const here = newHere();
  const finder = reading(
    [],
    find((p) => {
      R.found = 0;
      for (let s = 1; s <= bounds.superblocks && is.instance === 'per-namespace'; s++) {
        if (superblock.key(s) === process.namespace(p)) R.found = s;
      }
    }),
  );
  /** `found`: the superblock that the namespace has already; the others are for a new one. */
  const R = { found: 0, superblock: 0, inode: 0, dentry: 0, mount: 0 };
  return {
    call: 'mount',
    short: 'mount',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...targetRows(parts, here),
      ...capableRows(parts, 'mount', mayMount),
      bound('bound.cgroup', () => walk.isOfCgroups(here.at.dentry), cgroupScenery),
      clause('mount.removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      ...detachedRows(parts, 'mount', here),
      clause('mount.foreign', 'EINVAL', (p) => isForeign(parts, p, here.at.mount), source),
      finder,
      ...(is.instance === 'per-namespace' ? [sameSuperblock(parts, here, R)] : []),
      clause('mount.not-a-directory', 'ENOTDIR', () => !walk.isDirectory(here.at.dentry), source),
      ...newSuperblockRows(parts, finder, R),
      ...mountRow(parts, R),
    ],
    effect(p) {
      const n = process.namespace(p);
      if (R.found === 0) {
        const key = is.instance === 'per-namespace' ? n : 0;
        mounts.createSuperblock(R.superblock, key, R.inode, R.dentry);
        if (key !== 0) namespaces.own(key);
      }
      const root = R.found === 0 ? R.dentry : superblock.root(R.found);
      mounts.attach(R.mount, n, here.at.mount, here.at.dentry, root);
      return 0;
    },
  };
}

export function bind(parts: Parts): CallTable {
  const { w, is, names, mounts, walk } = parts;
  const [target, from] = [newHere(), newHere()];
  const own = from.at;
  const R = { mount: 0 };
  const walked = find((p, _target, path) => {
    from.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  const spelt = (path: number): number => names.path(path).spelling;
  const kindsDiffer = (): boolean =>
    walk.isDirectory(from.at.dentry) !== walk.isDirectory(target.at.dentry);
  return {
    call: 'bind',
    short: 'bind',
    looksAt: 'file-systems',
    sorts: ['path', 'path'],
    rows: [
      // The source string is copied in first, by strndup_user, which answers EINVAL (mount(2)).
      ofArguments(
        clause(
          'bind.source-too-long',
          'EINVAL',
          (_p, _target, path) => spelt(path) === spelling.tooLong,
          'fs/namespace.c, copy_mount_string',
        ),
      ),
      ...targetRows(parts, target),
      ...capableRows(parts, 'bind', mayMount),
      ofArguments(
        clause(
          'bind.no-source',
          'EINVAL',
          (_p, _target, path) => spelt(path) === spelling.fault || spelt(path) === spelling.empty,
          'fs/namespace.c, do_loopback',
        ),
      ),
      walked,
      ...faultRows(walked, from),
      bound(
        'bound.cgroup',
        // A bind mount of the root would leave the hierarchy that is mounted in it behind.
        () =>
          walk.isOfCgroups(from.at.dentry) ||
          walk.isOfCgroups(target.at.dentry) ||
          walk.holdsCgroups(from.at.dentry),
        cgroupScenery,
      ),
      clause('bind.removed-target', 'ENOENT', () => mounts.isDead(target.at.dentry), source),
      ...detachedRows(parts, 'bind', target),
      clause(
        'bind.foreign',
        'EINVAL',
        (p) => isForeign(parts, p, from.at.mount) || isForeign(parts, p, target.at.mount),
        'fs/namespace.c, do_loopback: check_mnt',
      ),
      clause('bind.kinds-differ', 'ENOTDIR', () => kindsDiffer(), source),
      ...(is.bindRemoved === 'ENOENT'
        ? [clause('bind.removed-source', 'ENOENT', () => mounts.isDead(from.at.dentry), measured)]
        : []),
      ...mountRow(parts, R),
    ],
    effect(p) {
      mounts.attach(
        R.mount,
        w.process.namespace(p),
        target.at.mount,
        target.at.dentry,
        from.at.dentry,
      );
      return 0;
    },
  };
}
