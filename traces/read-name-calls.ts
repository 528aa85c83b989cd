/** Calls on names. */
import type { RenameFlag } from '../model/vocabulary/index.ts';
import { statValue } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { mustBeHere, one, removeLine, shownValue, three, two } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readFields, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import {
  fixedNumber,
  isPointer,
  misfit,
  note,
  readFixed,
  readInteger,
  readPath,
  wordRange,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** umask 022 leaves it as it is, and root passes whatever the mode is. */
const directoryMode = fixedNumber('the mode of a new directory', 0o755, '0755');

/** A symbolic link at the old name is not followed. */
const linkatFlags = {
  what: 'the flags of linkat',
  sets: ['0'],
  bits: { AT_SYMLINK_FOLLOW: 0x400, AT_EMPTY_PATH: 0x1000 },
  ignored: [],
} as const satisfies FlagChoice<string>;

const renameFlags = {
  what: 'the flags of renameat2',
  sets: [
    ...(['0', 'RENAME_NOREPLACE', 'RENAME_EXCHANGE', 'RENAME_WHITEOUT'] as const),
    'RENAME_NOREPLACE|RENAME_EXCHANGE',
  ],
  bits: { RENAME_NOREPLACE: 1, RENAME_EXCHANGE: 2, RENAME_WHITEOUT: 4 },
  ignored: [],
} as const satisfies FlagChoice<'0' | RenameFlag>;

/** Nothing here is mounted by looking at it. */
const statFlags = {
  what: 'the flags of newfstatat',
  sets: ['0'],
  bits: { AT_NO_AUTOMOUNT: 0x800 },
  ignored: ['AT_NO_AUTOMOUNT'],
} as const satisfies FlagChoice<string>;

const fileMode = {
  what: 'the bits of st_mode',
  sets: ['S_IFREG', 'S_IFDIR'],
  bits: {
    ...{ S_IFREG: 0o100000, S_IFDIR: 0o040000, S_IFLNK: 0o120000, S_IFSOCK: 0o140000 },
    ...{ S_IFIFO: 0o010000, S_IFCHR: 0o020000, S_IFBLK: 0o060000 },
    ...{ S_ISUID: 0o4000, S_ISGID: 0o2000, S_ISVTX: 0o1000 },
  },
  ignored: ['07777'],
} as const satisfies FlagChoice<string>;

const statForm: FieldsForm = {
  owner: 'stat',
  fields: ['st_mode', 'st_nlink'],
  ignored:
    'st_dev st_ino st_uid st_gid st_rdev st_blksize st_blocks st_size st_atime st_atime_nsec ' +
    'st_mtime st_mtime_nsec st_ctime st_ctime_nsec ...',
};

const linkUsage = 'link("FROM", "TO")';
const renameUsage = 'rename("FROM", "TO")';
const symlinkUsage = 'symlink("TARGET", "PATH")';
export const statUsage = 'stat("PATH", {st_mode=S_IFREG, st_nlink=NUMBER})';

export const nameForms: readonly NamedForm[] = [
  [
    'mkdir',
    two('mkdir("PATH", 0755)', (path, mode, flaws) => {
      const call = { call: 'mkdir', path: readPath(path, flaws) } as const;
      readFixed(mode, directoryMode, flaws);
      return call;
    }),
  ],
  ['rmdir', one('rmdir("PATH")', (at, flaws) => ({ call: 'rmdir', path: readPath(at, flaws) }))],
  ['unlink', one('unlink("PATH")', (at, flaws) => ({ call: 'unlink', path: readPath(at, flaws) }))],
  ['link', two(linkUsage, (from, to, flaws) => ({ call: 'link', ...readBoth(from, to, flaws) }))],
  [
    'linkat',
    {
      usage: `linkat(AT_FDCWD, "FROM", AT_FDCWD, "TO", 0) or ${linkUsage}`,
      counts: [5],
      read: readLinkat,
    },
  ],
  [
    'rename',
    two(renameUsage, (from, to, flaws) => ({ call: 'rename', ...readBoth(from, to, flaws) })),
  ],
  [
    'renameat',
    {
      usage: `renameat(AT_FDCWD, "FROM", AT_FDCWD, "TO") or ${renameUsage}`,
      counts: [4],
      read: readRenameat,
    },
  ],
  [
    'renameat2',
    {
      usage: 'renameat2(AT_FDCWD, "FROM", AT_FDCWD, "TO", FLAGS)',
      counts: [5],
      read: readRenameat2,
    },
  ],
  [
    'symlink',
    two(symlinkUsage, (target, path, flaws) => ({
      call: 'symlink',
      target: readPath(target, flaws),
      path: readPath(path, flaws),
    })),
  ],
  [
    'symlinkat',
    three(`symlinkat("TARGET", AT_FDCWD, "PATH") or ${symlinkUsage}`, (target, at, path, flaws) => {
      const to = readPath(target, flaws);
      mustBeHere('symlinkat', at, flaws);
      return { call: 'symlink', target: to, path: readPath(path, flaws) };
    }),
  ],
  ['stat', { usage: statUsage, counts: [2], read: readStat }],
  [
    'newfstatat',
    {
      usage: `newfstatat(AT_FDCWD, "PATH", {...}, 0) or ${statUsage}`,
      counts: [4],
      read: readFstatat,
    },
  ],
];

const readBoth = (
  from: Value,
  to: Value,
  flaws: Flaws,
): { readonly from: string | null; readonly to: string | null } => ({
  from: readPath(from, flaws),
  to: readPath(to, flaws),
});

/** The paths of `call`(AT_FDCWD, "FROM", AT_FDCWD, "TO"), whatever follows them. */
function readAtBoth(
  call: string,
  [fromAt, from, toAt, to]: readonly Value[],
  flaws: Flaws,
): ReturnType<typeof readBoth> | null {
  if (!fromAt || !from || !toAt || !to) return null;
  mustBeHere(call, fromAt, flaws);
  const first = readPath(from, flaws);
  mustBeHere(call, toAt, flaws);
  return { from: first, to: readPath(to, flaws) };
}

function readLinkat(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth('linkat', args, flaws);
  const flags = args[4];
  if (both === null || flags === undefined) return null;
  readFlags(flags, linkatFlags, flaws);
  return { call: { call: 'link', ...both } };
}

function readRenameat(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth('renameat', args, flaws);
  return both === null ? null : { call: { call: 'rename', ...both } };
}

function readRenameat2(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth('renameat2', args, flaws);
  const flags = args[4];
  if (both === null || flags === undefined) return null;
  const flag = readFlags(flags, renameFlags, flaws) ?? '0';
  return {
    call: flag === '0' ? { call: 'rename', ...both } : { call: 'renameat2', ...both, flag },
  };
}

/** Flags with which newfstatat is lstat, or fstat. */
const isOtherStat = (flag: string): boolean =>
  flag === 'AT_SYMLINK_NOFOLLOW' || flag === 'AT_EMPTY_PATH';

function readFstatat(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const [at, path, shown, flags] = args;
  if (!at || !path || !shown || !flags) return null;
  const other = flags.kind === 'word' ? flags.text.split('|').find(isOtherStat) : undefined;
  if (other !== undefined) {
    const found = `${other} was found, but a path is always followed to its end here`;
    note(flaws, flags.column, `${found}; ${removeLine}`);
    return null;
  }
  mustBeHere('newfstatat', at, flaws);
  const reading = readStat([path, shown], end, flaws);
  readFlags(flags, statFlags, flaws);
  return reading;
}

/**
 * Where a call failed, strace has only an address to show. Whatever stands in the braces must be of
 * stat's; what it says matters for a success only.
 */
function readStat(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [path, shown] = args;
  if (!path || !shown) return null;
  const call = { call: 'stat', path: readPath(path, flaws) } as const;
  const fields = shown.kind === 'fields' ? shown : undefined;
  if (fields === undefined && !isPointer(shown)) {
    misfit(shown, 'what stat shows {st_mode=S_IFREG, st_nlink=NUMBER}, or an address,', flaws);
  }
  const from = fields === undefined ? undefined : readFields(fields, statForm, flaws);
  const expected = 'st_mode=S_IFREG or S_IFDIR and st_nlink=NUMBER, which strace -v shows';
  return {
    call,
    value: shownValue(expected, fields, () => (from === undefined ? 0 : readShown(from, flaws))),
  };
}

function readShown(from: Fields, flaws: Flaws): number {
  const type = readFlags(requiredField(from, 'st_mode', flaws), fileMode, flaws);
  const nlink = readInteger(requiredField(from, 'st_nlink', flaws), wordRange('st_nlink'), flaws);
  return statValue({ kind: type === 'S_IFDIR' ? 'directory' : 'file', nlink });
}
