/** What a call can succeed with, where that is more than a number. */
import type { Call, ValueKind } from '../../model/vocabulary/index.ts';
import { isOfKind, valueKind } from '../../model/vocabulary/index.ts';
import { ShapeError } from './shape.ts';

const expected: Readonly<Record<ValueKind, string>> = {
  pair: 'FIRST + 4096 * SECOND',
  received: 'what recvmsg brings, or 0,',
  flags: '0 or 1 (FD_CLOEXEC)',
  number: 'a number',
};

/** Throws a ShapeError if `call` cannot succeed with `value`. */
export function checkValue(call: Call, value: number, path: string): void {
  const kind = valueKind(call);
  if (!isOfKind(kind, value)) throw new ShapeError(path, value, expected[kind]);
}
