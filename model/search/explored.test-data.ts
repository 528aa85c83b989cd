/** For tests: a whole search, and what its two ways to expand a state see. */
import type { Search } from './search.ts';

/**
 * Finds the reachable packed states, in breadth-first order, by the given way to expand; returns how
 * many transitions there are. `most`: of how many states the successors are looked for.
 */
export function explore(
  search: Search,
  seen: (packed: string) => void,
  most = Number.POSITIVE_INFINITY,
): number {
  const known = new Set<string>();
  const queue: Uint32Array[] = [];
  let transitions = 0;
  const keep = (): void => {
    const packed = new Uint32Array(search.words);
    search.pack(packed, 0);
    const key = packed.join();
    if (!known.has(key)) {
      known.add(key);
      queue.push(packed);
      if (queue.length <= most) seen(key);
    }
  };
  search.reset();
  keep();
  let expanded = 0;
  for (const packed of queue) {
    if (++expanded > most) break;
    search.unpack(packed, 0);
    search.expand(() => {
      transitions++;
      keep();
    });
  }
  return transitions;
}

function visitsOf(search: Search, expand: Search['expand']): string[] {
  const visits: string[] = [];
  const packed = new Uint32Array(search.words);
  expand((...label) => {
    search.pack(packed, 0);
    visits.push(`${label.join()} ${JSON.stringify(search.outcome())} ${packed.join()}`);
  });
  return visits.sort();
}

function unpack(search: Search, key: string): void {
  search.unpack(Uint32Array.from(key.split(','), Number), 0);
}

/** All transitions of a packed state: what the drivers see, and what the loop sees. */
export function bothWays(
  search: Search,
  key: string,
): { readonly byDrivers: readonly string[]; readonly byLoop: readonly string[] } {
  unpack(search, key);
  return {
    byDrivers: visitsOf(search, (visit) => {
      search.expand(visit);
    }),
    byLoop: visitsOf(search, (visit) => {
      search.expandByLoop(visit);
    }),
  };
}

/** Tries every call that fails in a packed state: the errors, and the states they are left in. */
export function failuresOf(
  search: Search,
  key: string,
): { readonly errors: ReadonlySet<string>; readonly after: ReadonlySet<string> } {
  const errors = new Set<string>();
  const after = new Set<string>([key]);
  const packed = new Uint32Array(search.words);
  unpack(search, key);
  search.attempt(() => {
    search.pack(packed, 0);
    after.add(packed.join());
    const outcome = search.outcome();
    if (!outcome.ok) errors.add(outcome.errno);
  });
  return { errors, after };
}
