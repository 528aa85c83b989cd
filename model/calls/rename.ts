/** rename, renameat2: rename(2); fs/namei.c, do_renameat2, vfs_rename; fs/libfs.c, simple_rename. */
import { isSameMount } from '../place.ts';
import { lastKind, newHere, type Here } from '../walk.ts';
import {
  cgroupScenery,
  childFaultRows,
  heldTreeRow,
  hostScenery,
  parentRows,
  spellingRows,
} from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import {
  exchanges,
  nameDenials,
  parentDenials,
  renameFlags,
  type Ends,
  type Unless,
} from './rename-denials.ts';
import { readOnlyRows } from './read-only-rows.ts';
import { bound, clause, ofArguments, type CallTable, type Row } from './row.ts';

export { renameFlags } from './rename-denials.ts';

const source = 'fs/namei.c: do_renameat2, vfs_rename; measured on 6.18.44';

const spares = (flag: number): boolean => (flag & renameFlags.RENAME_NOREPLACE) !== 0;

function endsOf(short: Ends['short']): Ends {
  const ends = { short, from: newHere(), to: newHere() };
  return short === 'rename'
    ? { ...ends, when: (holds) => (p) => holds(0, p), flagged: () => [] }
    : {
        ...ends,
        when: (holds) => (p, _from, _to, flag) => holds(flag, p),
        flagged: (rows) => rows,
      };
}

/** True if a dentry is another, or a directory somewhere above it. */
const isAbove = ({ inodes }: Parts, e: number, other: number): boolean =>
  e !== 0 && inodes.isAtOrBelow(other, e);

/** What the two names are, before anything is looked up (do_renameat2). */
function nameRows(parts: Parts, { short, from, to, when, flagged }: Ends): readonly Row[] {
  const isName = ({ at }: Here): boolean => at.last === lastKind.name;
  return [
    clause(`${short}.other-mount`, 'EXDEV', () => !isSameMount(from.at, to.at), source),
    clause(`${short}.from-is-no-name`, 'EBUSY', () => !isName(from), source),
    ...flagged([
      clause(
        `${short}.exists-as-no-name`,
        'EEXIST',
        when((f) => spares(f) && !isName(to)),
        source,
      ),
    ]),
    clause(`${short}.to-is-no-name`, 'EBUSY', () => !isName(to), source),
    ...readOnlyRows(parts, short, from),
  ];
}

/** What the look-ups find. */
function lookupRows({ walk, mounts }: Parts, ends: Ends): readonly Row[] {
  const { short, from, to, when, flagged } = ends;
  const isThere = (): boolean => to.at.child !== 0;
  const isFile = (e: number): boolean => !walk.isDirectory(e);
  const slash = ({ at }: Here): boolean => at.trailing === 1;
  const exchanged = (f: number): boolean => exchanges(f) && slash(to) && isFile(to.at.child);
  const slashed = (f: number): boolean => slash(from) || (!exchanges(f) && slash(to));
  return [
    ...childFaultRows(from),
    clause(`${short}.missing`, 'ENOENT', () => from.at.child === 0, source),
    ...childFaultRows(to),
    clause(
      `${short}.in-removed-directory`,
      'ENOENT',
      () => mounts.isDead(to.at.dentry),
      'fs/namei.c: lookup_one_qstr_excl; lookup_real in 4.4; measured on 6.18.44',
    ),
    ...flagged([
      clause(
        `${short}.exists`,
        'EEXIST',
        when((f) => spares(f) && isThere()),
        source,
      ),
      clause(
        `${short}.nothing-there`,
        'ENOENT',
        when((f) => exchanges(f) && !isThere()),
        source,
      ),
      clause(`${short}.exchanged-slash`, 'ENOTDIR', when(exchanged), source),
    ]),
    clause(
      `${short}.file-slash`,
      'ENOTDIR',
      when((f) => isFile(from.at.child) && slashed(f)),
      source,
    ),
  ];
}

/** Where the two are in the tree (lock_rename). */
function treeRows(parts: Parts, { short, from, to, when, flagged }: Ends): readonly Row[] {
  const isOwnParent = (): boolean => isAbove(parts, to.at.child, from.at.dentry);
  return [
    clause(
      `${short}.into-itself`,
      'EINVAL',
      () => isAbove(parts, from.at.child, to.at.dentry),
      source,
    ),
    ...flagged([
      clause(
        `${short}.with-parent`,
        'EINVAL',
        when((f) => exchanges(f) && isOwnParent()),
        source,
      ),
    ]),
    clause(`${short}.onto-parent`, 'ENOTEMPTY', isOwnParent, source),
  ];
}

/** What the file system has to say, unless the two are names of one inode. */
function moveRows(parts: Parts, ends: Ends, isSame: () => boolean): readonly Row[] {
  const { w, is, names, inodes, mounts, walk } = parts;
  const { short, from, to, when, flagged } = ends;
  const unless: Unless = (holds) => when((flag, p) => !isSame() && holds(flag, p));
  const isDirectory = ({ at }: Here): boolean => walk.isDirectory(at.child);
  const replaces = (flag: number): boolean => !exchanges(flag) && to.at.child !== 0;
  const onBpf = (): boolean => mounts.isBpf(from.at.dentry);
  const ontoFile = (f: number): boolean => replaces(f) && isDirectory(from) && !isDirectory(to);
  const ontoTree = (f: number): boolean => replaces(f) && !isDirectory(from) && isDirectory(to);
  const isMountPoint = (p: number, { at }: Here): boolean =>
    mounts.isMountPoint(w.process.namespace(p), at.child);
  const full = (f: number): boolean => replaces(f) && inodes.hasChildren(to.at.child);
  const old = 'kernel/bpf/inode.c of 4.4 and 4.6';
  return [
    ...nameDenials(parts, ends, unless),
    clause(`${short}.directory-onto-file`, 'ENOTDIR', unless(ontoFile), source),
    clause(`${short}.file-onto-directory`, 'EISDIR', unless(ontoTree), source),
    ...(is.nameOps === 'none' ? [clause(`${short}.unknown`, 'EPERM', unless(onBpf), old)] : []),
    ...(is.nameOps === 'built-in' && is.renameFlags === 'none'
      ? flagged([
          clause(
            `${short}.unknown-flags`,
            'EINVAL',
            unless((f) => f !== 0 && onBpf()),
            old,
          ),
        ])
      : []),
    ...parentDenials(parts, ends, unless),
    clause(
      `${short}.mount-point`,
      'EBUSY',
      unless((_f, p) => isMountPoint(p, from) || isMountPoint(p, to)),
      'fs/namei.c: is_local_mountpoint',
    ),
    bound('bound.host', () => !onBpf(), hostScenery),
    // What is exchanged, or not replaced, is not removed.
    ...(short === 'rename' ? [heldTreeRow(parts, () => (isSame() ? 0 : to.at.child))] : []),
    // With a flag, these kernels have said EINVAL by now; and a flag leaves nothing to be replaced.
    ...(is.dotCheck === 'at-create-last' && is.nameOps === 'built-in' && short === 'rename'
      ? [
          clause(
            `${short}.dotted`,
            'EPERM',
            unless(() => names.isDotted(to.at.name)),
            old,
          ),
        ]
      : []),
    ...(is.renameFlags === 'built-in'
      ? flagged([
          clause(
            `${short}.whiteout`,
            'EINVAL',
            unless((f) => f === renameFlags.RENAME_WHITEOUT),
            'fs/libfs.c, simple_rename',
          ),
        ])
      : []),
    ...(is.nameOps === 'built-in' && short === 'rename'
      ? [clause(`${short}.not-empty`, 'ENOTEMPTY', unless(full), 'fs/libfs.c, simple_empty')]
      : []),
  ];
}

function renameTable(parts: Parts, ends: Ends, sorts: CallTable['sorts']): CallTable {
  const { w, names, inodes, mounts, walk } = parts;
  const { short, from, to, when, flagged } = ends;
  const inodeOf = ({ at }: Here): number => w.dentry.inode(at.child);
  /** Two names of one inode: nothing happens, whatever else there would be to say. */
  const isSame = (): boolean => inodeOf(from) === inodeOf(to);
  const inCgroups = ({ at }: Here): boolean =>
    walk.isOfCgroups(at.dentry) || walk.isOfCgroups(at.child);
  const both = renameFlags['RENAME_NOREPLACE|RENAME_EXCHANGE'];
  const rows = [
    ...flagged([
      ofArguments(
        clause(
          `${short}.flags`,
          'EINVAL',
          when((f) => f === both),
          source,
        ),
      ),
    ]),
    ...spellingRows(names),
    ...parentRows(walk, from),
    ...spellingRows(names, 'second'),
    ...parentRows(walk, to, 'second'),
    bound('bound.cgroup', () => [from, to].some(inCgroups), cgroupScenery),
    ...nameRows(parts, ends),
    ...lookupRows(parts, ends),
    ...treeRows(parts, ends),
    ...moveRows(parts, ends, isSame),
  ];
  const move = (flag: number): number => {
    if (isSame()) return 0;
    if (exchanges(flag)) inodes.exchange(from.at.child, to.at.child);
    else {
      if (to.at.child !== 0) mounts.removeName(to.at.child);
      inodes.move(from.at.child, to.at.dentry, to.at.name);
    }
    return 0;
  };
  const table = { call: short, short, sorts, rows, looksAt: 'file-systems' } as const;
  return short === 'rename'
    ? { ...table, effect: () => move(0) }
    : { ...table, effect: (_p, _from, _to, flag) => move(flag) };
}

export const rename = (parts: Parts): CallTable =>
  renameTable(parts, endsOf('rename'), ['path', 'path']);

export const renameat2 = (parts: Parts): CallTable =>
  renameTable(parts, endsOf('renameat2'), ['path', 'path', 'rename-flag']);
