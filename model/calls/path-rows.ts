/**
 * Rows about paths. A walk has its own order of errors, so its rows are shared by every call that
 * takes a path.
 */
import { spelling, type Names } from '../names.ts';
import type { Parts } from './parts.types.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import { fault, type Here, type Walk } from '../walk.ts';
import {
  bound,
  clause,
  family,
  find,
  ofArguments,
  reading,
  type Condition,
  type Find,
  type Row,
} from './row.ts';

const namei = 'fs/namei.c, getname_flags';
/** Why a call that reaches a cgroup, or what holds them, is outside. */
export const cgroupScenery = 'docs/world.md: of cgroups one knows how to open and to remove them';

/** __detach_mounts, UMOUNT_CONNECTED. */
const heldTree = 'docs/world.md: mounts that go with a name, with others below them';

/** Why a path from some descriptors is outside. */
const openedScenery = 'docs/world.md: which open directories a path can start in';
/** Why a call is outside whose answer depends on settings of the machine. */
export const machineSettings = 'docs/world.md: fs.protected_symlinks and fs.protected_hardlinks';

/** Why a call that changes what is no bpffs is outside. */
export const hostScenery = 'docs/world.md: the host tree is scenery';

const lookups = 'path_resolution(7); fs/namei.c, link_path_walk; fs/libfs.c, simple_lookup';

/** Which argument of a call a path is. */
export type PathAt = 'first' | 'second';

/** A condition on the path in that argument, with the arity that says so. */
const onPath = (at: PathAt, holds: (path: number) => boolean): Condition =>
  at === 'first' ? (_p, path) => holds(path) : (_p, _a, path) => holds(path);

/** The rows that look at the path string itself. */
export function spellingRows(names: Names, at: PathAt = 'first'): readonly Row[] {
  const is = (what: number): Condition => onPath(at, (path) => names.path(path).spelling === what);
  const rows = [
    clause('path.fault', 'EFAULT', is(spelling.fault), namei),
    clause('path.too-long', 'ENAMETOOLONG', is(spelling.tooLong), namei),
    clause('path.empty', 'ENOENT', is(spelling.empty), namei),
  ];
  const isAny = onPath(at, (path) => names.path(path).spelling !== spelling.fine);
  return [ofArguments(family(isAny, rows))];
}

const isOutside = (what: number): boolean =>
  what === fault.cgroup ||
  what === fault.namespaceFile ||
  what === fault.machine ||
  what === fault.outside ||
  what === fault.nowhere;

/** Why most calls are outside that come to the file of a namespace. */
export const namespaceScenery = 'docs/world.md: what can be done with the file of a namespace';

/** Whether a call can do with a path that ends at the file of a namespace. */
type EndsAt = 'what is in a tree' | 'anything';

/** The rows of the walk itself, after the `find` row that walked. */
export function faultRows(
  walked: Find,
  here: Here,
  endsAt: EndsAt = 'what is in a tree',
): readonly Row[] {
  const is = (what: number) => () => here.at.fault === what;
  const rows = [
    clause('walk.bad-descriptor', 'EBADF', is(fault.badDescriptor), 'fs/namei.c, path_init'),
    clause('walk.not-a-directory', 'ENOTDIR', is(fault.notDirectory), lookups),
    clause('walk.denied', 'EACCES', is(fault.denied), 'fs/namei.c, may_lookup'),
    clause('walk.dotted', 'EPERM', is(fault.dotted), 'kernel/bpf/inode.c, bpf_lookup'),
    clause('walk.name-too-long', 'ENAMETOOLONG', is(fault.nameTooLong), lookups),
    clause('walk.missing', 'ENOENT', is(fault.missing), lookups),
    clause('walk.loop', 'ELOOP', is(fault.loop), lookups),
  ];
  return [
    reading(
      [walked],
      family(() => here.at.fault !== fault.none && !isOutside(here.at.fault), rows),
    ),
    reading(
      [walked],
      bound(
        'bound.directory',
        () => here.at.fault === fault.outside || here.at.fault === fault.nowhere,
        openedScenery,
      ),
    ),
    reading([walked], bound('bound.cgroup', is(fault.cgroup), cgroupScenery)),
    ...(endsAt === 'anything'
      ? []
      : [
          reading(
            [walked],
            bound('bound.namespace-file', is(fault.namespaceFile), namespaceScenery),
          ),
        ]),
    reading([walked], bound('bound.protected-symlinks', is(fault.machine), machineSettings)),
  ];
}

/** The rows of finding where a descriptor is, after the `find` row that did; `is`: what it is to be. */
export function descriptorFaultRows(
  short: string,
  walked: Find,
  here: Here,
  is: 'anywhere' | 'a directory',
): readonly Row[] {
  const stops = (what: number) => () => here.at.fault === what;
  const source = 'fs/file.c, fdget_raw; fs/namei.c, path_init';
  const rows = [
    clause(`${short}.bad-descriptor`, 'EBADF', stops(fault.badDescriptor), source),
    ...(is === 'a directory'
      ? [clause(`${short}.nowhere`, 'ENOTDIR', stops(fault.notDirectory), source)]
      : []),
    bound('bound.directory', stops(fault.outside), openedScenery),
  ];
  return rows.map((row) => reading([walked], row));
}

/** The rows of the lookup of the last component in its parent, where it was not found. */
export function childFaultRows(here: Here): readonly Row[] {
  const is = (what: number) => () => here.at.childFault === what;
  return [
    clause('last.dotted', 'EPERM', is(fault.dotted), 'kernel/bpf/inode.c, bpf_lookup'),
    clause('last.name-too-long', 'ENAMETOOLONG', is(fault.nameTooLong), lookups),
    bound('bound.cgroup', is(fault.cgroup), cgroupScenery),
  ];
}

/** Walks to the parent of a path: the walk and its errors. */
export function parentRows(walk: Walk, here: Here, at: PathAt = 'first'): readonly Row[] {
  const own = here.at;
  const walked =
    at === 'first'
      ? find((p, path) => {
          here.at = walk.toParent(own, p, path);
        })
      : find((p, _first, path) => {
          here.at = walk.toParent(own, p, path);
        });
  return [walked, ...faultRows(walked, here)];
}

/** Rows for a new inode with its first name: what they take is kept in `into`. */
export function newNameRows(w: Tables, into: { inode: number; dentry: number }): readonly Row[] {
  const taken = reading(
    [],
    find(() => {
      into.inode = freeRow(w.inode.state, w.bounds.inodes);
      into.dentry = freeDentry(w);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      bound('bound.inodes', () => into.inode === 0),
    ),
    reading(
      [taken],
      bound('bound.dentries', () => into.dentry === 0),
    ),
  ];
}

/** A mount with others below it that goes with a name while somebody is in one of them. */
export const heldTreeRow = ({ mounts }: Pick<Parts, 'mounts'>, removed: () => number): Row =>
  bound('bound.held-mounts', () => mounts.takesHeldTree(removed()), heldTree);

/** The lowest free dentry, or 0: a dentry is free while it has no inode. */
export function freeDentry({ dentry, bounds }: Tables): number {
  for (let e = 1; e <= bounds.dentries; e++) {
    if (dentry.inode(e) === 0) return e;
  }
  return 0;
}
