import type { Charts } from '../charts/index.ts';
import type { Switches } from '../profiles/index.ts';
import type { CallName, MapType } from '../vocabulary/index.ts';
import type { Bounds } from '../world.types.ts';

/** What a search enumerates. */
export interface SearchOptions {
  readonly switches: Switches;
  readonly bounds: Bounds;
  readonly host: readonly string[];
  /** Every path argument ranges over these; observations report on them too. */
  readonly paths: readonly string[];
  /** The calls that processes make. */
  readonly calls: readonly CallName[];
  /** The types of the maps that are created, of one entry each. An array if absent. */
  readonly maps?: readonly MapType[];
  /** Values that BPF_MAP_UPDATE_ELEM writes, under key 0: descriptors where maps hold objects. */
  readonly values?: readonly number[];
  readonly charts?: Charts;
}
