/** Commands of bpf(2) that attach programs to cgroups: by themselves, or by links. */
import type { Call } from '../model/vocabulary/index.ts';
import { allowMultiFlag, egressAttachType, lowestAddress } from '../model/vocabulary/index.ts';
import { descriptor } from './form.ts';
import { foreignAttachTypes } from './foreign-names.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws, NameChoice } from './read-value.ts';
import { describeValue, note, readName } from './read-value.ts';
import type { Value } from './syntax.types.ts';

const attachType: NameChoice<'BPF_CGROUP_INET_EGRESS'> = {
  what: 'the type of an attachment',
  names: { BPF_CGROUP_INET_EGRESS: egressAttachType },
  foreign: foreignAttachTypes,
};

/** Flags of attachments that strace prints by name. */
const attachBits = {
  BPF_F_ALLOW_OVERRIDE: 1,
  BPF_F_ALLOW_MULTI: allowMultiFlag,
  BPF_F_REPLACE: 4,
  BPF_F_BEFORE: 8,
  BPF_F_AFTER: 16,
  BPF_F_ID: 32,
  BPF_F_PREORDER: 64,
  BPF_F_LINK: 8192,
} as const;

const attachFlags = {
  what: 'the flags of an attachment',
  sets: ['0', 'BPF_F_ALLOW_MULTI'],
  bits: attachBits,
  ignored: [],
} as const satisfies FlagChoice<string>;

/** A link counts as one of many by itself. */
const linkFlags = {
  what: 'the flags of a link',
  sets: ['0'],
  bits: attachBits,
  ignored: [],
} as const satisfies FlagChoice<string>;

const linkCreate: FieldsForm = {
  owner: 'BPF_LINK_CREATE',
  fields: ['prog_fd', 'target_fd', 'attach_type', 'flags'],
  zero: 'target_btf_id cgroup',
};

const linkDetach: FieldsForm = { owner: 'BPF_LINK_DETACH', fields: ['link_fd'] };

/**
 * Notes a type of attachment that is not known here, before its fields are looked at: other types
 * have other fields.
 */
export function noteAttachType(braces: Value, flaws: Flaws): void {
  if (braces.kind !== 'fields') return;
  const type = braces.fields.find(({ name }) => name === 'attach_type')?.value;
  if (type !== undefined) readName(type, attachType, flaws);
}

export function readProgAttach(attributes: Fields, flaws: Flaws): Call {
  requiredField(attributes, 'attach_type', flaws);
  const flags = attributes.values.get('attach_flags');
  const set = flags === undefined ? '0' : readFlags(flags, attachFlags, flaws);
  return {
    call: 'BPF_PROG_ATTACH',
    targetFd: descriptor(requiredField(attributes, 'target_fd', flaws), flaws),
    progFd: descriptor(requiredField(attributes, 'attach_bpf_fd', flaws), flaws),
    flag: set === 'BPF_F_ALLOW_MULTI' ? set : 'none',
  };
}

export function readProgDetach(attributes: Fields, flaws: Flaws): Call {
  const { column, values } = attributes;
  requiredField(attributes, 'attach_type', flaws);
  const targetFd = descriptor(requiredField(attributes, 'target_fd', flaws), flaws);
  const program = values.get('attach_bpf_fd');
  if (program === undefined) {
    const missing = 'the field attach_bpf_fd of BPF_PROG_DETACH is missing from {...}';
    note(flaws, column, `${missing}; strace 6.1 does not print it: put attach_bpf_fd=FD in`);
  }
  const progFd = program === undefined ? 0 : descriptor(program, flaws);
  return { call: 'BPF_PROG_DETACH', targetFd, progFd };
}

/** `braces` is what stands behind `link_create=`. */
export function readLinkCreate(braces: Value, flaws: Flaws): Call {
  noteAttachType(braces, flaws);
  const from = readBraces(braces, linkCreate, flaws);
  requiredField(from, 'attach_type', flaws);
  const flags = from.values.get('flags');
  if (flags !== undefined) readFlags(flags, linkFlags, flaws);
  return {
    call: 'BPF_LINK_CREATE',
    progFd: descriptor(requiredField(from, 'prog_fd', flaws), flaws),
    targetFd: descriptor(requiredField(from, 'target_fd', flaws), flaws),
  };
}

/** `braces` is what stands behind `link_detach=`. */
export function readLinkDetach(braces: Value, flaws: Flaws): Call {
  const from = readBraces(braces, linkDetach, flaws);
  return {
    call: 'BPF_LINK_DETACH',
    fd: descriptor(requiredField(from, 'link_fd', flaws), flaws),
  };
}

/** strace 6.1 knows this command by name, but not what is at the address of its attributes. */
export function noteUnreadLinkDetach(address: Value, flaws: Flaws): void {
  if (address.kind !== 'number' || address.value < lowestAddress) return;
  const expected = '{link_detach={link_fd=FD}} was expected, which strace 6.1 does not print';
  note(flaws, address.column, `${describeValue(address)} was found where ${expected}`);
}
