/** Outcomes from their JSON shapes, which are those of the vocabulary. */
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, isErrno, isOfKind, succeed, valueKind } from '../model/vocabulary/index.ts';
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
  const outcome = jsonObject(value, path, { required: ['ok', key] }, flaws);
  if (outcome['ok'] !== !failed) {
    note(flaws, 0, `${path}.ok: true with a value, or false with an errno, was expected`);
    return null;
  }
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
