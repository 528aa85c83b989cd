import { describe, expect, it } from 'vitest';
import { scopes } from '../properties/index.ts';
import type { Scope } from '../properties/index.ts';
import { newObservation } from './empty-observation.ts';
import { profiles } from './profiles/index.ts';
import { createSearch, type Search } from './search/search.ts';

/** Packed states of a scope as a search comes upon them, every `every`-th of them. */
function someStates(search: Search, most: number, every: number): readonly Uint32Array[] {
  const known = new Map<string, Uint32Array>();
  const keep = (): void => {
    const packed = new Uint32Array(search.words);
    search.packAsIs(packed, 0);
    known.set(packed.join(), packed);
  };
  search.reset();
  keep();
  for (const packed of known.values()) {
    if (known.size >= most * every) break;
    search.unpack(packed, 0);
    search.expand(keep);
  }
  return [...known.values()].filter((_, k) => k % every === 0).slice(0, most);
}

function seenIn(search: Search, packed: Uint32Array): unknown {
  const observation = newObservation(search.shape);
  search.unpack(packed, 0);
  search.observe(observation);
  return observation;
}

describe('what is remembered of names', () => {
  const named = scopes.filter(({ calls }) => calls.includes('mount') || calls.includes('rename'));

  it.each(named.map((scope) => [scope.name, scope] as const))(
    'is what a fresh observer sees, in %s',
    (_, scope: Scope) => {
      const make = (): Search => createSearch({ ...scope, switches: profiles['linux-6.18'] });
      const search = make();
      const states = someStates(search, 24, 29);
      expect(states.length).toBeGreaterThan(4);
      for (const packed of states) {
        expect(seenIn(search, packed)).toEqual(seenIn(make(), packed));
      }
    },
  );
});
