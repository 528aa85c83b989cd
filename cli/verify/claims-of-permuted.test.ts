import { describe, expect, it } from 'vitest';
import { search as searchStates, type CheckedProperty } from '../../checker/index.ts';
import { createSearch, profiles, type Search } from '../../model/index.ts';
import { permute } from '../../model/search/permuted.test-data.ts';
import { goals, properties, scopes, watchPaths } from '../../properties/index.ts';
import type { Property, Scope } from '../../properties/index.ts';
import { checkedGoal, checkedProperty } from './claims.ts';
import { createCurrentState, type CurrentState } from './current-state.ts';

type Ask = (state: CurrentState, scope: Scope) => readonly CheckedProperty[];

/** All of the catalogue, whether a scope claims it or not. */
const catalogue: Ask = (state, { paths }) => [
  ...properties.map((property) => checkedProperty(property, state)),
  ...goals.map((goal) => checkedGoal(goal, state, watchPaths(paths))),
];

/** What each claim says of the current state, or of how many of its transitions. */
function answersOf(asked: readonly CheckedProperty[], { system }: CurrentState): string {
  const counts = asked.map((claim): number => {
    if (claim.kind === 'always') return claim.holds() ? 1 : 0;
    return claim.kind === 'sometimes' && claim.reached() ? 1 : 0;
  });
  for (const claim of asked) {
    if (claim.kind === 'step' || claim.kind === 'sometimes-step') claim.before();
  }
  system.expand((...label) => {
    asked.forEach((claim, k) => {
      const isSo =
        (claim.kind === 'step' && claim.holds(...label)) ||
        (claim.kind === 'sometimes-step' && claim.reached(...label));
      if (isSo) counts[k] = (counts[k] ?? 0) + 1;
    });
  });
  return asked.map(({ id }, k) => `${id} ${counts[k] ?? 0}`).join('\n');
}

/** Answers that differ between the first states of a scope and the same ones with other numbers. */
function differences(scope: Scope, ask: Ask): readonly string[] {
  const options = { ...scope, switches: profiles['linux-6.18'] };
  const search: Search = createSearch(options, 'none');
  const state = createCurrentState(search, watchPaths(scope.paths), 'drivers');
  const asked = ask(state, scope);
  const [words, other] = [new Uint32Array(search.words), new Uint32Array(search.words)];
  const { cells } = search.tables;
  const before = cells.slice();
  const found: string[] = [];
  let seed = 0;
  const compare = (): boolean => {
    search.packAsIs(words, 0);
    before.set(cells);
    permute(search.symmetry, before, cells, (seed += 1));
    search.packAsIs(other, 0);
    state.system.unpack(other, 0);
    const permuted = answersOf(asked, state);
    state.system.unpack(words, 0);
    const own = answersOf(asked, state);
    state.system.unpack(words, 0);
    if (permuted !== own) found.push(`${own}\nbut\n${permuted}`);
    return true;
  };
  searchStates(search, [{ kind: 'always', id: 'compare', holds: compare }], {
    states: 150,
    memory: 1e9,
    stop: () => false,
  });
  return found;
}

describe('no claim tells states apart that differ in numbers only', () => {
  it.each(scopes.map((scope) => [scope.name, scope] as const))('in %s', (_, scope) => {
    expect(differences(scope, catalogue).slice(0, 1)).toEqual([]);
  });

  it('and one that does is found out', () => {
    const first: Property = {
      kind: 'always',
      id: 'first',
      title: 'A claim about the object with the number 1.',
      needs: [],
      source: 'a test',
      holds: (o) => o.alive[1] === 0,
    };
    const [survival] = scopes;
    if (survival === undefined) throw new Error('no scope');
    const ask: Ask = (state) => [checkedProperty(first, state)];
    expect(differences(survival, ask)).not.toEqual([]);
  });
});
