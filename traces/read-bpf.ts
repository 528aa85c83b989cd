/** bpf(COMMAND, {attributes}, SIZE). */
import type { Call, MapType, Path, UpdateFlag } from '../model/vocabulary/index.ts';
import type { Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import { nearest } from './nearest.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, readFields, requiredField } from './read-fields.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note, readInteger, readName, readPath, wordRange } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** What each command reads, and what else it has but must be zero, as the model leaves it out. */
const commands = {
  BPF_MAP_CREATE: {
    fields: ['map_type', 'key_size', 'value_size', 'max_entries', 'inner_map_fd'],
    zero:
      'map_flags numa_node map_name map_ifindex btf_fd btf_key_type_id ' +
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
  BPF_OBJ_PIN: { fields: ['pathname', 'bpf_fd'], zero: 'file_flags path_fd' },
  BPF_OBJ_GET: { fields: ['pathname'], zero: 'bpf_fd file_flags path_fd' },
} as const;

/** The packet is no part of the call: the filters of this specification do not look at it. */
const testRun: FieldsForm = {
  owner: 'BPF_PROG_TEST_RUN',
  fields: ['prog_fd', 'retval'],
  zero: 'ctx_size_in ctx_size_out ctx_in ctx_out flags cpu batch_size',
  ignored: 'data_size_in data_size_out data_in data_out repeat duration',
};

type Command = keyof typeof commands;

const isCommand = (name: string): name is Command => Object.hasOwn(commands, name);

/** The commands of bpf(2) that a trace can hold. */
export const bpfCommands: readonly string[] = Object.keys(commands);

const mapTypes = {
  BPF_MAP_TYPE_HASH: 1,
  BPF_MAP_TYPE_ARRAY: 2,
  BPF_MAP_TYPE_PROG_ARRAY: 3,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: 12,
  BPF_MAP_TYPE_HASH_OF_MAPS: 13,
} as const satisfies Record<MapType, number>;
const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2 } as const satisfies Record<
  UpdateFlag,
  number
>;
const programTypes = { BPF_PROG_TYPE_SOCKET_FILTER: 1 } as const;

/** Reads the arguments of bpf(2), of which there are two or three. */
export function readBpf(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const [name, fields, size] = args;
  if (name?.kind !== 'word' || !isCommand(name.text)) {
    const found = name === undefined ? 'nothing' : describeValue(name);
    const guess = name?.kind === 'word' ? nearest(name.text, bpfCommands) : null;
    const hint = guess === null ? bpfCommands.join(', ') : `did you mean ${guess}?`;
    note(
      flaws,
      name?.column ?? end,
      `${found} was found where a command of bpf was expected; ${guess === null ? `known are ${hint}` : hint}`,
    );
    return null;
  }
  if (fields?.kind !== 'fields') {
    const found = fields === undefined ? 'nothing' : describeValue(fields);
    note(flaws, fields?.column ?? end, `${found} was found where {attributes} were expected`);
    return null;
  }
  if (size !== undefined) readInteger(size, wordRange('the size of the attributes'), flaws);
  const command = name.text;
  const attributes = readFields(fields, { owner: command, ...commands[command] }, flaws);
  return build(command, attributes, flaws);
}

function build(command: Command, attributes: Fields, flaws: Flaws): Reading {
  const get = (field: string): Value => requiredField(attributes, field, flaws);
  const word = (field: string): number => readWord(get(field), field, flaws);
  const fd = (field: string): number => descriptor(get(field), flaws);
  const path = (): Path => readPath(get('pathname'), flaws);
  switch (command) {
    case 'BPF_MAP_CREATE':
      return { call: mapCreate(attributes, flaws) };
    case 'BPF_MAP_UPDATE_ELEM': {
      const flag = updateFlag(attributes.values.get('flags'), flaws);
      return {
        call: { call: command, fd: fd('map_fd'), key: word('key'), value: word('value'), flag },
      };
    }
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
      return { call: { call: command, fd: fd('map_fd'), key: word('key') } };
    case 'BPF_MAP_GET_NEXT_KEY': {
      const key = get('key');
      const next = attributes.values.get('next_key');
      return {
        call: { call: command, fd: fd('map_fd'), key: isNullWord(key) ? null : word('key') },
        value: shownValue('next_key=KEY', next, (shown, noted) =>
          readWord(shown, 'next_key', noted),
        ),
      };
    }
    case 'BPF_PROG_LOAD':
      readName(get('prog_type'), { what: 'the type of a program', names: programTypes }, flaws);
      return {
        call: { call: command, mapFd: attributes.values.has('map_fd') ? fd('map_fd') : null },
      };
    case 'BPF_PROG_TEST_RUN': {
      const test = readBraces(get('test'), testRun, flaws);
      const value = test.values.get('retval');
      return {
        call: { call: command, fd: descriptor(requiredField(test, 'prog_fd', flaws), flaws) },
        value: shownValue('retval=NUMBER', value, (shown, noted) =>
          readWord(shown, 'retval', noted),
        ),
      };
    }
    case 'BPF_OBJ_PIN':
      return { call: { call: command, path: path(), fd: fd('bpf_fd') } };
    case 'BPF_OBJ_GET':
      return { call: { call: command, path: path() } };
  }
}

/** An inner_map_fd of 0 is one that nobody filled in. */
function mapCreate(attributes: Fields, flaws: Flaws): Call {
  const get = (field: string): Value => requiredField(attributes, field, flaws);
  const size = (field: string): number => readWord(get(field), field, flaws);
  const inner = attributes.values.get('inner_map_fd');
  const innerFd = inner === undefined ? 0 : descriptor(inner, flaws);
  return {
    call: 'BPF_MAP_CREATE',
    type: mapType(get('map_type'), flaws),
    keySize: size('key_size'),
    valueSize: size('value_size'),
    maxEntries: size('max_entries'),
    ...(innerFd === 0 ? {} : { innerFd }),
  };
}

const readWord = (value: Value, name: string, flaws: Flaws): number =>
  readInteger(value, wordRange(`the ${name}`), flaws);

/** A key of 0 is a key. */
const isNullWord = (value: Value): boolean => value.kind === 'word' && value.text === 'NULL';

function mapType(value: Value, flaws: Flaws): MapType {
  const choice = { what: 'the type of a map', names: mapTypes };
  return readName(value, choice, flaws) ?? 'BPF_MAP_TYPE_HASH';
}

function updateFlag(value: Value | undefined, flaws: Flaws): UpdateFlag {
  if (value === undefined) return 'BPF_ANY';
  return readName(value, { what: 'the flag of an update', names: updateFlags }, flaws) ?? 'BPF_ANY';
}
