/** The operations of each type of map. */
import type { MapType } from '../../model/vocabulary/index.ts';
import { arrayOfMapsOperations, arrayOperations, progArrayOperations } from './array.ts';
import { hashOfMapsOperations, hashOperations } from './hash.ts';
import type { MapOperations } from './map-operations.types.ts';

export const operationsOf: Readonly<Record<MapType, MapOperations>> = {
  BPF_MAP_TYPE_HASH: hashOperations,
  BPF_MAP_TYPE_ARRAY: arrayOperations,
  BPF_MAP_TYPE_PROG_ARRAY: progArrayOperations,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: arrayOfMapsOperations,
  BPF_MAP_TYPE_HASH_OF_MAPS: hashOfMapsOperations,
};
