/** For tests: searches of the bounded model, and the states that one goes through. */
import { search, type SearchResult } from '../../checker/index.ts';
import type { BoundedSystem } from './system.ts';

export const unlimited = { states: 1e7, memory: 2 ** 30, stop: (): boolean => false };

export function searched(system: BoundedSystem): SearchResult {
  return search(system, system.invariants, unlimited);
}

/** Every state that the search finds, made current for `look`; in the order in which they are found. */
export function forEachState(system: BoundedSystem, look: () => void): void {
  const known = new Set<string>();
  const queue: Uint32Array[] = [];
  const keep = (): void => {
    const packed = new Uint32Array(system.words);
    system.pack(packed, 0);
    const key = packed.join();
    if (known.has(key)) return;
    known.add(key);
    queue.push(packed);
  };
  system.reset();
  keep();
  for (const packed of queue) {
    system.unpack(packed, 0);
    look();
    system.expand(keep, () => undefined);
  }
}
