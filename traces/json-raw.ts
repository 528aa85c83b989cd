/** Raw calls of bpf(2) from their JSON shapes, which are those of the vocabulary. */
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import type { Json } from './json-shape.ts';
import { jsonInteger, jsonObject, jsonString, misfit } from './json-shape.ts';
import type { AttrPlace } from './raw-attributes.ts';
import {
  addressRange,
  attrFlaw,
  attrWidths,
  commandRange,
  numberRange,
  offsetRange,
  sizeRange,
} from './raw-attributes.ts';
import type { Flaws } from './read-value.ts';
import { note, wordRange } from './read-value.ts';

export function rawFromJson(from: Json, path: string, flaws: Flaws): Bpf {
  return {
    call: 'bpf',
    command: jsonInteger(from['command'], `${path}.command`, commandRange, flaws),
    attr: attrFromJson(from['attr'], `${path}.attr`, flaws),
    size: jsonInteger(from['size'], `${path}.size`, sizeRange, flaws),
  };
}

function attrFromJson(value: unknown, path: string, flaws: Flaws): Bpf['attr'] {
  if (typeof value === 'number') return jsonInteger(value, path, addressRange, flaws);
  if (!Array.isArray(value)) {
    misfit(value, path, 'an array of fields, or an address,', flaws);
    return 0;
  }
  const fields = value.map((each: unknown, i) => fieldFromJson(each, `${path}[${i}]`, flaws));
  const wrong = attrFlaw(fields);
  if (wrong !== null) note(flaws, 0, `${path}[${wrong.index}]: ${wrong.message}`);
  return fields;
}

function fieldFromJson(value: unknown, path: string, flaws: Flaws): AttrField {
  const field = jsonObject(value, path, { required: ['offset', 'width', 'value'] }, flaws);
  const width = attrWidths.find((each) => each === field['width']);
  if (width === undefined) misfit(field['width'], `${path}.width`, '1, 4 or 8', flaws);
  const offset = jsonInteger(field['offset'], `${path}.offset`, offsetRange, flaws);
  const place = { offset, width: width ?? 8 };
  return { ...place, value: valueFromJson(field['value'], `${path}.value`, place, flaws) };
}

function valueFromJson(
  value: unknown,
  path: string,
  place: AttrPlace,
  flaws: Flaws,
): AttrField['value'] {
  if (typeof value === 'string') return jsonString(value, path, 'a text', flaws);
  if (!Array.isArray(value)) return jsonInteger(value, path, numberRange(place), flaws);
  const words: readonly unknown[] = value;
  const [word, ...more] = words;
  if (more.length > 0) misfit(value, path, 'an array of one word', flaws);
  return [jsonInteger(word, `${path}[0]`, wordRange('a word'), flaws)];
}
