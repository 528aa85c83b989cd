/** Calls that make, copy and mark descriptors. */
import type { Fcntl, Open, OpenNamespace } from '../model/vocabulary/index.ts';
import { pairValue } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { descriptor, dirFd, one, removeLine, shownValue, three, two } from './form.ts';
import { pairedRange } from './outcome-range.ts';
import type { FlagChoice } from './read-flags.ts';
import { namespaceIn } from './namespace-path.ts';
import { hasFlag, readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import {
  describeValue,
  fixedNumber,
  misfit,
  note,
  readFixed,
  readInteger,
  readName,
  readPath,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

const closeOnExec = { '0': 0, O_CLOEXEC: 0x80000 } as const;
const dup3Flag = { what: 'a flag of dup3', names: closeOnExec } as const;
const pipe2Flag = { what: 'a flag of pipe2', names: closeOnExec } as const;
const setfdFlag = { what: 'the flag of F_SETFD', names: { '0': 0, FD_CLOEXEC: 1 } } as const;
const fcntlCommand = {
  what: 'a command of fcntl',
  names: { F_DUPFD: 0, F_GETFD: 1, F_SETFD: 2, F_GETFL: 3, F_DUPFD_CLOEXEC: 1030 },
} as const;

/**
 * What is opened is not written to or waited for; it stays open when its process execs. What was
 * opened with O_NOFOLLOW was no link, unless as a mere place.
 */
const openFlags = {
  what: 'the flags of open',
  sets: [
    ...(['O_RDWR', 'O_RDONLY', 'O_WRONLY|O_TRUNC'] as const),
    ...(['O_RDONLY|O_DIRECTORY', 'O_RDONLY|O_PATH'] as const),
    ...(['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const),
  ],
  bits: {
    O_RDONLY: 0,
    O_WRONLY: 1,
    O_RDWR: 2,
    O_CREAT: 0o100,
    O_EXCL: 0o200,
    O_NOCTTY: 0o400,
    O_TRUNC: 0o1000,
    O_NONBLOCK: 0o4000,
    O_LARGEFILE: 0o100000,
    O_DIRECTORY: 0o200000,
    O_NOFOLLOW: 0o400000,
    O_PATH: 0o10000000,
  },
  ignored: ['O_NOCTTY', 'O_NONBLOCK', 'O_LARGEFILE', 'O_NOFOLLOW'],
} as const satisfies FlagChoice<string>;

const openUsage = 'open("PATH", FLAGS)';
const fcntlUsage =
  'fcntl(FD, F_DUPFD, FD), fcntl(FD, F_DUPFD_CLOEXEC, FD), fcntl(FD, F_GETFD), fcntl(FD, F_SETFD, FLAG) or fcntl(FD, F_GETFL)';

export const descriptorForms: readonly NamedForm[] = [
  ['close', one('close(FD)', (fd, flaws) => ({ call: 'close', fd: descriptor(fd, flaws) }))],
  ['dup', one('dup(FD)', (fd, flaws) => ({ call: 'dup', fd: descriptor(fd, flaws) }))],
  [
    'dup2',
    two('dup2(FD, FD)', (fd, to, flaws) => ({
      call: 'dup2',
      fd: descriptor(fd, flaws),
      to: descriptor(to, flaws),
    })),
  ],
  [
    'dup3',
    three('dup3(FD, FD, 0) or dup3(FD, FD, O_CLOEXEC)', (fd, to, flags, flaws) => {
      const call = { call: 'dup3', fd: descriptor(fd, flaws), to: descriptor(to, flaws) } as const;
      return { ...call, flag: noneOr(readName(flags, dup3Flag, flaws)) };
    }),
  ],
  ['fcntl', { usage: fcntlUsage, counts: [2, 3], read: readFcntl }],
  ['open', { usage: openUsage, counts: [2, 3], read: readOpenHere }],
  [
    'openat',
    { usage: `openat(FD, "PATH", FLAGS) or ${openUsage}`, counts: [3, 4], read: readOpenat },
  ],
  ['pipe', { usage: 'pipe([FD, FD])', counts: [1], read: ([fds]) => pipe(fds, 'none') }],
  [
    'pipe2',
    {
      usage: 'pipe2([FD, FD], 0) or pipe2([FD, FD], O_CLOEXEC)',
      counts: [2],
      read: ([fds, flags], _end, flaws) =>
        flags === undefined ? null : pipe(fds, noneOr(readName(flags, pipe2Flag, flaws))),
    },
  ],
];

const noneOr = (flag: '0' | 'O_CLOEXEC' | undefined): 'none' | 'O_CLOEXEC' =>
  flag === 'O_CLOEXEC' ? flag : 'none';

function readOpenHere(
  [path, flags, mode]: readonly Value[],
  end: number,
  flaws: Flaws,
): Reading | null {
  return path && flags ? readOpen({}, path, { flags, mode, end }, flaws) : null;
}

function readOpenat(
  [at, path, flags, mode]: readonly Value[],
  end: number,
  flaws: Flaws,
): Reading | null {
  if (!at || !path || !flags) return null;
  return readOpen(dirFd(at, flaws), path, { flags, mode, end }, flaws);
}

/** How to open: the flags, and the mode of what is made, which stands behind O_CREAT only. */
interface How {
  readonly flags: Value;
  readonly mode: Value | undefined;
  readonly end: number;
}

const fileMode = fixedNumber('the mode of a new file', 0o600, '0600');

function readMode({ flags, mode, end }: How, flaws: Flaws): void {
  const creates = hasFlag(flags, 'O_CREAT', openFlags);
  if (mode !== undefined && creates) readFixed(mode, fileMode, flaws);
  else if (creates) note(flaws, end, 'O_CREAT was found without a mode, but 0600 was expected');
  else if (mode !== undefined) {
    note(flaws, mode.column, 'a mode was found, but only an open with O_CREAT has one');
  }
}

function readOpen(start: Pick<Open, 'dirFd'>, path: Value, how: How, flaws: Flaws): Reading {
  const { flags } = how;
  const set = readFlags(flags, openFlags, flaws);
  readMode(how, flaws);
  const call: Open = { call: 'open', ...start, path: readPath(path, flaws), flag: flagOf(set) };
  if (!hasFlag(flags, 'O_NOFOLLOW', openFlags)) return { call: namespaceOf(call) ?? call };
  const followed = 'but a path is always followed to its end here';
  if (call.flag === 'O_PATH') {
    const unlessLink = 'leave it out where the path ends in no link';
    note(flaws, flags.column, `O_NOFOLLOW was found with O_PATH, ${followed}; ${unlessLink}`);
  }
  const failed = `an open with O_NOFOLLOW that failed was found, ${followed}`;
  return { call, noFailure: `${failed}; ${removeLine}` };
}

/** The file of a process's mount namespace is no file of the tree: it has a call of its own. */
function namespaceOf({ path, flag }: Open): OpenNamespace | null {
  const pid = namespaceIn(path);
  return pid === null || flag !== 'O_RDONLY' ? null : { call: 'open-namespace', pid };
}

function flagOf(set: (typeof openFlags.sets)[number] | undefined): Open['flag'] {
  switch (set) {
    case 'O_RDONLY|O_DIRECTORY':
      return 'O_DIRECTORY';
    case 'O_RDONLY|O_PATH':
      return 'O_PATH';
    case undefined:
      return 'O_RDWR';
    case 'O_RDWR':
    case 'O_RDONLY':
    case 'O_WRONLY|O_TRUNC':
    case 'O_RDWR|O_CREAT':
    case 'O_RDWR|O_CREAT|O_EXCL':
      return set;
  }
}

const pipe = (fds: Value | undefined, flag: 'none' | 'O_CLOEXEC'): Reading => ({
  call: { call: 'pipe2', flag },
  value: shownValue('[FD, FD]', fds, readPair),
});

/** The two descriptors that pipe2 and socketpair show. */
export function readPair(value: Value, flaws: Flaws): number {
  const [first, second, ...others] = value.kind === 'list' ? value.items : [];
  if (first === undefined || second === undefined || others.length > 0) {
    misfit(value, 'a pair of descriptors [FD, FD]', flaws);
    return 0;
  }
  return pairValue(readInteger(first, pairedRange, flaws), readInteger(second, pairedRange, flaws));
}

function readFcntl(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const [fd, name, third] = args;
  if (!fd || !name) return null;
  const command = readName(name, fcntlCommand, flaws) ?? 'F_GETFD';
  const asks = command === 'F_GETFD' || command === 'F_GETFL';
  if (asks !== (third === undefined)) {
    const found = third === undefined ? 'no argument' : describeValue(third);
    const expected = `but ${fcntlUsage} was expected`;
    note(flaws, third?.column ?? end, `${found} was found for ${command}, ${expected}`);
  }
  const argument = third === undefined ? 0 : readArgument(command, third, flaws);
  return { call: { call: 'fcntl', fd: descriptor(fd, flaws), command, argument } };
}

function readArgument(command: Fcntl['command'], value: Value, flaws: Flaws): number {
  switch (command) {
    case 'F_GETFD':
    case 'F_GETFL':
      return 0;
    case 'F_SETFD':
      return readName(value, setfdFlag, flaws) === 'FD_CLOEXEC' ? 1 : 0;
    case 'F_DUPFD':
    case 'F_DUPFD_CLOEXEC': {
      // The kernel takes an int from what strace shows as a word.
      const range = { what: 'a descriptor', min: -(2 ** 31), max: 2 ** 32 - 1 };
      return readInteger(value, range, flaws) | 0;
    }
  }
}
