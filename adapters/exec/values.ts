/** What a call can succeed with, where that is more than a number. */
import type { Call } from '../../model/vocabulary/index.ts';
import { pairOf, pairValue, receivedOf, receivedValue } from '../../model/vocabulary/index.ts';
import { ShapeError } from './shape.ts';

/** Throws a ShapeError if `call` cannot succeed with `value`. */
export function checkValue(call: Call, value: number, path: string): void {
  const expected = misfit(call, value);
  if (expected !== null) throw new ShapeError(path, value, expected);
}

/** What was expected in place of `value`, or null where it is all right. */
function misfit(call: Call, value: number): string | null {
  if (call.call === 'pipe2' || call.call === 'socketpair') {
    return value === pairValue(...pairOf(value)) ? null : 'FIRST + 4096 * SECOND';
  }
  if (call.call === 'recvmsg') return isReceived(value) ? null : 'what recvmsg brings, or 0,';
  const isFlags = call.call === 'fcntl' && call.command === 'F_GETFD';
  return isFlags && value > 1 ? '0 or 1 (FD_CLOEXEC)' : null;
}

/** At the end of a stream, nothing comes with the 0 bytes. */
function isReceived(value: number): boolean {
  const received = receivedOf(value);
  return value === (received.bytes === 0 ? 0 : receivedValue(received));
}
