/** Fields in braces, of which some matter, some must be zero and some make no difference. */
import { nearest } from './nearest.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, isZero, note } from './read-value.ts';
import { leftOut } from './scan-value.ts';
import type { FieldsValue, Value } from './syntax.types.ts';

/** The fields that something has, by name. */
export interface FieldsForm {
  /** What has them. */
  readonly owner: string;
  /** Those that matter. */
  readonly fields: readonly string[];
  /** Those that must be zero or absent, as the model leaves them out; between blanks. */
  readonly zero?: string;
  /** Those that can be anything; between blanks. */
  readonly ignored?: string;
}

/** Fields by name. Asking for one that is missing is a flaw at the braces. */
export interface Fields {
  readonly column: number;
  readonly owner: string;
  readonly values: ReadonlyMap<string, Value>;
}

export function readFields(
  { column, fields }: Omit<FieldsValue, 'kind'>,
  form: FieldsForm,
  flaws: Flaws,
): Fields {
  const zero = (form.zero ?? '').split(' ');
  const ignored = (form.ignored ?? '').split(' ');
  const values = new Map<string, Value>();
  for (const field of fields) {
    if (values.has(field.name)) {
      note(flaws, field.column, `the field ${field.name} was found twice, but once was expected`);
    } else if (zero.includes(field.name)) {
      mustBeZero(form.owner, field.name, field.value, flaws);
    } else if (field.name === leftOut && !ignored.includes(leftOut)) {
      note(flaws, field.column, `fields of ${form.owner} were left out here; strace -v shows them`);
    } else if (!form.fields.includes(field.name) && !ignored.includes(field.name)) {
      const guess = nearest(field.name, form.fields);
      const hint =
        guess === null ? `its fields are ${form.fields.join(', ')}` : `did you mean ${guess}?`;
      note(flaws, field.column, `${field.name} is no field of ${form.owner} here; ${hint}`);
    }
    values.set(field.name, field.value);
  }
  return { column, owner: form.owner, values };
}

/** The fields of a value that must be in braces. */
export function readBraces(value: Value, form: FieldsForm, flaws: Flaws): Fields {
  if (value.kind === 'fields') return readFields(value, form, flaws);
  const expected = `the fields of ${form.owner} {...} were expected`;
  note(flaws, value.column, `${describeValue(value)} was found where ${expected}`);
  return { column: value.column, owner: form.owner, values: new Map() };
}

function mustBeZero(owner: string, name: string, value: Value, flaws: Flaws): void {
  if (isZero(value)) return;
  const found = describeValue(value);
  note(
    flaws,
    value.column,
    `${found} was found as ${name} of ${owner}, but this field must be zero or absent here`,
  );
}

export function requiredField(from: Fields, name: string, flaws: Flaws): Value {
  const value = from.values.get(name);
  if (value !== undefined) return value;
  note(flaws, from.column, `the field ${name} of ${from.owner} is missing from {...}`);
  return { kind: 'number', column: from.column, value: 0, text: '0' };
}
