import { describe, expect, it } from 'vitest';
import { search, type CheckedProperty } from '../../checker/index.ts';
import { noLimits } from '../../checker/tiny-system.test-data.ts';
import { scopes } from '../../properties/index.ts';
import { profiles, type Switches } from '../profiles/index.ts';
import { notedSwitches, relevantSwitches } from './relevant-switches.ts';
import { createSearch } from './search.ts';

const quick = scopes.filter(({ name }) =>
  ['nesting', 'frozen', 'restricted', 'joined', 'names', 'read-only-files', 'filters'].includes(
    name,
  ),
);

/** What a search of a scope counts under some switches, calls that fail included. */
function countsUnder(scope: (typeof scopes)[number], switches: Switches): unknown {
  const system = createSearch({ ...scope, switches }, 'symmetry');
  const judge: CheckedProperty = {
    kind: 'step',
    id: 'any',
    failing: 'judged-if-changing',
    before: () => undefined,
    holds: () => true,
  };
  const { states, transitions, attempts, taken } = search(system, [judge], noLimits);
  return { states, transitions, attempts, taken };
}

describe('switches that make no difference to a scope', () => {
  it.each(quick.map(({ name }) => name))('are set to one value, and %s counts the same', (name) => {
    const scope = quick.find((one) => one.name === name);
    if (scope === undefined) throw new Error(name);
    for (const profile of ['linux-4.6', 'linux-6.1', 'linux-6.12'] as const) {
      const switches = profiles[profile];
      const relevant = relevantSwitches({ ...scope, switches });
      expect(relevant).not.toEqual(switches);
      expect(countsUnder(scope, relevant)).toEqual(countsUnder(scope, switches));
    }
  });

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
