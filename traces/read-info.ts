/** bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=FD, ...}}), which shows what it was told. */
import type { Info } from '../model/vocabulary/index.ts';
import { infoValue } from '../model/vocabulary/index.ts';
import type { Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, requiredField } from './read-fields.ts';
import { readMapType, readProgramType } from './read-types.ts';
import type { Flaws } from './read-value.ts';
import { readInteger, wordRange } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** Of a map and of a program, what else struct bpf_map_info and struct bpf_prog_info have. */
const infoForm: FieldsForm = {
  owner: 'BPF_OBJ_GET_INFO_BY_FD',
  fields: ['bpf_fd', 'type', 'max_entries', 'nr_map_ids'],
  ignored:
    'info_len info id name ifindex netns_dev netns_ino btf_id key_size value_size map_flags ' +
    'btf_vmlinux_value_type_id btf_key_type_id btf_value_type_id btf_vmlinux_id map_extra ' +
    'tag jited_prog_len xlated_prog_len jited_prog_insns xlated_prog_insns load_time ' +
    'created_by_uid map_ids gpl_compatible nr_jited_ksyms nr_jited_func_lens jited_ksyms ' +
    'jited_func_lens func_info_rec_size func_info nr_func_info nr_line_info line_info ' +
    'jited_line_info nr_jited_line_info line_info_rec_size jited_line_info_rec_size ' +
    'nr_prog_tags prog_tags run_time_ns run_cnt recursion_misses verified_insns ' +
    'attach_btf_obj_id attach_btf_id',
};

const told = 'type=TYPE and max_entries=NUMBER or nr_map_ids=NUMBER';

/** `value` is what stands behind `info=`. */
export function readInfo(value: Value, flaws: Flaws): Reading {
  const info = readBraces(value, infoForm, flaws);
  const fd = descriptor(requiredField(info, 'bpf_fd', flaws), flaws);
  return {
    call: { call: 'BPF_OBJ_GET_INFO_BY_FD', fd },
    value: shownValue(told, info.values.get('type'), (type, noted) =>
      infoValue(readTold(info, type, noted)),
    ),
  };
}

function readTold(info: Fields, type: Value, flaws: Flaws): Info {
  const count = (field: string): number =>
    readInteger(requiredField(info, field, flaws), wordRange(`the ${field}`), flaws);
  if (info.values.has('nr_map_ids') || isProgramType(type)) {
    readProgramType(type, flaws);
    return { kind: 'program', maps: count('nr_map_ids') };
  }
  return { kind: 'map', type: readMapType(type, flaws), maxEntries: count('max_entries') };
}

const isProgramType = (type: Value): boolean =>
  type.kind === 'word' && type.text.startsWith('BPF_PROG_TYPE_');
