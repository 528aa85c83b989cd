/** The attributes of BPF_OBJ_PIN and BPF_OBJ_GET. */
import { accessFlagBits, accessNames } from '../model/vocabulary/index.ts';
import type { Fd, ObjGet, ObjPin } from '../model/vocabulary/index.ts';
import { descriptor, directoryFd } from './form.ts';
import type { Fields } from './read-fields.ts';
import { requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { hasFlag, readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, isZero, note, readPath } from './read-value.ts';

const bits = { ...accessFlagBits, BPF_F_PATH_FD: 0x4000 };

const pinFlags = {
  what: 'the flags of BPF_OBJ_PIN',
  sets: ['0'],
  bits: { BPF_F_PATH_FD: 0x4000 },
  ignored: ['BPF_F_PATH_FD'],
} as const satisfies FlagChoice<string>;

const getFlags = {
  what: 'what a descriptor is restricted to',
  sets: ['0', ...accessNames],
  bits,
  ignored: ['BPF_F_PATH_FD'],
} as const satisfies FlagChoice<string>;

export function readPin(attributes: Fields, flaws: Flaws): ObjPin {
  const path = readPath(requiredField(attributes, 'pathname', flaws), flaws);
  const fd = descriptor(requiredField(attributes, 'bpf_fd', flaws), flaws);
  const flags = attributes.values.get('file_flags');
  if (flags !== undefined) readFlags(flags, pinFlags, flaws);
  return { call: 'BPF_OBJ_PIN', path, fd, ...readStart(attributes, flaws) };
}

export function readGet(attributes: Fields, flaws: Flaws): ObjGet {
  const path = readPath(requiredField(attributes, 'pathname', flaws), flaws);
  const flags = attributes.values.get('file_flags');
  const set = flags === undefined ? '0' : (readFlags(flags, getFlags, flaws) ?? '0');
  const start = readStart(attributes, flaws);
  return { call: 'BPF_OBJ_GET', path, ...start, ...(set === '0' ? {} : { access: set }) };
}

/** path_fd and its flag go together: the one without the other is a raw call. */
function readStart(attributes: Fields, flaws: Flaws): { readonly pathFd?: Fd } {
  const [flags, start] = [attributes.values.get('file_flags'), attributes.values.get('path_fd')];
  const isAsked = flags !== undefined && hasFlag(flags, 'BPF_F_PATH_FD', getFlags);
  if (!isAsked && start !== undefined && !isZero(start)) {
    const found = `path_fd=${describeValue(start)} was found without BPF_F_PATH_FD in file_flags`;
    note(flaws, start.column, `${found}; write such a call with the command by number`);
  }
  if (!isAsked) return {};
  if (start === undefined) {
    const mend = 'add path_fd=FD, the directory in which the path starts';
    note(flaws, flags.column, `BPF_F_PATH_FD was found without path_fd; ${mend}`);
    return {};
  }
  const fd = directoryFd(start, flaws);
  return fd === undefined ? {} : { pathFd: fd };
}
