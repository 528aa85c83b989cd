/** What a call can succeed with, where that is more than a number. */
import type { Call, ValueKind } from '../../model/vocabulary/index.ts';
import { isNextId, isOfKind, valueKind } from '../../model/vocabulary/index.ts';
import { ShapeError } from './shape.ts';

const expected: Readonly<Record<ValueKind, string>> = {
  pair: 'FIRST + 4096 * SECOND',
  received: 'what recvmsg brings, or 0,',
  info: 'what BPF_OBJ_GET_INFO_BY_FD tells',
  stat: 'what stat shows',
  statx: 'what statx shows',
  mask: 'a mask of permissions, 0 to 511',
  flags: '0 or 1 (FD_CLOEXEC)',
  access: '0 (O_RDONLY), 1 (O_WRONLY) or 2 (O_RDWR)',
  names: 'how many names there are',
  number: 'a number',
};

/** An id is the number of an object in its run, counted from 1, and no run makes more. */
const idMax = 65_535;

/** Throws a ShapeError if `call` cannot succeed with `value`. */
export function checkValue(call: Call, value: number, path: string): void {
  const kind = valueKind(call);
  if (!isOfKind(kind, value)) throw new ShapeError(path, value, expected[kind]);
  if (isNextId(call) && (value < 1 || value > idMax)) {
    throw new ShapeError(path, value, `the id of an object (a number from 1 to ${idMax})`);
  }
}
