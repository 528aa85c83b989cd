/** Outcomes from their JSON shapes, which are those of the vocabulary. */
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, isErrno, isOfKind, listed, succeed, valueKind } from '../model/vocabulary/index.ts';
import type { Json } from './json-shape.ts';
import { jsonInteger, jsonObject, jsonString, misfit } from './json-shape.ts';
import { isTold, outcomeRange } from './outcome-range.ts';
import type { Flaws } from './read-value.ts';
import { note } from './read-value.ts';

/** The outcome of `call`; null, with a flaw noted, where the value makes no sense for it. */
export function outcomeFromJson(
  value: unknown,
  path: string,
  call: Call,
  flaws: Flaws,
): Outcome | null {
  const failed = typeof value === 'object' && value !== null && 'errno' in value;
  const key = failed ? 'errno' : 'value';
  const lists = !failed && call.call === 'readdir';
  const required = ['ok', key, ...(lists ? ['names'] : [])];
  const outcome = jsonObject(value, path, { required }, flaws);
  if (outcome['ok'] !== !failed) {
    note(flaws, 0, `${path}.ok: true with a value, or false with an errno, was expected`);
    return null;
  }
  if (lists) return listedFromJson(outcome, path, flaws);
  if (!failed) {
    const number = jsonInteger(outcome['value'], `${path}.value`, outcomeRange(call), flaws);
    const kind = valueKind(call);
    if (!isOfKind(kind, number) || (kind === 'info' && !isTold(number))) {
      // In the ranges of the other kinds, no value can be wrong.
      const told = 'what is told of a map, a program or a link';
      const expected = kind === 'info' ? told : 'what recvmsg brings, or 0,';
      misfit(number, `${path}.value`, expected, flaws);
    }
    return succeed(number);
  }
  const errno = jsonString(outcome['errno'], `${path}.errno`, 'the name of an error', flaws);
  if (isErrno(errno)) return fail(errno);
  note(flaws, 0, `${path}.errno: ${JSON.stringify(errno)} is no error of this specification`);
  return null;
}

function listedFromJson(outcome: Json, path: string, flaws: Flaws): Outcome {
  const at = `${path}.names`;
  const found: readonly unknown[] = Array.isArray(outcome['names']) ? outcome['names'] : [];
  if (!Array.isArray(outcome['names'])) misfit(outcome['names'], at, 'an array of names', flaws);
  const names = found.map((name, i) => jsonString(name, `${at}[${i}]`, 'a name', flaws));
  if (new Set(names).size < names.length) note(flaws, 0, `${at}: a name was found twice`);
  if (outcome['value'] !== names.length) {
    misfit(outcome['value'], `${path}.value`, 'the number of names', flaws);
  }
  return listed(names);
}
