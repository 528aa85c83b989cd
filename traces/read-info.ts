/** bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=FD, ...}}), which shows what it was told. */
import type { Info } from '../model/vocabulary/index.ts';
import { infoValue } from '../model/vocabulary/index.ts';
import { foreignLinkTypes } from './foreign-names.ts';
import type { Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, readFields, requiredField } from './read-fields.ts';
import { readMapType, readProgType } from './read-types.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note, readInteger, readName, wordRange } from './read-value.ts';
import type { FieldsValue, Value } from './syntax.types.ts';

type Kind = Info['kind'];

/**
 * Where max_entries ends in struct bpf_map_info, nr_map_ids in struct bpf_prog_info and cgroup_id in
 * struct bpf_link_info (bytes).
 */
const toldEnd: Readonly<Record<Kind, number>> = { map: 20, program: 56, link: 24 };

/** What is told of each kind beside its type, which other kinds do not have. */
const ownFields = { map: 'max_entries', program: 'nr_map_ids', link: 'cgroup' } as const;
const kinds = ['map', 'program', 'link'] as const satisfies readonly Kind[];

const toldFields = ['type', ownFields.map, ownFields.program, ownFields.link] as const;

/** The number of a cgroup; 0 of a link that is attached no more. */
const cgroupForm: FieldsForm = { owner: 'cgroup', fields: ['cgroup_id'], ignored: 'attach_type' };
const cgroupIdRange = { what: 'the cgroup_id', min: 0, max: Infinity };

const linkType = {
  what: 'the type of a link',
  names: { BPF_LINK_TYPE_CGROUP: 3 },
  foreign: foreignLinkTypes,
} as const;

/** What else struct bpf_map_info, struct bpf_prog_info and struct bpf_link_info have. */
const untold =
  'id name ifindex netns_dev netns_ino btf_id key_size value_size map_flags ' +
  'btf_vmlinux_value_type_id btf_key_type_id btf_value_type_id btf_vmlinux_id map_extra ' +
  'tag jited_prog_len xlated_prog_len jited_prog_insns xlated_prog_insns load_time ' +
  'created_by_uid map_ids gpl_compatible nr_jited_ksyms nr_jited_func_lens jited_ksyms ' +
  'jited_func_lens func_info_rec_size func_info nr_func_info nr_line_info line_info ' +
  'jited_line_info nr_jited_line_info line_info_rec_size jited_line_info_rec_size ' +
  'nr_prog_tags prog_tags run_time_ns run_cnt recursion_misses verified_insns ' +
  'attach_btf_obj_id attach_btf_id map_name prog_name prog_id';

const owner = 'BPF_OBJ_GET_INFO_BY_FD';

/** What is told stands beside the descriptor, where strace has only an address as `info`. */
const infoForm: FieldsForm = {
  owner,
  fields: ['bpf_fd', ...toldFields],
  ignored: `info_len info ${untold}`,
};

/** With -v, strace prints what is told as `info`, in braces of its own. */
const outerForm: FieldsForm = { owner, fields: ['bpf_fd', 'info'], ignored: 'info_len' };
const innerForm: FieldsForm = { owner, fields: toldFields, ignored: untold };

const told = 'type=TYPE and max_entries=NUMBER, nr_map_ids=NUMBER or cgroup={cgroup_id=NUMBER}';

/** `value` is what stands behind `info=`. */
export function readInfo(value: Value, flaws: Flaws): Reading {
  const inner = innerBraces(value);
  const info = readBraces(value, inner === undefined ? infoForm : outerForm, flaws);
  const from = inner === undefined ? info : readFields(inner, innerForm, flaws);
  const length = inner === undefined ? undefined : info.values.get('info_len');
  const fd = descriptor(requiredField(info, 'bpf_fd', flaws), flaws);
  return {
    call: { call: owner, fd },
    value: shownValue(told, from.values.get('type'), (type, noted) =>
      infoValue(readTold(from, type, length, noted)),
    ),
  };
}

function innerBraces(value: Value): FieldsValue | undefined {
  if (value.kind !== 'fields') return undefined;
  const inner = value.fields.find(({ name }) => name === 'info')?.value;
  return inner?.kind === 'fields' ? inner : undefined;
}

function readTold(from: Fields, type: Value, length: Value | undefined, flaws: Flaws): Info {
  const kind = kindOf(from, type);
  if (length !== undefined) mustBeWhole(kind, length, flaws);
  noteForeign(from, kind, flaws);
  switch (kind) {
    case 'map':
      return { kind, type: readMapType(type, flaws), maxEntries: readCount(from, kind, flaws) };
    case 'program':
      return { kind, type: readProgType(type, flaws), maps: readCount(from, kind, flaws) };
    case 'link':
      readName(type, linkType, flaws);
      return { kind, state: readState(from, flaws) };
  }
}

const prefixes: Readonly<Record<Kind, string>> = {
  map: 'BPF_MAP_TYPE_',
  program: 'BPF_PROG_TYPE_',
  link: 'BPF_LINK_TYPE_',
};

/** By its name, a type is of one kind; as a number, what stands beside it tells which. */
function kindOf({ values }: Fields, type: Value): Kind {
  const named = type.kind === 'word' ? type.text : null;
  const isOf = (kind: Kind): boolean =>
    named === null ? values.has(ownFields[kind]) : named.startsWith(prefixes[kind]);
  if (isOf('program')) return 'program';
  return isOf('link') ? 'link' : 'map';
}

/** strace prints zeros for what the kernel was not asked to fill in. */
function mustBeWhole(kind: Kind, length: Value, flaws: Flaws): void {
  const range = { ...wordRange(`the info_len of a ${kind}`), min: toldEnd[kind] };
  readInteger(length, range, flaws);
}

/** Notes what only another kind has. */
function noteForeign({ values }: Fields, kind: Kind, flaws: Flaws): void {
  for (const other of kinds) {
    const foreign = other === kind ? undefined : values.get(ownFields[other]);
    if (foreign === undefined) continue;
    const found = `${describeValue(foreign)} was found as ${ownFields[other]} of a ${kind}`;
    const mend = `give ${ownFields[kind]} alone`;
    note(flaws, foreign.column, `${found}, but only a ${other} has this field; ${mend}`);
  }
}

function readCount(from: Fields, kind: 'map' | 'program', flaws: Flaws): number {
  const field = ownFields[kind];
  return readInteger(requiredField(from, field, flaws), wordRange(`the ${field}`), flaws);
}

function readState(from: Fields, flaws: Flaws): 'attached' | 'defunct' {
  const cgroup = readBraces(requiredField(from, ownFields.link, flaws), cgroupForm, flaws);
  const id = readInteger(requiredField(cgroup, 'cgroup_id', flaws), cgroupIdRange, flaws);
  return id === 0 ? 'defunct' : 'attached';
}
