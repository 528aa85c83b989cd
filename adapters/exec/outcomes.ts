/** Outcomes, as the other side writes them. */
import type { Outcome, Step } from '../../model/vocabulary/index.ts';
import { errnoNumbers, fail, isErrno, listed, succeed } from '../../model/vocabulary/index.ts';
import type { JsonObject } from './shape.ts';
import { readObject, readSet, readText, ShapeError, wholeFrom } from './shape.ts';
import { checkValue } from './values.ts';

const count = wholeFrom(0);

function readSuccess(outcome: JsonObject, path: string): Outcome {
  const value = count(outcome['value'], `${path}.value`);
  if (outcome['names'] === undefined) return succeed(value);
  const names = readSet(outcome['names'], `${path}.names`, readText);
  if (names.length === value) return listed(names);
  throw new ShapeError(`${path}.value`, value, `${names.length}, one for each name,`);
}

export function readOutcome(value: unknown, path: string): Outcome {
  const failed = typeof value === 'object' && value !== null && 'errno' in value;
  const optional = failed ? [] : ['names'];
  const outcome = readObject(value, path, ['ok', failed ? 'errno' : 'value'], optional);
  if (outcome['ok'] !== !failed) throw new ShapeError(`${path}.ok`, outcome['ok'], `${!failed}`);
  if (!failed) return readSuccess(outcome, path);
  const errno = readText(outcome['errno'], `${path}.errno`);
  if (isErrno(errno)) return fail(errno);
  const known = Object.keys(errnoNumbers).join(', ');
  throw new ShapeError(`${path}.errno`, errno, `one of ${known}`);
}

/** Throws a ShapeError if the call of `step` cannot have this outcome. */
export function checkOutcome(step: Step | undefined, outcome: Outcome, path: string): void {
  if (step === undefined || !outcome.ok) return;
  checkValue(step.call, outcome.value, `${path}.value`);
  const lists = step.call.call === 'readdir';
  if (lists === (outcome.names !== undefined)) return;
  const expected = lists ? 'an array of names' : 'no names';
  throw new ShapeError(`${path}.names`, outcome.names, expected);
}
