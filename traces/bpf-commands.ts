/** The commands of bpf(2) by name (include/uapi/linux/bpf.h, enum bpf_cmd). */
import { foreignCommands } from './foreign-names.ts';
import { nearest } from './nearest.ts';
import { rawUsage } from './read-raw.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** What each command reads, and what else it has but must be zero, as the model leaves it out. */
export const commands = {
  BPF_MAP_CREATE: {
    fields: ['map_type', 'key_size', 'value_size', 'max_entries', 'map_flags', 'inner_map_fd'],
    zero:
      'numa_node map_name map_ifindex btf_fd btf_key_type_id ' +
      'btf_value_type_id btf_vmlinux_value_type_id map_extra value_type_btf_obj_fd map_token_fd',
  },
  BPF_MAP_UPDATE_ELEM: { fields: ['map_fd', 'key', 'value', 'flags'], zero: '' },
  BPF_MAP_LOOKUP_ELEM: { fields: ['map_fd', 'key'], zero: 'value flags' },
  BPF_MAP_DELETE_ELEM: { fields: ['map_fd', 'key'], zero: '' },
  BPF_MAP_GET_NEXT_KEY: { fields: ['map_fd', 'key', 'next_key'], zero: '' },
  BPF_PROG_LOAD: {
    fields: ['prog_type', 'map_fd'],
    zero:
      'insn_cnt insns license log_level log_size log_buf kern_version prog_flags prog_name ' +
      'prog_ifindex expected_attach_type prog_btf_fd func_info_rec_size func_info func_info_cnt ' +
      'line_info_rec_size line_info line_info_cnt attach_btf_id attach_prog_fd fd_array ' +
      'core_relo_cnt core_relos core_relo_rec_size log_true_size prog_token_fd',
  },
  BPF_PROG_TEST_RUN: { fields: ['test'], zero: '' },
  BPF_MAP_FREEZE: { fields: ['map_fd'], zero: '' },
  BPF_OBJ_GET_INFO_BY_FD: { fields: ['info'], zero: '' },
  BPF_MAP_GET_FD_BY_ID: { fields: ['map_id', 'open_flags'], zero: 'next_id' },
  BPF_PROG_GET_FD_BY_ID: { fields: ['prog_id', 'open_flags'], zero: 'next_id' },
  BPF_MAP_GET_NEXT_ID: { fields: ['start_id', 'next_id'], zero: 'open_flags' },
  BPF_PROG_GET_NEXT_ID: { fields: ['start_id', 'next_id'], zero: 'open_flags' },
  BPF_PROG_ATTACH: {
    fields: ['target_fd', 'attach_bpf_fd', 'attach_type', 'attach_flags'],
    zero: 'replace_bpf_fd relative_fd relative_id expected_revision',
  },
  BPF_PROG_DETACH: {
    fields: ['target_fd', 'attach_bpf_fd', 'attach_type'],
    zero: 'attach_flags replace_bpf_fd relative_fd relative_id expected_revision',
  },
  BPF_LINK_CREATE: { fields: ['link_create'], zero: '' },
  BPF_LINK_DETACH: { fields: ['link_detach'], zero: '' },
  BPF_LINK_GET_FD_BY_ID: { fields: ['link_id', 'open_flags'], zero: 'next_id' },
  BPF_LINK_GET_NEXT_ID: { fields: ['start_id', 'next_id'], zero: 'open_flags' },
  BPF_OBJ_PIN: { fields: ['pathname', 'bpf_fd', 'file_flags', 'path_fd'], zero: '' },
  BPF_OBJ_GET: { fields: ['pathname', 'file_flags', 'path_fd'], zero: 'bpf_fd' },
} as const;

export type Command = keyof typeof commands;

const isCommand = (name: string): name is Command => Object.hasOwn(commands, name);

/** The commands of bpf(2) that a trace can hold. */
export const bpfCommands: readonly string[] = Object.keys(commands);

/** The command that `value` names; null, with a flaw noted at `end` if there is none. */
export function readCommand(value: Value | undefined, end: number, flaws: Flaws): Command | null {
  if (value?.kind === 'word' && isCommand(value.text)) return value.text;
  const found = value === undefined ? 'nothing' : describeValue(value);
  const hint = commandHint(value?.kind === 'word' ? value.text : null);
  note(
    flaws,
    value?.column ?? end,
    `${found} was found where a command of bpf was expected${hint}`,
  );
  return null;
}

/** The end of a sentence about what is no command here. */
function commandHint(name: string | null): string {
  const known = `; known are ${bpfCommands.join(', ')}, and any by number, as in ${rawUsage}`;
  if (name === null) return known;
  // The other name of the same command.
  if (name === 'BPF_PROG_RUN') return '; here it is written BPF_PROG_TEST_RUN';
  if (foreignCommands.includes(name)) {
    return `, but this specification has no such command${known}`;
  }
  const guess = nearest(name, [...bpfCommands, ...foreignCommands]);
  return guess === null || foreignCommands.includes(guess) ? known : `; did you mean ${guess}?`;
}
