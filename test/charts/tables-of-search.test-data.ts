/** The tables behind a search, for claims about what no observation shows. */
import { createMachinery } from '../../model/world.ts';
import { createNames } from '../../model/names.ts';
import { internScope } from '../../model/search/domains.ts';
import { plainPacking } from '../../model/search/packing.ts';
import type { Parts } from '../../model/calls/index.ts';
import type { Search, SearchOptions } from '../../model/index.ts';

export interface SearchedTables {
  readonly parts: Parts;
  /** Makes the current state of the search that of the tables. */
  readonly follow: () => void;
}

/**
 * Tables laid out like those of a search made of these options.
 * @throws if a packed state of theirs would have another size.
 */
export function tablesOf(search: Search, options: SearchOptions): SearchedTables {
  const names = createNames();
  const machinery = createMachinery(options, names, internScope(options, names));
  machinery.reset();
  const { parts } = machinery;
  const packing = plainPacking(parts.w.cells, parts.w.fields);
  if (packing.words !== search.words || packing.bits !== search.bits) {
    throw new Error('these tables are not laid out like those of the search');
  }
  const packed = new Uint32Array(search.words);
  return {
    parts,
    follow() {
      search.pack(packed, 0);
      packing.unpack(packed, 0);
    },
  };
}
