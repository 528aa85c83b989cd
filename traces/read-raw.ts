/** bpf(NUMBER, {u32_OFFSET=NUMBER, ...}, SIZE): the raw form, with a command by number. */
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import type { Reading } from './form.ts';
import type { AttrPlace } from './raw-attributes.ts';
import {
  addressRange,
  attrFlaw,
  commandRange,
  numberRange,
  placeOf,
  sizeRange,
} from './raw-attributes.ts';
import type { Flaws } from './read-value.ts';
import { isNullWord, misfit, note, readInteger, wordRange } from './read-value.ts';
import type { Field, NumberValue, Value } from './syntax.types.ts';

/** How a raw call is written, by example. */
export const rawUsage = 'bpf(6, {u64_0="/PATH", u32_8=3}, 12)';

/** Reads the arguments of bpf(2) behind a command by number. */
export function readRaw(
  command: NumberValue,
  [attributes, size]: readonly Value[],
  end: number,
  flaws: Flaws,
): Reading | null {
  if (attributes === undefined || size === undefined) {
    const expected = `a command by number needs one, as in ${rawUsage}`;
    note(flaws, end, `bpf was found without the size of its attributes, but ${expected}`);
    return null;
  }
  const call: Bpf = {
    call: 'bpf',
    command: readInteger(command, commandRange, flaws),
    attr: readAttributes(attributes, flaws),
    size: readInteger(size, sizeRange, flaws),
  };
  return { call };
}

function readAttributes(value: Value, flaws: Flaws): Bpf['attr'] {
  if (value.kind === 'fields') return readAttrFields(value.fields, flaws);
  if (isNullWord(value)) return 0;
  if (value.kind === 'number') return readInteger(value, addressRange, flaws);
  misfit(value, 'NULL, a number or {u32_OFFSET=NUMBER, ...}', flaws);
  return 0;
}

function readAttrFields(fields: readonly Field[], flaws: Flaws): readonly AttrField[] {
  const read = fields.flatMap((field) => readAttrField(field, flaws));
  const wrong = attrFlaw(read);
  if (wrong !== null) note(flaws, fields[wrong.index]?.column ?? 0, wrong.message);
  return read;
}

/** Nothing, with a flaw noted, for a field that there is not: the first flaw is the one that counts. */
function readAttrField({ column, name, value }: Field, flaws: Flaws): AttrField[] {
  const place = placeOf(name);
  if (place !== null) return [{ ...place, value: readAttrValue(value, place, flaws) }];
  const known = 'their fields are u8_OFFSET, u32_OFFSET and u64_OFFSET';
  note(flaws, column, `${name} is no field of raw attributes; ${known}`);
  return [];
}

function readAttrValue(value: Value, place: AttrPlace, flaws: Flaws): AttrField['value'] {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'bytes') {
    flaws.push(value.flaw);
    return 0;
  }
  if (value.kind === 'list') return readPointedWord(value, value.items, flaws);
  if (place.width === 8 && isNullWord(value)) return 0;
  return readInteger(value, numberRange(place), flaws);
}

function readPointedWord(
  value: Value,
  [word, ...more]: readonly Value[],
  flaws: Flaws,
): AttrField['value'] {
  if (word !== undefined && more.length === 0) {
    return [readInteger(word, wordRange('a word'), flaws)];
  }
  misfit(value, 'a pointer to one word [NUMBER]', flaws);
  return 0;
}
