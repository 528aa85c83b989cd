/** The commands of bpf(2): which fields each of them reads, and what it does with them. */
import type { Errno, Fd, MapType } from '../../../model/vocabulary/index.ts';
import type { Attributes } from '../attributes/copy.ts';
import { commands, layoutOf } from '../attributes/layouts.ts';
import { accessOf, modeBits } from '../file-mode.ts';
import { copyToUser, readString, readWord } from '../attributes/user-memory.ts';
import type { UserMemory } from '../attributes/user-memory.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { mapCreate, mapDelete, mapFreeze, mapLookup, mapNextKey, mapUpdate } from './maps.ts';
import { objGet, objPin } from './pins.ts';

/** A call whose attributes were copied and checked. */
interface RawCall {
  readonly kernel: Kernel;
  readonly task: Task;
  readonly attributes: Attributes;
  readonly memory: UserMemory;
}

/** `beyond`: it asks for what Linux has and this implementation does not. */
type RawResult = OrError<number> | 'beyond';

type Handler = (call: RawCall) => RawResult;

export const handlers: ReadonlyMap<number, Handler> = new Map<number, Handler>([
  [commands.mapCreate, create],
  [commands.mapLookup, lookUp],
  [commands.mapUpdate, update],
  [commands.mapDelete, ({ kernel, task, ...raw }) => mapDelete(kernel, task, elementOf(raw))],
  [commands.mapNextKey, nextKey],
  [commands.objPin, pin],
  [commands.objGet, get],
  [
    commands.mapFreeze,
    ({ kernel, task, attributes }) => mapFreeze(kernel, task, { fd: attributes.s32(0) }),
  ],
]);

/** enum bpf_map_type. */
const mapTypes: ReadonlyMap<number, MapType> = new Map([
  [1, 'BPF_MAP_TYPE_HASH'],
  [2, 'BPF_MAP_TYPE_ARRAY'],
  [3, 'BPF_MAP_TYPE_PROG_ARRAY'],
  [12, 'BPF_MAP_TYPE_ARRAY_OF_MAPS'],
  [13, 'BPF_MAP_TYPE_HASH_OF_MAPS'],
]);

function create({ kernel, task, attributes }: RawCall): RawResult {
  const { u32, s32, isZero } = attributes;
  const number = u32(0);
  if (number === 0 || number >= layoutOf(kernel.release.attributes).mapTypes) return 'EINVAL';
  const type = mapTypes.get(number);
  const access = accessOf(u32(16));
  // Other map_flags, and all that was added behind inner_map_fd.
  if (type === undefined || access === undefined || !isZero(24)) return 'beyond';
  const shape = { keySize: u32(4), valueSize: u32(8), maxEntries: u32(12) };
  return mapCreate(kernel, task, { type, ...shape, innerFd: s32(20), ...access });
}

function elementOf({ attributes: { s32, u64 }, memory }: Pick<RawCall, 'attributes' | 'memory'>) {
  return { fd: s32(0), key: readWord(memory, u64(8)) };
}

function update({ kernel, task, ...raw }: RawCall): RawResult {
  const { u64 } = raw.attributes;
  const value = readWord(raw.memory, u64(16));
  return mapUpdate(kernel, task, { ...elementOf(raw), value, flags: u64(24) });
}

function lookUp({ kernel, task, ...raw }: RawCall): RawResult {
  const { u64 } = raw.attributes;
  const found = mapLookup(kernel, task, { ...elementOf(raw), flags: u64(24) });
  return typeof found === 'string' ? found : copyToUser(raw.memory, u64(16), found);
}

function nextKey({ kernel, task, ...raw }: RawCall): RawResult {
  const found = mapNextKey(kernel, task, elementOf(raw));
  return typeof found === 'string' ? found : copyToUser(raw.memory, raw.attributes.u64(16), found);
}

const fromPathFd = 2 ** 14;

function pin({ kernel, task, attributes, memory }: RawCall): RawResult {
  const refused = checkPlace(kernel, attributes, 0);
  if (refused !== null) return refused;
  return objPin(kernel, task, {
    path: readString(memory, attributes.u64(0)),
    fd: attributes.s32(8),
    ...startIn(attributes),
  });
}

function get({ kernel, task, attributes, memory }: RawCall): RawResult {
  if (attributes.u32(8) !== 0) return 'EINVAL';
  const refused = checkPlace(kernel, attributes, modeBits);
  if (refused !== null) return refused;
  const path = readString(memory, attributes.u64(0));
  return objGet(kernel, task, {
    path,
    ...startIn(attributes),
    ...accessOf(attributes.u32(12) & modeBits),
  });
}

/** Why a command on a pin goes no further for its file_flags and path_fd, or null. */
function checkPlace({ release }: Kernel, { u32 }: Attributes, ownFlags: number): Errno | null {
  const flags = u32(12);
  const pathFlag = layoutOf(release.attributes).pathFd === 'known' ? fromPathFd : 0;
  if ((flags & ~(ownFlags | pathFlag)) !== 0) return 'EINVAL';
  if ((flags & fromPathFd) === 0 && u32(16) !== 0) return 'EINVAL';
  return null;
}

/** AT_FDCWD, which means what no descriptor means. */
const atFdcwd = -100;

function startIn({ u32, s32 }: Attributes): { readonly pathFd?: Fd } {
  const isGiven = (u32(12) & fromPathFd) !== 0 && s32(16) !== atFdcwd;
  return isGiven ? { pathFd: s32(16) } : {};
}
