/** A fresh mount: mount(2); fs/namespace.c, do_new_mount; kernel/bpf/inode.c. */
import { readMountOptions } from '../mount-data.ts';
import { users } from '../state/codes.ts';
import { freeRow } from '../state/tables.ts';
import { newHere, type Here } from '../walk.ts';
import { graft, graftRows, newGraft } from './grafting.ts';
import { detachedRows, mountRow, targetRows } from './mount-rows.ts';
import { cgroupScenery, freeDentry } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { isForeign, mayMount } from './unmounting.ts';
import { bound, clause, find, ofArguments, reading } from './row.ts';
import type { CallTable, Find, Row } from './row.ts';

const source = 'fs/namespace.c, lock_mount and graft_tree';

/** The argument codes of the flag of a mount. */
export const mountFlags = { none: 0, MS_RDONLY: 1 } as const;

/** The permission bits of a root: anybody makes names there, and removes those that are theirs. */
const usualMode = 0o777;
const sticky = 0o1000;

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

/** Who is no longer in the initial user namespace makes no instance, whatever it may mount. */
function strangerRows(parts: Parts): readonly Row[] {
  const stranger = clause(
    'mount.user-namespace',
    'EPERM',
    (p) => parts.may.isUnmapped(p),
    'kernel/bpf/inode.c: FS_USERNS_MOUNT from 4.4 to 4.6; bpf_fill_super since 6.9; measured on 6.18.44',
  );
  return parts.is.userNamespaceMount === 'allowed' ? [] : ifUserNamespaces(parts, stranger);
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

/** What its options are to a kernel that looks at them. */
function optionRows({ is, names }: Parts): readonly Row[] {
  if (is.mountOptions === 'none') return [];
  const options = 'kernel/bpf/inode.c, bpf_parse_param; since 4.12, measured on 6.18.44';
  const verdict = (data: number): string =>
    data === 0 ? 'fine' : readMountOptions(names.data(data), is.mountOptions).verdict;
  return [
    ofArguments(
      clause(
        'mount.bad-option',
        'EINVAL',
        (_p, _path, _flag, data) => verdict(data) === 'bad',
        options,
      ),
    ),
    ofArguments(
      bound(
        'bound.mount-options',
        (_p, _path, _flag, data) => verdict(data) === 'outside',
        'docs/world.md: a user and its group are one, and nobody delegates',
      ),
    ),
  ];
}

export function mount(parts: Parts): CallTable {
  const { w, is, names, mounts, namespaces, walk } = parts;
  const { superblock, process, bounds } = w;
  const here = newHere();
  const plan = newGraft();
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
  /** Options and flags are those of the instance, too, if it is new: one that is found is as it was. */
  function makeInstance(n: number, flag: number, data: number): number {
    const key = is.instance === 'per-namespace' ? n : 0;
    const { mode = usualMode, owner } = readMountOptions(names.data(data), is.mountOptions);
    const bits = {
      mode: sticky | mode,
      owner: bounds.permissions === 1 ? users[owner] : users.root,
    };
    mounts.createSuperblock(R.superblock, key, R.inode, R.dentry, bits);
    mounts.setInstanceReadOnly(R.superblock, flag);
    if (key !== 0) namespaces.own(key);
    return R.dentry;
  }
  return {
    call: 'mount',
    short: 'mount',
    looksAt: 'file-systems',
    sorts: ['path', 'mount-flag', 'mount-data'],
    rows: [
      ...targetRows(parts, here),
      ...administeringRows(parts, 'mount', mayMount),
      ...optionRows(parts),
      ...strangerRows(parts),
      ofArguments(
        bound(
          'bound.read-only',
          (_p, _path, flag) => flag !== mountFlags.none && bounds.readOnly !== 1,
        ),
      ),
      bound('bound.cgroup', () => walk.isOfCgroups(here.at.dentry), cgroupScenery),
      clause('mount.removed-directory', 'ENOENT', () => mounts.isDead(here.at.dentry), source),
      ...detachedRows(parts, 'mount', here),
      clause('mount.foreign', 'EINVAL', (p) => isForeign(parts, p, here.at.mount), source),
      finder,
      ...(is.instance === 'per-namespace' ? [sameSuperblock(parts, here, R)] : []),
      clause('mount.not-a-directory', 'ENOTDIR', () => !walk.isDirectory(here.at.dentry), source),
      ...newSuperblockRows(parts, finder, R),
      ...mountRow(parts, R),
      ...graftRows(parts, here, plan, () => ({ tree: [R.mount], groups: [0], taken: [R.mount] })),
    ],
    effect(p, _path, flag, data) {
      const n = process.namespace(p);
      const root = R.found === 0 ? makeInstance(n, flag, data) : superblock.root(R.found);
      mounts.attach(R.mount, n, here.at.mount, here.at.dentry, root);
      mounts.setReadOnly(R.mount, flag);
      graft(parts, p, here, plan, [R.mount]);
      return 0;
    },
  };
}
