/** Calls on names. */
import type { Mknod, Rename, RenameFlag } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { descriptor, dirFd, directoryFd, one, three, two } from './form.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import { fileMode } from './read-stat.ts';
import type { Flaws } from './read-value.ts';
import { fixedNumber, fixedString, readFixed, readPath } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** umask 022 leaves it as it is, and root passes whatever the mode is. */
const directoryMode = fixedNumber('the mode of a new directory', 0o755, '0755');

/** A symbolic link at the old name is not followed. */
const linkatFlags = {
  what: 'the flags of linkat',
  sets: ['0', 'AT_EMPTY_PATH'],
  bits: { AT_SYMLINK_FOLLOW: 0x400, AT_EMPTY_PATH: 0x1000 },
  ignored: [],
} as const satisfies FlagChoice<string>;

const unlinkatFlags = {
  what: 'the flags of unlinkat',
  sets: ['0', 'AT_REMOVEDIR'],
  bits: { AT_REMOVEDIR: 0x200 },
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

/** The bits of a mode; those of permissions are no part of it. */
const madeType = {
  ...fileMode,
  what: 'the bits of a mode',
  sets: ['S_IFREG', 'S_IFIFO', 'S_IFCHR'],
} as const satisfies FlagChoice<string>;

const linkUsage = 'link("FROM", "TO")';
const renameUsage = 'rename("FROM", "TO")';
const symlinkUsage = 'symlink("TARGET", "PATH")';
const mknodUsage = 'mknod("PATH", S_IFREG|0644)';

export const nameForms: readonly NamedForm[] = [
  [
    'mkdir',
    two('mkdir("PATH", 0755)', (path, mode, flaws) => {
      const call = { call: 'mkdir', path: readPath(path, flaws) } as const;
      readFixed(mode, directoryMode, flaws);
      return call;
    }),
  ],
  [
    'mkdirat',
    three('mkdirat(FD, "PATH", 0755)', (at, path, mode, flaws) => {
      const call = { call: 'mkdir', ...dirFd(at, flaws), path: readPath(path, flaws) } as const;
      readFixed(mode, directoryMode, flaws);
      return call;
    }),
  ],
  [
    'unlinkat',
    three(
      'unlinkat(FD, "PATH", 0) or unlinkat(FD, "PATH", AT_REMOVEDIR)',
      (at, path, flags, flaws) => {
        const where = { ...dirFd(at, flaws), path: readPath(path, flaws) };
        const removes = readFlags(flags, unlinkatFlags, flaws) === 'AT_REMOVEDIR';
        return { call: removes ? 'rmdir' : 'unlink', ...where };
      },
    ),
  ],
  ['chdir', one('chdir("PATH")', (at, flaws) => ({ call: 'chdir', path: readPath(at, flaws) }))],
  ['fchdir', one('fchdir(FD)', (fd, flaws) => ({ call: 'fchdir', fd: descriptor(fd, flaws) }))],
  ['rmdir', one('rmdir("PATH")', (at, flaws) => ({ call: 'rmdir', path: readPath(at, flaws) }))],
  ['unlink', one('unlink("PATH")', (at, flaws) => ({ call: 'unlink', path: readPath(at, flaws) }))],
  ['link', two(linkUsage, (from, to, flaws) => ({ call: 'link', ...readBoth(from, to, flaws) }))],
  [
    'linkat',
    {
      usage: `linkat(FD, "FROM", FD, "TO", 0), linkat(FD, "", FD, "TO", AT_EMPTY_PATH) or ${linkUsage}`,
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
      usage: `renameat(FD, "FROM", FD, "TO") or ${renameUsage}`,
      counts: [4],
      read: readRenameat,
    },
  ],
  [
    'renameat2',
    {
      usage: 'renameat2(FD, "FROM", FD, "TO", FLAGS)',
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
    three(`symlinkat("TARGET", FD, "PATH") or ${symlinkUsage}`, (target, at, path, flaws) => ({
      call: 'symlink',
      target: readPath(target, flaws),
      ...dirFd(at, flaws),
      path: readPath(path, flaws),
    })),
  ],
  // Behind the mode of a device stands which, and that makes no difference.
  ['mknod', { ...two(mknodUsage, readMknod), counts: [2, 3] }],
  [
    'mknodat',
    {
      ...three(`mknodat(FD, "PATH", MODE) or ${mknodUsage}`, (at, path, mode, flaws) => ({
        ...dirFd(at, flaws),
        ...readMknod(path, mode, flaws),
      })),
      counts: [3, 4],
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

/** Two paths, each in its directory. */
type AtBoth = Omit<Rename, 'call'>;

/** The first four arguments of linkat, renameat, renameat2; whatever follows them. */
function readAtBoth([fromAt, from, toAt, to]: readonly Value[], flaws: Flaws): AtBoth | null {
  if (!fromAt || !from || !toAt || !to) return null;
  const first = directoryFd(fromAt, flaws);
  const old = readPath(from, flaws);
  const second = directoryFd(toAt, flaws);
  return {
    ...(first === undefined ? {} : { fromFd: first }),
    from: old,
    ...(second === undefined ? {} : { toFd: second }),
    to: readPath(to, flaws),
  };
}

/** With AT_EMPTY_PATH the old name is what is open, and the path has to be empty. */
function readLinkat(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth(args, flaws);
  const [, path, , , flags] = args;
  if (both === null || path === undefined || flags === undefined) return null;
  const isEmpty = readFlags(flags, linkatFlags, flaws) === 'AT_EMPTY_PATH';
  if (!isEmpty) return { call: { call: 'link', ...both } };
  readFixed(path, emptyPath, flaws);
  const { fromFd = -100, toFd, to } = both;
  return { call: { call: 'linkat', fd: fromFd, ...(toFd === undefined ? {} : { toFd }), to } };
}

const emptyPath = fixedString('the path that goes with AT_EMPTY_PATH', '');

function readRenameat(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth(args, flaws);
  return both === null ? null : { call: { call: 'rename', ...both } };
}

function readRenameat2(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const both = readAtBoth(args, flaws);
  const flags = args[4];
  if (both === null || flags === undefined) return null;
  const flag = readFlags(flags, renameFlags, flaws) ?? '0';
  return {
    call: flag === '0' ? { call: 'rename', ...both } : { call: 'renameat2', ...both, flag },
  };
}

function readMknod(path: Value, mode: Value, flaws: Flaws): Mknod {
  const at = readPath(path, flaws);
  return { call: 'mknod', path: at, type: readFlags(mode, madeType, flaws) ?? 'S_IFREG' };
}
