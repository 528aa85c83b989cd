import { describe, expect, it } from 'vitest';
import { search, type CheckedProperty } from '../../checker/index.ts';
import { noLimits } from '../../checker/tiny-system.test-data.ts';
import { scopes } from '../../properties/index.ts';
import type { Scope } from '../../properties/index.ts';
import { profiles, type Switches } from '../profiles/index.ts';
import { notedSwitches, relevantSwitches } from './relevant-switches.ts';
import { createSearch } from './search.ts';

/**
 * What a search of a scope counts under some switches until it has found so many states, and how often
 * each call answered what.
 */
function foundUnder(scope: Scope, switches: Switches, most: number): unknown {
  const system = createSearch({ ...scope, switches }, 'symmetry');
  const answers = new Map<string, number>();
  const judge: CheckedProperty = {
    kind: 'step',
    id: 'any',
    failing: 'judged',
    before: () => undefined,
    holds(action) {
      const outcome = system.outcome();
      const answer = `${system.actions[action] ?? ''} ${outcome.ok ? 'succeeds' : outcome.errno}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      return true;
    },
  };
  const { states, transitions, attempts, taken } = search(system, [judge], {
    ...noLimits,
    states: most,
  });
  return { states, transitions, attempts, taken, answers };
}

/** Nobody is in a user namespace of their own before this many states are found. */
const mostOf = ({ bounds }: Scope): number => (bounds.userNamespaces === undefined ? 120 : 900);

describe('switches that make no difference to a scope', () => {
  it.each(scopes.map((scope) => [scope.name, scope] as const))(
    'are set to one value, and %s finds the same',
    (_, scope) => {
      for (const profile of ['linux-4.6', 'linux-6.12'] as const) {
        const switches = profiles[profile];
        const relevant = relevantSwitches({ ...scope, switches });
        const most = mostOf(scope);
        expect(foundUnder(scope, relevant, most)).toEqual(foundUnder(scope, switches, most));
      }
    },
  );

  it('matter where the scope tries what they are about', () => {
    const [restricted] = scopes.filter(({ name }) => name === 'restricted');
    if (restricted === undefined) throw new Error('no such scope');
    const switches = profiles['linux-6.1'];
    expect(relevantSwitches({ ...restricted, switches }).attributes).toBe(switches.attributes);
    const options = { ...restricted, switches, mountData: ['mode=700'] };
    expect(relevantSwitches(options).mountOptions).toBe(switches.mountOptions);
  });
});

describe('switches that are noted', () => {
  it('are answered by others that agree in what was read, and only by those', () => {
    const noted = notedSwitches(profiles['linux-4.4']);
    expect(noted.answer(profiles['linux-6.18'])).toBe(true);
    expect(noted.switches.instance).toBe('per-namespace');
    expect(noted.answer(profiles['linux-4.6'])).toBe(true);
    expect(noted.answer(profiles['linux-4.7'])).toBe(false);
  });
});
