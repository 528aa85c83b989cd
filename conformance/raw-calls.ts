/** bpf(2) in its raw form, for those who know calls by what they do. */
import { readAttributes } from '../model/index.ts';
import type { AttrField, Bpf, Call, Fd } from '../model/vocabulary/index.ts';

/** The numbers of the commands that make an object, and of the one that gets one. */
const create = 0;
const load = 5;
const get = 7;

export const makesObject = ({ command }: Bpf): boolean => command === create || command === load;

export const makesDescriptor = (raw: Bpf): boolean => makesObject(raw) || raw.command === get;

/**
 * The call that a raw one amounts to, as later kernels read it; the raw call itself if there is none,
 * or if it says less: a raw look-up does not show what it found.
 */
export function plainOf(call: Call): Call {
  if (call.call !== 'bpf') return call;
  const meaning = readAttributes(call, '6.18');
  if (meaning.kind !== 'call') return call;
  const { call: plain } = meaning;
  const saysMore = plain.call === 'BPF_MAP_LOOKUP_ELEM' || plain.call === 'BPF_MAP_GET_NEXT_KEY';
  return saysMore ? call : plain;
}

/** By command, where the descriptor lies that it is given, in 4 bytes. */
const descriptorAt: ReadonlyMap<number, number> = new Map([
  [create, 20],
  [1, 0],
  [2, 0],
  [3, 0],
  [4, 0],
  [6, 8],
  [22, 0],
]);

const update = 2;
const valueAt = 16;

/** The raw call with the descriptors that it is given replaced; `inValue`: the value of an update is one, too. */
export function withRawDescriptors(
  raw: Bpf,
  value: 'word' | 'descriptor',
  replaced: (fd: Fd, at: number) => Fd,
): Bpf {
  if (typeof raw.attr === 'number') return raw;
  const isGiven = ({ offset, width }: AttrField): boolean =>
    width === 4 && offset === descriptorAt.get(raw.command) && offset + 4 <= raw.size;
  const attr = raw.attr.map((field): AttrField => {
    if (typeof field.value === 'number' && isGiven(field)) {
      return { ...field, value: replaced(field.value | 0, 0) >>> 0 };
    }
    const isValue = raw.command === update && field.offset === valueAt && value === 'descriptor';
    if (isValue && typeof field.value === 'object') {
      return { ...field, value: [replaced(field.value[0], 1)] };
    }
    return field;
  });
  return { ...raw, attr };
}
