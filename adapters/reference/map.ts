/** Maps: creation, the two counts, elements. */
import type { MapType, UpdateFlag } from '../../model/vocabulary/index.ts';
import type { BpfMap, Kernel, OrError } from './structures.types.ts';

/** MAX_BPF_STACK: a program builds the key of a hash on its stack. */
const longestHashKey = 512;

export interface MapAttributes {
  readonly type: MapType;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

/** A new map, held once by the file that is about to be made for it. */
export function allocateMap(kernel: Kernel, attributes: MapAttributes): OrError<BpfMap> {
  const { type, keySize, valueSize, maxEntries } = attributes;
  switch (type) {
    case 'BPF_MAP_TYPE_ARRAY':
      if (maxEntries === 0 || keySize !== 4 || valueSize === 0) return 'EINVAL';
      break;
    case 'BPF_MAP_TYPE_HASH':
      if (maxEntries === 0 || keySize === 0 || valueSize === 0) return 'EINVAL';
      if (keySize > longestHashKey) return 'E2BIG';
      break;
  }
  kernel.lastId += 1;
  const map: BpfMap = {
    kind: 'map',
    id: kernel.lastId,
    type,
    maxEntries,
    elements: new Map(),
    refcnt: 1,
    usercnt: 1,
  };
  kernel.maps.set(map.id, map);
  return map;
}

export function getMap(map: BpfMap): void {
  map.refcnt += 1;
}

export function getMapWithUser(map: BpfMap): void {
  map.usercnt += 1;
  getMap(map);
}

export function putMap(kernel: Kernel, map: BpfMap): void {
  map.refcnt -= 1;
  if (map.refcnt === 0) kernel.maps.delete(map.id);
}

export function putMapWithUser(kernel: Kernel, map: BpfMap): void {
  map.usercnt -= 1;
  putMap(kernel, map);
}

/** The value of an element, or null where there is none. */
export function readElement(map: BpfMap, key: number): number | null {
  switch (map.type) {
    case 'BPF_MAP_TYPE_ARRAY':
      return key < map.maxEntries ? (map.elements.get(key) ?? 0) : null;
    case 'BPF_MAP_TYPE_HASH':
      return map.elements.get(key) ?? null;
  }
}

export interface Update {
  readonly key: number;
  readonly value: number;
  readonly flag: UpdateFlag;
}

export function updateElement(kernel: Kernel, map: BpfMap, update: Update): OrError<number> {
  switch (map.type) {
    case 'BPF_MAP_TYPE_ARRAY':
      return updateArray(map, update);
    case 'BPF_MAP_TYPE_HASH':
      return updateHash(kernel, map, update);
  }
}

function updateArray(map: BpfMap, { key, value, flag }: Update): OrError<number> {
  if (key >= map.maxEntries) return 'E2BIG';
  // All elements of an array exist.
  if (flag === 'BPF_NOEXIST') return 'EEXIST';
  map.elements.set(key, value);
  return 0;
}

function updateHash(kernel: Kernel, map: BpfMap, { key, value, flag }: Update): OrError<number> {
  const exists = map.elements.has(key);
  const noRoom = !exists && map.elements.size >= map.maxEntries;
  if (noRoom && kernel.release.fullHash === 'before-flag') return 'E2BIG';
  if (exists && flag === 'BPF_NOEXIST') return 'EEXIST';
  if (!exists && flag === 'BPF_EXIST') return 'ENOENT';
  if (noRoom) return 'E2BIG';
  map.elements.set(key, value);
  return 0;
}
