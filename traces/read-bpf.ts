/** bpf(COMMAND, {attributes}, SIZE), with a command by name. */
import {
  accessFlagBits,
  accessNames,
  bpfCommandNumbers,
  updateFlagBits,
} from '../model/vocabulary/index.ts';
import type { AccessFlags, Call, ObjectId, UpdateFlag } from '../model/vocabulary/index.ts';
import { checkSize } from './attribute-size.ts';
import type { Command } from './bpf-commands.ts';
import { commands, readCommand } from './bpf-commands.ts';
import type { Reading } from './form.ts';
import { descriptor, shownValue } from './form.ts';
import {
  noteAttachType,
  noteUnreadLinkDetach,
  readLinkCreate,
  readLinkDetach,
  readProgAttach,
  readProgDetach,
} from './read-attachments.ts';
import type { Fields, FieldsForm } from './read-fields.ts';
import { readBraces, readFields, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import { readInfo } from './read-info.ts';
import { readGet, readPin } from './read-pins.ts';
import { readRaw } from './read-raw.ts';
import { readMapType, readProgType, usualProgType } from './read-types.ts';
import type { Flaws } from './read-value.ts';
import {
  describeValue,
  foundIdRange,
  isNullWord,
  note,
  objectIdRange,
  readInteger,
  wordRange,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** The packet is no part of the call: the filters of this specification do not look at it. */
const testRun: FieldsForm = {
  owner: 'BPF_PROG_TEST_RUN',
  fields: ['prog_fd', 'retval'],
  zero: 'ctx_size_in ctx_size_out ctx_in ctx_out flags cpu batch_size',
  ignored: 'data_size_in data_size_out data_in data_out repeat duration',
};

const updateFlags: FlagChoice<UpdateFlag> = {
  what: 'the flags of an update',
  sets: ['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST', 'BPF_NOEXIST|BPF_EXIST', 'BPF_F_LOCK'],
  bits: updateFlagBits,
  ignored: [],
};

const accessFlags: Omit<FlagChoice<AccessFlags>, 'what'> = {
  sets: accessNames,
  bits: accessFlagBits,
  ignored: [],
};

/** Reads the arguments of bpf(2), of which there are two or three. */
export function readBpf(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const [name, attributes, size] = args;
  if (name?.kind === 'number') return readRaw(name, args.slice(1), end, flaws);
  const command = readCommand(name, end, flaws);
  if (command === null || name === undefined) return null;
  if (attributes !== undefined && isAddress(attributes)) {
    return readAtAddress(command, name, args.slice(1), end, flaws);
  }
  if (attributes?.kind !== 'fields') {
    const found = attributes === undefined ? 'nothing' : describeValue(attributes);
    const expected = 'was found where {attributes} were expected';
    note(flaws, attributes?.column ?? end, `${found} ${expected}`);
    return null;
  }
  noteAttachType(attributes, flaws);
  const form = { owner: command, ...commands[command] };
  const reading = build(command, readFields(attributes, form, flaws), flaws);
  if (size !== undefined) checkSize(size, command, reading.call, flaws);
  return reading;
}

const isAddress = (value: Value): boolean => value.kind === 'number' || isNullWord(value);

/** A named command as strace prints it with attributes that it cannot read: a raw call. */
function readAtAddress(
  command: Command,
  { column }: Value,
  args: readonly Value[],
  end: number,
  flaws: Flaws,
): Reading | null {
  const [address] = args;
  if (address === undefined || args.length < 2) {
    const expected = `attributes at an address need it, as in bpf(${command}, NULL, 16)`;
    note(flaws, end, `bpf was found without the size of its attributes, but ${expected}`);
    return null;
  }
  const value = bpfCommandNumbers[command];
  if (command === 'BPF_LINK_DETACH') noteUnreadLinkDetach(address, flaws);
  return readRaw({ kind: 'number', column, value, text: `${value}` }, args, end, flaws);
}

function build(command: Command, attributes: Fields, flaws: Flaws): Reading {
  const get = (field: string): Value => requiredField(attributes, field, flaws);
  const element = (field: string): number | null => readElement(get(field), field, flaws);
  const fd = (field: string): number => descriptor(get(field), flaws);
  const openFlags = () => access(attributes, 'open_flags', flaws);
  switch (command) {
    case 'BPF_MAP_CREATE':
      return { call: mapCreate(attributes, flaws) };
    case 'BPF_MAP_UPDATE_ELEM': {
      const flag = updateFlag(attributes.values.get('flags'), flaws);
      const [key, value] = [element('key'), element('value')];
      return { call: { call: command, fd: fd('map_fd'), key, value, flag } };
    }
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
      return { call: { call: command, fd: fd('map_fd'), key: element('key') } };
    case 'BPF_MAP_FREEZE':
      return { call: { call: command, fd: fd('map_fd') } };
    case 'BPF_MAP_GET_NEXT_KEY': {
      const next = attributes.values.get('next_key');
      return {
        call: { call: command, fd: fd('map_fd'), key: element('key') },
        value: shownValue('next_key=KEY', next, (shown, noted) =>
          readWord(shown, 'next_key', noted),
        ),
      };
    }
    case 'BPF_PROG_LOAD':
      return { call: progLoad(attributes, flaws) };
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
    case 'BPF_OBJ_GET_INFO_BY_FD':
      return readInfo(get('info'), flaws);
    case 'BPF_MAP_GET_FD_BY_ID':
      return { call: { call: command, id: readObjectId(get('map_id'), flaws), ...openFlags() } };
    case 'BPF_PROG_GET_FD_BY_ID':
      return { call: { call: command, id: readObjectId(get('prog_id'), flaws), ...openFlags() } };
    case 'BPF_LINK_GET_FD_BY_ID':
      return { call: { call: command, id: readObjectId(get('link_id'), flaws), ...openFlags() } };
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return {
        call: { call: command, id: readObjectId(get('start_id'), flaws) },
        value: shownValue('next_id=ID', attributes.values.get('next_id'), (shown, noted) =>
          readInteger(shown, foundIdRange, noted),
        ),
      };
    case 'BPF_PROG_ATTACH':
      return { call: readProgAttach(attributes, flaws) };
    case 'BPF_PROG_DETACH':
      return { call: readProgDetach(attributes, flaws) };
    case 'BPF_LINK_CREATE':
      return { call: readLinkCreate(get('link_create'), flaws) };
    case 'BPF_LINK_DETACH':
      return { call: readLinkDetach(get('link_detach'), flaws) };
    case 'BPF_OBJ_PIN':
      return { call: readPin(attributes, flaws) };
    case 'BPF_OBJ_GET':
      return { call: readGet(attributes, flaws) };
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
    type: readMapType(get('map_type'), flaws),
    keySize: size('key_size'),
    valueSize: size('value_size'),
    maxEntries: size('max_entries'),
    ...(innerFd === 0 ? {} : { innerFd }),
    ...access(attributes, 'map_flags', flaws),
  };
}

/** What a new descriptor is restricted to: nothing, if the field is 0 or not there. */
function access(
  attributes: Fields,
  field: string,
  flaws: Flaws,
): { readonly access?: AccessFlags } {
  const value = attributes.values.get(field);
  if (value === undefined || (value.kind === 'number' && value.value === 0)) return {};
  const what = `${field} of this specification`;
  const flags = readFlags(value, { ...accessFlags, what }, flaws);
  return flags === undefined ? {} : { access: flags };
}

function progLoad(attributes: Fields, flaws: Flaws): Call {
  const type = readProgType(requiredField(attributes, 'prog_type', flaws), flaws);
  const map = attributes.values.get('map_fd');
  return {
    call: 'BPF_PROG_LOAD',
    ...(type === usualProgType ? {} : { type }),
    mapFd: map === undefined ? null : descriptor(map, flaws),
  };
}

const readWord = (value: Value, name: string, flaws: Flaws): number =>
  readInteger(value, wordRange(`the ${name}`), flaws);

const readObjectId = (value: Value, flaws: Flaws): ObjectId =>
  readInteger(value, objectIdRange, flaws);

/** A key or a value; null for a NULL pointer. */
const readElement = (value: Value, name: string, flaws: Flaws): number | null =>
  isNullWord(value) ? null : readWord(value, name, flaws);

function updateFlag(value: Value | undefined, flaws: Flaws): UpdateFlag {
  if (value === undefined) return 'BPF_ANY';
  return readFlags(value, updateFlags, flaws) ?? 'BPF_ANY';
}
