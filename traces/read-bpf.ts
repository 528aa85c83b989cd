/** bpf(COMMAND, {attributes}, SIZE). */
import type { Call, MapType, UpdateFlag } from '../model/vocabulary/index.ts';
import { nearest } from './nearest.ts';
import type { Flaws } from './read-value.ts';
import {
  describeValue,
  descriptorRange,
  isZero,
  note,
  readInteger,
  readName,
  readPath,
  wordRange,
} from './read-value.ts';
import type { FieldsValue, Value } from './syntax.types.ts';

/** Attributes by name. Reading one that is missing is a flaw at the braces. */
interface Attributes {
  readonly column: number;
  readonly values: ReadonlyMap<string, Value>;
}

/** What each command reads, and what else it has but must be zero, as the model leaves it out. */
const commands = {
  BPF_MAP_CREATE: {
    fields: ['map_type', 'key_size', 'value_size', 'max_entries'],
    zero:
      'map_flags inner_map_fd numa_node map_name map_ifindex btf_fd btf_key_type_id ' +
      'btf_value_type_id btf_vmlinux_value_type_id map_extra value_type_btf_obj_fd map_token_fd',
  },
  BPF_MAP_UPDATE_ELEM: { fields: ['map_fd', 'key', 'value', 'flags'], zero: '' },
  BPF_MAP_LOOKUP_ELEM: { fields: ['map_fd', 'key'], zero: 'value flags' },
  BPF_PROG_LOAD: {
    fields: ['prog_type', 'map_fd'],
    zero:
      'insn_cnt insns license log_level log_size log_buf kern_version prog_flags prog_name ' +
      'prog_ifindex expected_attach_type prog_btf_fd func_info_rec_size func_info func_info_cnt ' +
      'line_info_rec_size line_info line_info_cnt attach_btf_id attach_prog_fd fd_array ' +
      'core_relo_cnt core_relos core_relo_rec_size log_true_size prog_token_fd',
  },
  BPF_OBJ_PIN: { fields: ['pathname', 'bpf_fd'], zero: 'file_flags path_fd' },
  BPF_OBJ_GET: { fields: ['pathname'], zero: 'bpf_fd file_flags path_fd' },
} as const;

type Command = keyof typeof commands;

const isCommand = (name: string): name is Command => Object.hasOwn(commands, name);

/** The commands of bpf(2) that a trace can hold. */
export const bpfCommands: readonly string[] = Object.keys(commands);

const mapTypes = { BPF_MAP_TYPE_HASH: 1, BPF_MAP_TYPE_ARRAY: 2 } as const satisfies Record<
  MapType,
  number
>;
const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2 } as const satisfies Record<
  UpdateFlag,
  number
>;
const programTypes = { BPF_PROG_TYPE_SOCKET_FILTER: 1 } as const;

/** Reads the arguments of bpf(2), of which there are two or three. */
export function readBpf(args: readonly Value[], end: number, flaws: Flaws): Call | null {
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
  return build(name.text, attributesOf(name.text, fields, flaws), flaws);
}

function attributesOf(command: Command, { column, fields }: FieldsValue, flaws: Flaws): Attributes {
  const wanted: readonly string[] = commands[command].fields;
  const zero = commands[command].zero.split(' ');
  const values = new Map<string, Value>();
  for (const field of fields) {
    if (values.has(field.name)) {
      note(flaws, field.column, `the field ${field.name} was found twice, but once was expected`);
    } else if (zero.includes(field.name)) {
      mustBeZero(command, field.name, field.value, flaws);
    } else if (!wanted.includes(field.name)) {
      const guess = nearest(field.name, wanted);
      const hint =
        guess === null ? `its fields are ${wanted.join(', ')}` : `did you mean ${guess}?`;
      note(flaws, field.column, `${field.name} is no field of ${command} here; ${hint}`);
    }
    values.set(field.name, field.value);
  }
  return { column, values };
}

function mustBeZero(command: Command, name: string, value: Value, flaws: Flaws): void {
  if (isZero(value)) return;
  const found = describeValue(value);
  note(
    flaws,
    value.column,
    `${found} was found as ${name} of ${command}, but this field must be zero or absent here`,
  );
}

function build(command: Command, attributes: Attributes, flaws: Flaws): Call | null {
  const get = (name: string): Value => required(attributes, name, command, flaws);
  const word = (name: string): number => readInteger(get(name), wordRange(`the ${name}`), flaws);
  const descriptor = (name: string): number => readInteger(get(name), descriptorRange, flaws);
  switch (command) {
    case 'BPF_MAP_CREATE':
      return {
        call: command,
        type: mapType(get('map_type'), flaws),
        keySize: word('key_size'),
        valueSize: word('value_size'),
        maxEntries: word('max_entries'),
      };
    case 'BPF_MAP_UPDATE_ELEM':
      return {
        call: command,
        fd: descriptor('map_fd'),
        key: word('key'),
        value: word('value'),
        flag: updateFlag(attributes.values.get('flags'), flaws),
      };
    case 'BPF_MAP_LOOKUP_ELEM':
      return { call: command, fd: descriptor('map_fd'), key: word('key') };
    case 'BPF_PROG_LOAD':
      readName(get('prog_type'), { what: 'the type of a program', names: programTypes }, flaws);
      return {
        call: command,
        mapFd: attributes.values.has('map_fd') ? descriptor('map_fd') : null,
      };
    case 'BPF_OBJ_PIN':
      return { call: command, path: readPath(get('pathname'), flaws), fd: descriptor('bpf_fd') };
    case 'BPF_OBJ_GET':
      return { call: command, path: readPath(get('pathname'), flaws) };
  }
}

function required(from: Attributes, name: string, command: Command, flaws: Flaws): Value {
  const value = from.values.get(name);
  if (value !== undefined) return value;
  note(flaws, from.column, `the field ${name} of ${command} is missing from {...}`);
  return { kind: 'number', column: from.column, value: 0, text: '0' };
}

function mapType(value: Value, flaws: Flaws): MapType {
  const choice = { what: 'the type of a map', names: mapTypes };
  return readName(value, choice, flaws) ?? 'BPF_MAP_TYPE_HASH';
}

function updateFlag(value: Value | undefined, flaws: Flaws): UpdateFlag {
  if (value === undefined) return 'BPF_ANY';
  return readName(value, { what: 'the flag of an update', names: updateFlags }, flaws) ?? 'BPF_ANY';
}
