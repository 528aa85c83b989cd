/** What calls can succeed with. */
import type { Call } from '../model/vocabulary/index.ts';
import { pairValue, receivedOf, receivedValue } from '../model/vocabulary/index.ts';
import type { IntegerRange } from './read-value.ts';
import { wordRange } from './read-value.ts';

/** Descriptors of a pair are below this, as `pairValue` wants it. */
const pairRadix = pairValue(0, 1);

/** A descriptor that is one of two. */
export const pairedRange = { what: 'a descriptor', min: 0, max: pairRadix - 1 } as const;

const pairRange = { what: 'two descriptors in one number', min: 0, max: pairRadix ** 2 - 1 };
const flagRange = { what: 'the flags of a descriptor', min: 0, max: 1 };
const receivedMax = receivedValue({
  bytes: 1,
  fds: [pairRadix - 1, pairRadix - 1],
  truncated: 'truncated',
});
const receivedRange = { what: 'what recvmsg brought', min: 0, max: receivedMax };
const valueRange = wordRange('the value of a result');

export function outcomeRange(call: Call): IntegerRange {
  if (call.call === 'pipe2' || call.call === 'socketpair') return pairRange;
  if (call.call === 'recvmsg') return receivedRange;
  return call.call === 'fcntl' && call.command === 'F_GETFD' ? flagRange : valueRange;
}

/** Whether `value` tells what recvmsg can bring: nothing but 0 comes with the end of the stream. */
export function isReceived(value: number): boolean {
  const received = receivedOf(value);
  return value === (received.bytes === 0 ? 0 : receivedValue(received));
}
