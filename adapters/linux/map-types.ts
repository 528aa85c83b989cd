/** The types of maps as the kernel numbers them (include/uapi/linux/bpf.h, enum bpf_map_type). */
import { mapTypeNames, type MapType } from '../../model/vocabulary/index.ts';

export const mapTypeNumbers = {
  BPF_MAP_TYPE_HASH: 1,
  BPF_MAP_TYPE_ARRAY: 2,
  BPF_MAP_TYPE_PROG_ARRAY: 3,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: 12,
  BPF_MAP_TYPE_HASH_OF_MAPS: 13,
} satisfies Record<MapType, number>;

/** The type of that number, or undefined for one that the specification does not have. */
export const mapTypeOf = (number: number): MapType | undefined =>
  mapTypeNames.find((name) => mapTypeNumbers[name] === number);
