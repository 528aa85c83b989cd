/** The last judge of rows: the named scopes that enable a call, searched with its rows mutated. */
import { search as searchStates } from '../../checker/index.ts';
import type { CheckedProperty } from '../../checker/index.ts';
import { chooseProfile } from '../../cli/selection.ts';
import { checkedProperty } from '../../cli/verify/claims.ts';
import { createCurrentState } from '../../cli/verify/current-state.ts';
import { propertiesOf } from '../../cli/verify/search-scope.ts';
import { createSearch, profiles, type ProfileName } from '../../model/index.ts';
import { watchPaths, type Scope } from '../../properties/index.ts';
import { mutatedCalls } from './flat-call.ts';

/** States of each scope that are looked at. */
const someStates = 2_000;

const memory = 200_000_000;

/** The property that is violated first, or what an internal check said. */
export function violated(scope: Scope, profile: ProfileName, name: string): string | undefined {
  const search = createSearch({
    ...scope,
    switches: profiles[profile],
    rows: (own) => mutatedCalls(own, name),
  });
  // The rows' loop takes any rows, while drivers make use of what sound ones have in common.
  const state = createCurrentState(search, watchPaths(scope.paths), 'loop');
  const chosen = chooseProfile(profile, []);
  const claims = propertiesOf(scope, { property: null, profile: chosen });
  const limits = { states: someStates, memory, stop: () => false };
  try {
    // Of a call that fails, mutated rows change the answer and nothing else.
    const checked = claims.map((property): CheckedProperty => {
      const one = checkedProperty(property, state);
      return one.kind === 'step' ? { ...one, failing: 'skipped' } : one;
    });
    return searchStates(state.system, checked, limits).violations[0]?.property;
  } catch (error) {
    return String(error);
  }
}
