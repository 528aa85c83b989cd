/** What calls can succeed with. */
import type { Call, ValueKind } from '../model/vocabulary/index.ts';
import {
  infoOf,
  infoValue,
  isNextId,
  pairValue,
  receivedValue,
  statValue,
  statxValue,
  valueKind,
} from '../model/vocabulary/index.ts';
import type { IntegerRange } from './read-value.ts';
import { foundIdRange, maskRange, wordRange } from './read-value.ts';

/** Descriptors of a pair are below this, as `pairValue` wants it. */
const pairRadix = pairValue(0, 1);

/** A descriptor that is one of two. */
export const pairedRange = { what: 'a descriptor', min: 0, max: pairRadix - 1 } as const;

const receivedMax = receivedValue({
  bytes: 1,
  fds: [pairRadix - 1, pairRadix - 1],
  truncated: 'truncated',
});

const wordMax = 2 ** 32 - 1;
/** A program's type comes beside its count, so that no map makes so great a number. */
const infoMax = infoValue({
  kind: 'program',
  type: 'BPF_PROG_TYPE_CGROUP_SKB',
  maps: wordMax,
});

const statxMax = statxValue({ kind: 'directory', mode: 0o7777, owner: 65534 });
const statMax = statValue({ kind: 'directory', nlink: wordMax });

const ranges: Readonly<Record<ValueKind, IntegerRange>> = {
  pair: { what: 'two descriptors in one number', min: 0, max: pairRadix ** 2 - 1 },
  received: { what: 'what recvmsg brought', min: 0, max: receivedMax },
  info: { what: 'what is told of an object', min: 0, max: infoMax },
  stat: { what: 'what stat shows', min: 0, max: statMax },
  statx: { what: 'what statx shows', min: 0, max: statxMax },
  mask: maskRange,
  flags: { what: 'the flags of a descriptor', min: 0, max: 1 },
  access: { what: 'what an open file is for', min: 0, max: 2 },
  names: { what: 'how many names there are', min: 0, max: wordMax },
  number: wordRange('the value of a result'),
};

export function outcomeRange(call: Call): IntegerRange {
  return isNextId(call) ? foundIdRange : ranges[valueKind(call)];
}

/** Whether what is told counts no more than a word can hold. */
export function isTold(value: number): boolean {
  const info = infoOf(value);
  return info.kind !== 'map' || info.maxEntries <= wordMax;
}
