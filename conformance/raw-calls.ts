/** bpf(2) in its raw form, for those who know calls by what they do. */
import { readAttributes } from '../model/index.ts';
import { bpfCommandNumbers as numbers } from '../model/vocabulary/index.ts';
import type { AttrField, Bpf, Call, Fd } from '../model/vocabulary/index.ts';

export const makesObject = ({ command }: Bpf): boolean =>
  command === numbers.BPF_MAP_CREATE || command === numbers.BPF_PROG_LOAD;

export const makesDescriptor = (raw: Bpf): boolean =>
  makesObject(raw) || raw.command === numbers.BPF_OBJ_GET;

/**
 * The call that a raw one amounts to; the raw call itself if there is none, or if it says less: a raw
 * look-up does not show what it found. It is read as the newest kernel reads it: what succeeds on an
 * older one has zeros where that has more fields.
 */
export function plainOf(call: Call): Call {
  if (call.call !== 'bpf') return call;
  const meaning = readAttributes(call, '6.18');
  return meaning.kind === 'call' ? meaning.call : call;
}

/** By command, where the descriptor lies that it is given. */
const descriptorAt: ReadonlyMap<number, number> = new Map([
  [numbers.BPF_MAP_CREATE, 20],
  [numbers.BPF_MAP_LOOKUP_ELEM, 0],
  [numbers.BPF_MAP_UPDATE_ELEM, 0],
  [numbers.BPF_MAP_DELETE_ELEM, 0],
  [numbers.BPF_MAP_GET_NEXT_KEY, 0],
  [numbers.BPF_OBJ_PIN, 8],
  [numbers.BPF_MAP_FREEZE, 0],
]);

/** Where the pointer to an update's value lies. */
const valueAt = 16;

/**
 * The raw call with the descriptors that it is given replaced, however wide they are written;
 * `value`: what an update writes.
 */
export function withRawDescriptors(
  raw: Bpf,
  value: 'word' | 'descriptor',
  replaced: (fd: Fd, at: number) => Fd,
): Bpf {
  if (typeof raw.attr === 'number') return raw;
  const at = descriptorAt.get(raw.command);
  const isUpdate = raw.command === numbers.BPF_MAP_UPDATE_ELEM;
  const attr = raw.attr.map((field): AttrField => {
    if (typeof field.value === 'number' && field.offset === at && field.offset < raw.size) {
      return { ...field, value: replaced(field.value | 0, 0) >>> 0 };
    }
    const isValue = isUpdate && field.offset === valueAt && value === 'descriptor';
    if (isValue && typeof field.value === 'object') {
      return { ...field, value: [replaced(field.value[0], 1)] };
    }
    return field;
  });
  return { ...raw, attr };
}
