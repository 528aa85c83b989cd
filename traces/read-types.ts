/** The types of maps and programs, by name or number. */
import { mapTypeNumbers, progTypeNumbers } from '../model/vocabulary/index.ts';
import type { MapType, ProgType } from '../model/vocabulary/index.ts';
import { foreignProgTypes } from './foreign-names.ts';
import type { Flaws } from './read-value.ts';
import { readName } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** The type of a program of which none is told, as it is printed. */
export const usualProgType = 'BPF_PROG_TYPE_SOCKET_FILTER' satisfies ProgType;

const progType = {
  what: 'the type of a program',
  names: progTypeNumbers,
  foreign: foreignProgTypes,
} as const;

export function readMapType(value: Value, flaws: Flaws): MapType {
  const choice = { what: 'the type of a map', names: mapTypeNumbers };
  return readName(value, choice, flaws) ?? 'BPF_MAP_TYPE_HASH';
}

export const readProgType = (value: Value, flaws: Flaws): ProgType =>
  readName(value, progType, flaws) ?? usualProgType;
