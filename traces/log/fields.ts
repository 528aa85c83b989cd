/** The fields of a call's arguments, `name=VALUE`, as strace prints what stands in a structure. */
import { endOfShown, endOfString, isClosing, isOpening, sign } from './scan-arguments.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** A field whose value goes on: which one it is, and where its value begins. */
interface Open {
  readonly at: number;
  readonly from: number;
}

const nameForm = /[ \t]*([A-Za-z_]\w*)=/y;

/**
 * All fields at any depth, in the order of their names. What stands in quotes, or in what -y shows of a
 * descriptor, is no field, whatever it looks like.
 */
export function fieldsOf(text: string): readonly Field[] {
  const names: string[] = [];
  const values: string[] = [];
  // For each bracket that is open, the field that goes on there.
  const open: (Open | null)[] = [];
  let current: Open | null = null;
  let at = 0;

  function begin(): void {
    nameForm.lastIndex = at;
    const [, name] = nameForm.exec(text) ?? [];
    if (name === undefined) return;
    current = { at: names.length, from: nameForm.lastIndex };
    names.push(name);
    at = nameForm.lastIndex;
  }

  function end(): void {
    if (current !== null) values[current.at] = text.slice(current.from, at).trim();
    current = null;
  }

  begin();
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === sign.quote) at = endOfString(text, at) + 1;
    else if (code === sign.less) at = endOfShown(text, at) + 1;
    else if (isOpening(code)) {
      open.push(current);
      current = null;
      at++;
      begin();
    } else if (isClosing(code)) {
      end();
      current = open.pop() ?? null;
      at++;
    } else if (code === sign.comma) {
      end();
      at++;
      begin();
    } else at++;
  }
  // A value that was cut goes on to the end of the text.
  end();
  while (open.length > 0) {
    current = open.pop() ?? null;
    end();
  }
  return names.map((name, k) => ({ name, value: values[k] ?? '' }));
}

/** The value of the first field of that name. */
export const fieldOf = (fields: readonly Field[], name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

/** Behind each field that is like `first`, up to the next of its name: the first value of `wanted`. */
export function fieldsBehind(
  fields: readonly Field[],
  first: Field,
  wanted: string,
): readonly string[] {
  const found: string[] = [];
  let isBehind = false;
  for (const { name, value } of fields) {
    if (name === first.name) isBehind = value === first.value;
    else if (isBehind && name === wanted) {
      found.push(value);
      isBehind = false;
    }
  }
  return found;
}
