/** bpf(2) in its raw form: attributes field by field. */
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { fieldName } from './raw-attributes.ts';

export function printRaw({ command, attr, size }: Bpf): string {
  return `bpf(${command}, ${typeof attr === 'number' ? printAddress(attr) : printAttr(attr)}, ${size})`;
}

const printAttr = (fields: readonly AttrField[]): string =>
  `{${fields.map((field) => `${fieldName(field)}=${printAttrValue(field.value)}`).join(', ')}}`;

function printAttrValue(value: AttrField['value']): string {
  if (typeof value === 'string') return printString(value);
  return typeof value === 'number' ? `${value}` : `[${value[0]}]`;
}

const printAddress = (address: number): string =>
  address === 0 ? 'NULL' : `0x${address.toString(16)}`;
