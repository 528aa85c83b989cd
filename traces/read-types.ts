/** The types of maps and programs, by name or number. */
import type { MapType } from '../model/vocabulary/index.ts';
import type { Flaws } from './read-value.ts';
import { readName } from './read-value.ts';
import type { Value } from './syntax.types.ts';

const mapTypes = {
  BPF_MAP_TYPE_HASH: 1,
  BPF_MAP_TYPE_ARRAY: 2,
  BPF_MAP_TYPE_PROG_ARRAY: 3,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: 12,
  BPF_MAP_TYPE_HASH_OF_MAPS: 13,
} as const satisfies Record<MapType, number>;
/** The type of every program here, as it is printed. */
export const programType = 'BPF_PROG_TYPE_SOCKET_FILTER';
const programTypes = { [programType]: 1 } as const;

export function readMapType(value: Value, flaws: Flaws): MapType {
  const choice = { what: 'the type of a map', names: mapTypes };
  return readName(value, choice, flaws) ?? 'BPF_MAP_TYPE_HASH';
}

export function readProgramType(value: Value, flaws: Flaws): void {
  readName(value, { what: 'the type of a program', names: programTypes }, flaws);
}
