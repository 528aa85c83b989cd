/** The commands on maps: BPF_MAP_CREATE, and those on elements. */
import type { Layout } from '../profiles/index.ts';
import {
  accessFlagsOf,
  bpfCommandNumbers,
  mapTypeOf,
  updateFlagBits,
  type UpdateFlag,
} from '../vocabulary/index.ts';
import type { Bytes } from './bytes.ts';
import type { Meaning } from './meaning.types.ts';
import { fault, outside, plain } from './meanings.ts';
import { toInt, wordOf } from './operands.ts';

/** {u32 map_type, key_size, value_size, max_entries, map_flags, inner_map_fd, ...}. */
export function createOf(bytes: Bytes, layout: Layout): Meaning {
  const word = (offset: number): number | null => bytes.number(offset, 4);
  const [number, keySize, valueSize] = [word(0), word(4), word(8)];
  const [maxEntries, innerFd] = [word(12), word(20)];
  const access = accessFlagsOf(word(16) ?? Infinity);
  const isMore = bytes.anyBetween(24, layout.size) !== false;
  if (isMore || number === null || access === undefined) return outside;
  if (number === 0 || number > layout.lastMapType) return fault('unknown-type');
  const type = mapTypeOf(number);
  if (type === undefined || keySize === null || valueSize === null) return outside;
  if (maxEntries === null || innerFd === null) return outside;
  const call = { call: 'BPF_MAP_CREATE', type, keySize, valueSize, maxEntries, ...access } as const;
  return plain(innerFd === 0 ? call : { ...call, innerFd: toInt(innerFd) });
}

const lock = updateFlagBits.BPF_F_LOCK;
const updateFlags: readonly UpdateFlag[] = ['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST'];

/** The flags come as two words, since no number here holds 64 bits. */
function updateFlagOf(low: number, high: number, layout: Layout): UpdateFlag {
  const locks = layout.lock === 'known' && (low & lock) !== 0;
  const known = high === 0 ? updateFlags[low] : undefined;
  return known ?? (locks ? 'BPF_F_LOCK' : 'BPF_NOEXIST|BPF_EXIST');
}

/** {u32 map_fd, u64 key, u64 value or next_key, u64 flags}. */
export function elementOf(command: number, bytes: Bytes, layout: Layout): Meaning {
  const number = bytes.number(0, 4);
  const [keyAt, valueAt] = [bytes.pointer(8), bytes.pointer(16)];
  const [flags, high] = [bytes.number(24, 4), bytes.number(28, 4)];
  const key = wordOf(keyAt);
  if (number === null || key === undefined || flags === null || high === null) {
    return outside;
  }
  const fd = toInt(number);
  const result = valueAt.kind === 'nowhere' ? 'unwritable' : 'fine';
  switch (command) {
    case bpfCommandNumbers.BPF_MAP_DELETE_ELEM:
      return plain({ call: 'BPF_MAP_DELETE_ELEM', fd, key });
    case bpfCommandNumbers.BPF_MAP_UPDATE_ELEM: {
      const value = wordOf(valueAt);
      const flag = updateFlagOf(flags, high, layout);
      return value === undefined
        ? outside
        : plain({ call: 'BPF_MAP_UPDATE_ELEM', fd, key, value, flag });
    }
    case bpfCommandNumbers.BPF_MAP_LOOKUP_ELEM:
      if (flags !== 0 || high !== 0) return flags === lock && high === 0 ? outside : fault('flags');
      if (valueAt.kind !== 'word' && valueAt.kind !== 'nowhere') return outside;
      return { kind: 'look-up', call: { call: 'BPF_MAP_LOOKUP_ELEM', fd, key }, result };
    default:
      // An address that leads nowhere is no NULL: where that means the first key, it is an error.
      if (keyAt.kind === 'nowhere' && keyAt.address !== 0) return outside;
      if (valueAt.kind !== 'word' && valueAt.kind !== 'nowhere') return outside;
      return { kind: 'look-up', call: { call: 'BPF_MAP_GET_NEXT_KEY', fd, key }, result };
  }
}
