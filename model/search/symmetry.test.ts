import { describe, expect, it } from 'vitest';
import { search } from '../../checker/index.ts';
import { noLimits } from '../../checker/tiny-system.test-data.ts';
import { profiles, type ProfileName } from '../profiles/index.ts';
import { scopes, scopeByName } from '../../properties/index.ts';
import type { Scope } from '../../properties/index.ts';
import { permute } from './permuted.test-data.ts';
import { createSearch, type Search } from './search.ts';

const searchOf = (scope: Scope, profile: ProfileName, reduction: 'symmetry' | 'none'): Search =>
  createSearch({ switches: profiles[profile], ...scope }, reduction);

const named = (name: string): Scope => {
  const scope = scopeByName(name);
  if (scope === undefined) throw new Error(`no scope ${name}`);
  return scope;
};

/** Calls `look` with each state current, of the first `most` states that are met. */
function throughStates(searched: Search, most: number, look: () => void): number {
  const judge = { kind: 'always', id: 'look', holds: () => (look(), true) } as const;
  return search(searched, [judge], { ...noLimits, states: most }).states;
}

const packed = (searched: Search): string => {
  const words = new Uint32Array(searched.words);
  searched.pack(words, 0);
  return words.join();
};

const quick = ['singleton', 'nesting', 'frozen', 'joined', 'names', 'filters', 'cgroups', 'shown'];

describe.each(['linux-4.4', 'linux-6.18'] as const)('states of %s as one', (profile) => {
  it.each(quick)('are found all: the images of every state of %s', (name) => {
    const reduced = searchOf(named(name), profile, 'symmetry');
    const images = new Set<string>();
    const all = searchOf(named(name), profile, 'none');
    const words = new Uint32Array(all.words);
    throughStates(all, Infinity, () => {
      all.packAsIs(words, 0);
      reduced.unpack(words, 0);
      images.add(packed(reduced));
    });
    expect(search(reduced, [], noLimits).states).toBe(images.size);
  });

  it.each(scopes.map(({ name }) => name))(
    'have one form, whatever the numbers: the first states of %s',
    (name) => {
      const reduced = searchOf(named(name), profile, 'symmetry');
      const { cells } = reduced.tables;
      const before = cells.slice();
      const wrong: string[] = [];
      let seed = 1;
      throughStates(reduced, 30, () => {
        before.set(cells);
        const form = packed(reduced);
        for (let tries = 0; tries < 5; tries++) {
          permute(reduced.symmetry, before, cells, (seed += 1));
          if (packed(reduced) !== form) wrong.push(reduced.describe().join('\n'));
        }
        cells.set(before);
      });
      expect(wrong.slice(0, 1)).toEqual([]);
    },
  );

  it.each(scopes.map(({ name }) => name))(
    'are expanded by drivers as by the loop, and fail as often: the first states of %s',
    (name) => {
      const reduced = searchOf(named(name), profile, 'symmetry');
      const words = new Uint32Array(reduced.words);
      const told = (expand: (visit: () => void) => void): readonly string[] => {
        const seen: string[] = [];
        expand(() => seen.push(packed(reduced)));
        return seen.sort();
      };
      const ignore = (): void => undefined;
      throughStates(reduced, 30, () => {
        reduced.packAsIs(words, 0);
        const again = (): void => {
          reduced.unpack(words, 0);
        };
        const byDrivers = told((visit) => {
          reduced.expand(visit);
        });
        again();
        const byLoop = told((visit) => {
          reduced.expandByLoop(visit);
        });
        again();
        expect(byDrivers).toEqual(byLoop);
        const failing = reduced.attempt(ignore, 'changing');
        again();
        expect(failing).toBe(reduced.attempt(ignore, 'all'));
        again();
      });
    },
  );
});
