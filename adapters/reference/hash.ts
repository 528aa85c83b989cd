/** Hashes, and the hashes whose elements are maps. */
import { lookUpSlot, mapFor } from './array.ts';
import type { MapOperations, Update } from './map-operations.types.ts';
import { getForSlot, putFromSlot } from './object.ts';
import { isExistenceFlag, updateFlags } from './update-flags.ts';
import type { BpfMap, Kernel, OrError, Task } from './structures.types.ts';

export const hashOperations: MapOperations = {
  lookUp: (_kernel, map, key) => map.elements.get(key) ?? 'ENOENT',
  update(kernel, _task, map, update) {
    const refused = checkUpdate(kernel, map, map.elements, update);
    if (refused !== null) return refused;
    map.elements.set(update.key, update.value);
    return 0;
  },
  remove: (_kernel, map, key) => (map.elements.delete(key) ? 0 : 'ENOENT'),
  nextKey: (map, key) => keyBehind(map.elements, key),
};

export const hashOfMapsOperations: MapOperations = {
  lookUp: (_kernel, map, key) => lookUpSlot(map, key),
  update: updateSlot,
  remove(kernel, map, key) {
    const old = map.slots.get(key);
    if (old === undefined) return 'ENOENT';
    map.slots.delete(key);
    putFromSlot(kernel, old);
    return 0;
  },
  nextKey: (map, key) => keyBehind(map.slots, key),
};

function updateSlot(kernel: Kernel, task: Task, map: BpfMap, update: Update): OrError<number> {
  const inner = mapFor(kernel, task, map, update.value);
  if (typeof inner === 'string') return inner;
  const refused = checkUpdate(kernel, map, map.slots, update);
  if (refused !== null) return refused;
  getForSlot(inner);
  const old = map.slots.get(update.key);
  map.slots.set(update.key, inner);
  if (old !== undefined) putFromSlot(kernel, old);
  return 0;
}

/** The error of an update of a hash with these elements, or null. */
function checkUpdate(
  { release }: Kernel,
  { maxEntries }: BpfMap,
  elements: ReadonlyMap<number, unknown>,
  { key, flags }: Update,
): OrError<null> {
  if (!isExistenceFlag(flags)) return 'EINVAL';
  const exists = elements.has(key);
  const isFull = elements.size >= maxEntries;
  if (isFull && !exists && release.fullHash === 'before-flag') return 'E2BIG';
  if (exists && flags === updateFlags.BPF_NOEXIST) return 'EEXIST';
  if (!exists && flags === updateFlags.BPF_EXIST) return 'ENOENT';
  if (!isFull) return null;
  // An old element is replaced by a new one, which needs a place before the old one's is free.
  return exists && release.fullHash !== 'after-flag-old-keys-too' ? null : 'E2BIG';
}

/** The order of a hash is its own; here it is that of insertion. */
function keyBehind(elements: ReadonlyMap<number, unknown>, key: number | null): OrError<number> {
  const keys = [...elements.keys()];
  // A key that is not there any more starts the walk again.
  const index = key === null ? -1 : keys.indexOf(key);
  return keys[index + 1] ?? 'ENOENT';
}
