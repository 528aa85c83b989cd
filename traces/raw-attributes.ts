/** The attributes of a raw call of bpf(2): how their fields are named, and what they may be. */
import { lowestAddress, type AttrField } from '../model/vocabulary/index.ts';
import type { IntegerRange } from './read-value.ts';

/** Where the bytes of a field lie. */
export type AttrPlace = Pick<AttrField, 'offset' | 'width'>;

/** What the attributes of one call may hold; `end` is behind every size that kernels read. */
const limits = { fields: 8, strings: 2, end: 4200 } as const;

export const commandRange = { what: 'a command', min: 0, max: 2 ** 31 - 1 } as const;
export const sizeRange = {
  what: 'the size of the attributes',
  min: 0,
  max: 2 ** 31 - 1,
} as const;
export const addressRange = {
  what: 'an address that leads nowhere',
  min: 0,
  max: lowestAddress - 1,
} as const;
/** `attrFlaw` says what is too far, for the text as well. */
export const offsetRange = { what: 'an offset', min: 0, max: Infinity } as const;

export const attrWidths = [1, 4, 8] as const satisfies readonly AttrField['width'][];

const numberMax: Readonly<Record<AttrField['width'], number>> = {
  1: 2 ** 8 - 1,
  4: 2 ** 32 - 1,
  8: lowestAddress - 1,
};

/** The numbers that a field can hold. */
export const numberRange = (place: AttrPlace): IntegerRange => ({
  what: `the ${fieldName(place)}`,
  min: 0,
  max: numberMax[place.width],
});

/** `u32_8`: 32 bits from byte 8 on. */
export const fieldName = ({ offset, width }: AttrPlace): string => `u${8 * width}_${offset}`;

/** Where a field of that name lies; null if it is no name of a field. */
export function placeOf(name: string): AttrPlace | null {
  const [, bits, digits] = /^u(8|32|64)_(0|[1-9]\d{0,14})$/.exec(name) ?? [];
  const width = attrWidths.find((each) => `${8 * each}` === bits);
  return width === undefined ? null : { offset: Number(digits), width };
}

/** Why fields, each of which holds what its width can hold, are no attributes, and which of them. */
export interface AttrFlaw {
  readonly index: number;
  readonly message: string;
}

export function attrFlaw(fields: readonly AttrField[]): AttrFlaw | null {
  for (const [index, field] of fields.entries()) {
    const message = placeFlaw(field, fields[index - 1]) ?? valueFlaw(field, fields.slice(0, index));
    if (message !== null) return { index, message };
  }
  return null;
}

function placeFlaw(field: AttrField, last: AttrField | undefined): string | null {
  const name = fieldName(field);
  const end = field.offset + field.width;
  if (end > limits.end) {
    return `${name} ends at ${end}, but raw attributes end at ${limits.end} at the latest`;
  }
  if (last === undefined || field.offset >= last.offset + last.width) return null;
  const before = fieldName(last);
  return field.offset < last.offset
    ? `${name} was found behind ${before}, but fields were expected in the order of their offsets`
    : `${name} was found behind ${before}, but the two overlap`;
}

function valueFlaw(field: AttrField, before: readonly AttrField[]): string | null {
  const name = fieldName(field);
  if (typeof field.value !== 'number' && field.width !== 8) {
    const wide = fieldName({ ...field, width: 8 });
    return `a pointer was found as ${name}, but a pointer takes 8 bytes: ${wide}`;
  }
  if (before.length === limits.fields) {
    return `${name} was found behind ${limits.fields} fields, but raw attributes have no more`;
  }
  const strings = before.filter(({ value }) => typeof value === 'string');
  return typeof field.value === 'string' && strings.length === limits.strings
    ? `a string was found as ${name} behind ${limits.strings} strings, but raw attributes have no more`
    : null;
}
