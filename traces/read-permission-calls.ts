/** Calls about permissions: umask, chmod, chown, setresuid, access and statx. */
import type { Access, PermissionCall, Uid } from '../model/vocabulary/index.ts';
import { statxValue } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { mustBeHere, one, shownValue, three, two } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readFields, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws, IntegerRange, NameChoice } from './read-value.ts';
import {
  describeValue,
  isPointer,
  maskRange,
  misfit,
  modeRange,
  note,
  readInteger,
  readName,
  readPath,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

const users = {
  what: 'a user',
  names: { '0': 0, '65534': 65534 },
} as const satisfies NameChoice<string>;

const checks = {
  what: 'the mode of access',
  names: { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 },
} as const satisfies NameChoice<Access['mode']>;

const statxFlags = {
  what: 'the flags of statx',
  sets: ['0'],
  bits: { AT_STATX_SYNC_AS_STAT: 0, AT_NO_AUTOMOUNT: 0x800 },
  ignored: ['AT_NO_AUTOMOUNT'],
} as const satisfies FlagChoice<string>;

const statxMask = {
  what: 'the bits of the mask of statx',
  sets: ['STATX_MODE|STATX_UID'],
  bits: { STATX_TYPE: 1, STATX_MODE: 2, STATX_NLINK: 4, STATX_UID: 8, STATX_GID: 16 },
  ignored: ['STATX_TYPE'],
} as const satisfies FlagChoice<string>;

const statxForm: FieldsForm = {
  owner: 'statx',
  fields: ['stx_mode', 'stx_uid'],
  ignored:
    'stx_mask stx_blksize stx_attributes stx_nlink stx_gid stx_ino stx_size stx_blocks ' +
    'stx_attributes_mask stx_atime stx_btime stx_ctime stx_mtime stx_rdev_major stx_rdev_minor ' +
    'stx_dev_major stx_dev_minor ...',
};

const statxUsage =
  'statx(AT_FDCWD, "PATH", 0, STATX_MODE|STATX_UID, {stx_mode=S_IFREG|0600, stx_uid=0})';

export const permissionForms: readonly NamedForm[] = [
  [
    'umask',
    one('umask(MASK)', (mask, flaws) => ({
      call: 'umask',
      mask: readInteger(mask, maskRange, flaws),
    })),
  ],
  [
    'chmod',
    two('chmod("PATH", MODE)', (path, mode, flaws) => ({
      call: 'chmod',
      path: readPath(path, flaws),
      mode: readMode(mode, modeRange, flaws),
    })),
  ],
  [
    'chown',
    three('chown("PATH", 65534, 65534)', (path, owner, group, flaws) => ({
      call: 'chown',
      path: readPath(path, flaws),
      owner: readSame([owner, group], 'the group of chown', flaws),
    })),
  ],
  [
    'setresuid',
    three('setresuid(65534, 65534, 65534)', (real, effective, saved, flaws) => ({
      call: 'setresuid',
      uid: readSame([real, effective, saved], 'every user of setresuid', flaws),
    })),
  ],
  ['access', two('access("PATH", W_OK)', readAccess)],
  ['statx', { usage: statxUsage, counts: [5], read: readStatx }],
];

function readAccess(path: Value, mode: Value, flaws: Flaws): PermissionCall {
  const at = readPath(path, flaws);
  return { call: 'access', path: at, mode: readName(mode, checks, flaws) ?? 'F_OK' };
}

/** Numbers that are one user. */
function readSame([first, ...others]: readonly Value[], what: string, flaws: Flaws): Uid {
  if (first === undefined) return 0;
  const user = readUser(first, flaws);
  for (const other of others) {
    if (other.kind === 'number' && other.value === user) continue;
    const expected = `${what} is always the user's number here, ${user}`;
    note(flaws, other.column, `${describeValue(other)} was found, but ${expected}`);
  }
  return user;
}

const readUser = (value: Value, flaws: Flaws): Uid =>
  readName(value, users, flaws) === '65534' ? 65534 : 0;

/** A number, or S_IFREG and S_ISVTX and whatever else strace names of it. */
function readMode(value: Value, range: IntegerRange, flaws: Flaws): number {
  if (value.kind !== 'word') return readInteger(value, range, flaws);
  let mode = 0;
  for (const name of value.text.split('|')) {
    const bit = Object.hasOwn(modeBits, name) ? modeBits[name] : undefined;
    if (bit === undefined && !/^0[0-7]{1,4}$/.test(name)) {
      misfit(value, 'the bits of a mode (S_ISVTX|0777)', flaws);
      return 0;
    }
    mode |= bit ?? parseInt(name, 8);
  }
  return mode;
}

const modeBits: Readonly<Record<string, number>> = {
  S_IFREG: 0,
  S_IFDIR: 0,
  S_ISUID: 0o4000,
  S_ISGID: 0o2000,
  S_ISVTX: 0o1000,
};

function readStatx(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [at, path, flags, mask, shown] = args;
  if (!at || !path || !flags || !mask || !shown) return null;
  mustBeHere('statx', at, flaws);
  const call = { call: 'statx', path: readPath(path, flaws) } as const;
  readFlags(flags, statxFlags, flaws);
  readFlags(mask, statxMask, flaws);
  const fields = shown.kind === 'fields' ? shown : undefined;
  if (fields === undefined && !isPointer(shown)) {
    misfit(shown, 'what statx shows {stx_mode=S_IFREG|0600, stx_uid=0}, or an address,', flaws);
  }
  const from = fields === undefined ? undefined : readFields(fields, statxForm, flaws);
  const expected = 'stx_mode=S_IFREG|0600 or S_IFDIR|0755 and stx_uid=0';
  return {
    call,
    value: shownValue(expected, fields, () => (from === undefined ? 0 : readShown(from, flaws))),
  };
}

function readShown(from: Fields, flaws: Flaws): number {
  const shown = requiredField(from, 'stx_mode', flaws);
  const types = shown.kind === 'word' ? shown.text.split('|') : [];
  const type = types.find((name) => name === 'S_IFREG' || name === 'S_IFDIR');
  if (type === undefined) misfit(shown, 'S_IFREG or S_IFDIR with the bits of a mode', flaws);
  const mode = type === undefined ? 0 : readMode(shown, modeRange, flaws);
  const owner = readUser(requiredField(from, 'stx_uid', flaws), flaws);
  return statxValue({ kind: type === 'S_IFDIR' ? 'directory' : 'file', mode, owner });
}
