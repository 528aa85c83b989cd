/** bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=FD, ...}}), which shows what it was told. */
import type { Info } from '../model/vocabulary/index.ts';
import { infoValue } from '../model/vocabulary/index.ts';
import type { Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, readFields, requiredField } from './read-fields.ts';
import { readMapType, readProgramType } from './read-types.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note, readInteger, wordRange } from './read-value.ts';
import type { FieldsValue, Value } from './syntax.types.ts';

/** Where max_entries ends in struct bpf_map_info, and nr_map_ids in struct bpf_prog_info (bytes). */
const toldEnd: Readonly<Record<Info['kind'], number>> = { map: 20, program: 56 };

/** The number that is told of each kind, which the other kind does not have. */
const countFields = { map: 'max_entries', program: 'nr_map_ids' } as const;

const toldFields = ['type', countFields.map, countFields.program] as const;

/** What else struct bpf_map_info and struct bpf_prog_info have. */
const untold =
  'id name ifindex netns_dev netns_ino btf_id key_size value_size map_flags ' +
  'btf_vmlinux_value_type_id btf_key_type_id btf_value_type_id btf_vmlinux_id map_extra ' +
  'tag jited_prog_len xlated_prog_len jited_prog_insns xlated_prog_insns load_time ' +
  'created_by_uid map_ids gpl_compatible nr_jited_ksyms nr_jited_func_lens jited_ksyms ' +
  'jited_func_lens func_info_rec_size func_info nr_func_info nr_line_info line_info ' +
  'jited_line_info nr_jited_line_info line_info_rec_size jited_line_info_rec_size ' +
  'nr_prog_tags prog_tags run_time_ns run_cnt recursion_misses verified_insns ' +
  'attach_btf_obj_id attach_btf_id map_name prog_name';

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

const told = 'type=TYPE and max_entries=NUMBER or nr_map_ids=NUMBER';

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
  if (kind === 'program') {
    readProgramType(type, flaws);
    return { kind, maps: readCount(from, kind, flaws) };
  }
  return { kind, type: readMapType(type, flaws), maxEntries: readCount(from, kind, flaws) };
}

/** By its name, a type is of one kind; as a number, what is counted tells which. */
function kindOf({ values }: Fields, type: Value): Info['kind'] {
  const isProgram =
    type.kind === 'word' ? type.text.startsWith('BPF_PROG_TYPE_') : values.has(countFields.program);
  return isProgram ? 'program' : 'map';
}

/** strace prints zeros for what the kernel was not asked to fill in. */
function mustBeWhole(kind: Info['kind'], length: Value, flaws: Flaws): void {
  const range = { ...wordRange(`the info_len of a ${kind}`), min: toldEnd[kind] };
  readInteger(length, range, flaws);
}

function readCount(from: Fields, kind: Info['kind'], flaws: Flaws): number {
  const other = kind === 'map' ? 'program' : 'map';
  const foreign = from.values.get(countFields[other]);
  if (foreign !== undefined) {
    const found = `${describeValue(foreign)} was found as ${countFields[other]} of a ${kind}`;
    const mend = `give ${countFields[kind]} alone`;
    note(flaws, foreign.column, `${found}, but only a ${other} has this field; ${mend}`);
  }
  const field = countFields[kind];
  return readInteger(requiredField(from, field, flaws), wordRange(`the ${field}`), flaws);
}
