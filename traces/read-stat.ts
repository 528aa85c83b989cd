/** stat and newfstatat. */
import { statValue } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { dirFd, removeLine, shownValue } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readFields, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import { isPointer, misfit, note, readInteger, readPath, wordRange } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** Nothing here is mounted by looking at it. */
const statFlags = {
  what: 'the flags of newfstatat',
  sets: ['0'],
  bits: { AT_NO_AUTOMOUNT: 0x800 },
  ignored: ['AT_NO_AUTOMOUNT'],
} as const satisfies FlagChoice<string>;

export const fileMode = {
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

const statUsage = 'stat("PATH", {st_mode=S_IFREG, st_nlink=NUMBER})';

export const statForms: readonly NamedForm[] = [
  ['stat', { usage: statUsage, counts: [2], read: readStat }],
  [
    'newfstatat',
    {
      usage: `newfstatat(FD, "PATH", {...}, 0) or ${statUsage}`,
      counts: [4],
      read: readFstatat,
    },
  ],
];

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
  const start = dirFd(at, flaws);
  const reading = readStat([path, shown], end, flaws);
  readFlags(flags, statFlags, flaws);
  return reading?.call.call === 'stat'
    ? { ...reading, call: { ...reading.call, ...start } }
    : reading;
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
