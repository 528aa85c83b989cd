/** Arrays, and the arrays whose elements are objects. */
import { mapBehind, progBehind } from './file.ts';
import { claimFor, isLike } from './map.ts';
import type { MapOperations, Update } from './map-operations.types.ts';
import { getForSlot, isHeldTooOften, putFromSlot } from './object.ts';
import { isExistenceFlag, updateFlags } from './update-flags.ts';
import type { BpfMap, BpfProg, Kernel, OrError, SlotObject, Task } from './structures.types.ts';

export const arrayOperations: MapOperations = {
  lookUp: (_kernel, map, key) => readWord(map, key) ?? 'ENOENT',
  update: (_kernel, _task, map, update) => updateWord(map, update),
  // All elements of an array exist, always.
  remove: () => 'EINVAL',
  nextKey: nextIndex,
};

/** The value of an element, or null behind the end. */
export function readWord(map: BpfMap, key: number): number | null {
  return key < map.maxEntries ? (map.elements.get(key) ?? 0) : null;
}

function updateWord(map: BpfMap, { key, value, flags }: Update): OrError<number> {
  if (!isExistenceFlag(flags)) return 'EINVAL';
  if (key >= map.maxEntries) return 'E2BIG';
  if (flags === updateFlags.BPF_NOEXIST) return 'EEXIST';
  map.elements.set(key, value);
  return 0;
}

function nextIndex(map: BpfMap, key: number | null): OrError<number> {
  if (key === null || key >= map.maxEntries) return 0;
  return key === map.maxEntries - 1 ? 'ENOENT' : key + 1;
}

export const progArrayOperations: MapOperations = {
  lookUp(kernel, map, key) {
    return kernel.release.progArrayLookup === 'id' ? lookUpSlot(map, key) : 'ENOENT';
  },
  update: (kernel, task, map, update) =>
    updateSlot(kernel, map, update, () => progFor(kernel, task, map, update.value)),
  remove: removeSlot,
  nextKey: nextIndex,
};

export const arrayOfMapsOperations: MapOperations = {
  lookUp: (_kernel, map, key) => lookUpSlot(map, key),
  update: (kernel, task, map, update) =>
    updateSlot(kernel, map, update, () => mapFor(kernel, task, map, update.value)),
  remove: removeSlot,
  nextKey: nextIndex,
};

/** The program behind a descriptor, if it is of the type of those that an array is for. */
function progFor(kernel: Kernel, task: Task, array: BpfMap, fd: number): OrError<BpfProg> {
  const prog = progBehind(kernel, task, fd);
  return typeof prog === 'string' ? prog : (claimFor(array, prog.type) ?? prog);
}

/** The map behind a descriptor, if it is like those that are to be in a map of maps. */
export function mapFor(kernel: Kernel, task: Task, outer: BpfMap, fd: number): OrError<BpfMap> {
  const map = mapBehind(task, fd);
  if (typeof map === 'string') return map;
  if (outer.inner === null || !isLike(map, outer.inner)) return 'EINVAL';
  return isHeldTooOften(kernel, map) ? 'EBUSY' : map;
}

/** No two runs share ids, so what is found is told by no number. */
export function lookUpSlot(map: BpfMap, key: number): OrError<number> {
  return map.slots.has(key) ? 0 : 'ENOENT';
}

function updateSlot(
  kernel: Kernel,
  map: BpfMap,
  { key, flags }: Update,
  find: () => OrError<SlotObject>,
): OrError<number> {
  if (flags !== updateFlags.BPF_ANY) return 'EINVAL';
  if (key >= map.maxEntries) return 'E2BIG';
  const object = find();
  if (typeof object === 'string') return object;
  getForSlot(object);
  const old = map.slots.get(key);
  map.slots.set(key, object);
  if (old !== undefined) putFromSlot(kernel, old);
  return 0;
}

function removeSlot(kernel: Kernel, map: BpfMap, key: number): OrError<number> {
  if (key >= map.maxEntries) return 'E2BIG';
  const old = map.slots.get(key);
  if (old === undefined) return 'ENOENT';
  map.slots.delete(key);
  putFromSlot(kernel, old);
  return 0;
}
