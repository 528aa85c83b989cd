/** The types of maps and programs, by name or number. */
import { mapTypeNumbers } from '../model/vocabulary/index.ts';
import type { MapType } from '../model/vocabulary/index.ts';
import type { Flaws } from './read-value.ts';
import { readName } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** The type of every program here, as it is printed. */
export const programType = 'BPF_PROG_TYPE_SOCKET_FILTER';
const programTypes = { [programType]: 1 } as const;

export function readMapType(value: Value, flaws: Flaws): MapType {
  const choice = { what: 'the type of a map', names: mapTypeNumbers };
  return readName(value, choice, flaws) ?? 'BPF_MAP_TYPE_HASH';
}

export function readProgramType(value: Value, flaws: Flaws): void {
  readName(value, { what: 'the type of a program', names: programTypes }, flaws);
}
