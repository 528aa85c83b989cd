/** Calls on names. */
import type { Mknod, RenameFlag } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { mustBeHere, one, three, two } from './form.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import { fileMode } from './read-stat.ts';
import type { Flaws } from './read-value.ts';
import { fixedNumber, readFixed, readPath } from './read-value.ts';
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
  // Behind the mode of a device stands which, and that makes no difference.
  ['mknod', { ...two(mknodUsage, readMknod), counts: [2, 3] }],
  [
    'mknodat',
    {
      ...three(`mknodat(AT_FDCWD, "PATH", MODE) or ${mknodUsage}`, (at, path, mode, flaws) => {
        mustBeHere('mknodat', at, flaws);
        return readMknod(path, mode, flaws);
      }),
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

function readMknod(path: Value, mode: Value, flaws: Flaws): Mknod {
  const at = readPath(path, flaws);
  return { call: 'mknod', path: at, type: readFlags(mode, madeType, flaws) ?? 'S_IFREG' };
}
