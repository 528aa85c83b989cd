/** Maps: creation, and what can be put inside a map of maps. */
import type { ProgType } from '../../model/vocabulary/index.ts';
import type { Release } from './release.types.ts';
import type { BpfMap, Kernel, OrError, Template } from './structures.types.ts';

/** MAX_BPF_STACK: a program builds the key of a hash on its stack. */
const longestHashKey = 512;

/** Whether a release can make such a map at all. */
export function isKnownType({ release }: Kernel, { type }: Template): boolean {
  return release.mapsOfMaps === 'known' || !isOfMaps(type);
}

export function isOfMaps(type: Template['type']): boolean {
  return type === 'BPF_MAP_TYPE_ARRAY_OF_MAPS' || type === 'BPF_MAP_TYPE_HASH_OF_MAPS';
}

/** Whether the slots of such a map hold programs or maps. */
export function holdsObjects({ type }: Template): boolean {
  return type === 'BPF_MAP_TYPE_PROG_ARRAY' || isOfMaps(type);
}

/** The error that the attributes of a new map alone give, or null. */
export function checkAttributes(
  attributes: Template,
  { hashKeys }: Pick<Release, 'hashKeys'>,
): OrError<null> {
  const { type, keySize, valueSize, maxEntries } = attributes;
  // What is put into a map that holds objects is a descriptor.
  if (holdsObjects(attributes) && valueSize !== 4) return 'EINVAL';
  switch (type) {
    case 'BPF_MAP_TYPE_ARRAY':
    case 'BPF_MAP_TYPE_PROG_ARRAY':
    case 'BPF_MAP_TYPE_ARRAY_OF_MAPS':
      return maxEntries === 0 || keySize !== 4 || valueSize === 0 ? 'EINVAL' : null;
    case 'BPF_MAP_TYPE_HASH':
    case 'BPF_MAP_TYPE_HASH_OF_MAPS':
      if (maxEntries === 0 || keySize === 0 || valueSize === 0) return 'EINVAL';
      return hashKeys === 'on-stack' && keySize > longestHashKey ? 'E2BIG' : null;
  }
}

/** What maps have to be like to be put where `map` is the first example. */
export function templateOf(map: BpfMap): OrError<Template> {
  if (map.inner !== null) return 'EINVAL';
  // A program array has no map_meta_equal: what its programs are like is not known beforehand.
  if (map.type === 'BPF_MAP_TYPE_PROG_ARRAY') return 'ENOTSUPP';
  const { type, keySize, valueSize, maxEntries } = map;
  return { type, keySize, valueSize, maxEntries };
}

export function isLike(map: BpfMap, template: Template): boolean {
  if (map.type !== template.type) return false;
  if (map.keySize !== template.keySize || map.valueSize !== template.valueSize) return false;
  // Programs look elements of an array up with its length built in.
  return map.type !== 'BPF_MAP_TYPE_ARRAY' || map.maxEntries === template.maxEntries;
}

/** A new map, held once by the file that is about to be made for it. */
export function allocateMap(kernel: Kernel, attributes: Template, inner: Template | null): BpfMap {
  kernel.lastId += 1;
  const { type, keySize, valueSize, maxEntries } = attributes;
  const map: BpfMap = {
    kind: 'map',
    id: kernel.lastId,
    listedAs: 0,
    type,
    keySize,
    valueSize,
    maxEntries,
    inner,
    elements: new Map(),
    slots: new Map(),
    owner: null,
    frozen: 'no',
    refcnt: 1,
    usercnt: 1,
  };
  kernel.maps.set(map.id, map);
  return map;
}

/**
 * The first program that is put into a program array, or that uses it, makes the array one of its
 * type, for good: programs that call each other have to be alike (bpf_prog_map_compatible).
 */
export function claimFor(map: BpfMap, type: ProgType): OrError<null> {
  if (map.type !== 'BPF_MAP_TYPE_PROG_ARRAY') return null;
  map.owner ??= type;
  return map.owner === type ? null : 'EINVAL';
}

/** Whether user space still writes a map. */
export const isWritable = (map: BpfMap): boolean => map.frozen === 'no';
