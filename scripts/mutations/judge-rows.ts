/** Judges mutations of rows: by every judge in turn, and what is left by comparing the named scopes. */
import type { ProfileName } from '../../model/index.ts';
import { scopes } from '../../properties/index.ts';
import { askInTurn, type NoticedBy } from './ask-in-turn.ts';
import { compareIn } from './compare-scope.ts';
import { createComparisons, type Comparisons } from './comparisons.ts';
import { corpusJudge } from './corpus.ts';
import type { JudgeOptions } from './judge-options.types.ts';
import type { Judged, PendingRows, RowMutation } from './mutation.types.ts';
import { pairRowJudge } from './pair-calls.ts';
import { violated } from './properties.ts';
import { randomRowJudge } from './random-runs.ts';

export function judgeRows(
  mutations: readonly RowMutation[],
  options: JudgeOptions,
): readonly Judged[] {
  const noticed: NoticedBy = new Map();
  const pendingIn = (profile: ProfileName): PendingRows =>
    new Map(
      mutations
        .filter((one) => one.profiles.includes(profile) && !noticed.has(one.name))
        .map(({ name, call }) => [name, call]),
    );
  askInTurn(
    [
      ['corpus', corpusJudge(options.cases)],
      ['pair calls', pairRowJudge],
      ['random runs', randomRowJudge],
    ],
    options,
    pendingIn,
    noticed,
  );
  const compared = compareScopes(options, pendingIn, noticed);
  return mutations.map((mutation) => ({
    mutation,
    end: noticed.get(mutation.name) ?? compared.endOf(mutation.name),
  }));
}

/** Where a mutation lets a call succeed, the properties are asked as well: the last judge. */
function compareScopes(
  { profiles, most, progress }: JudgeOptions,
  pendingIn: (profile: ProfileName) => PendingRows,
  noticed: NoticedBy,
): Comparisons {
  const compared = createComparisons();
  for (const profile of profiles) {
    // What was told apart under a newer kernel is not looked for again.
    const before = new Set([...pendingIn(profile).keys()].filter((name) => compared.isShown(name)));
    for (const scope of scopes) {
      const pending = new Set([...pendingIn(profile).keys()].filter((name) => !before.has(name)));
      if (pending.size === 0) break;
      progress(`${scope.name} under ${profile}: ${pending.size} left`);
      const found = compareIn(scope, profile, pending, most);
      compared.add(scope.name, found);
      for (const name of found.succeeds.keys()) {
        const red = violated(scope, profile, name);
        const by = `${profile}: ${scope.name}: ${red ?? ''}`;
        if (red !== undefined) noticed.set(name, { judge: 'properties', by });
      }
    }
  }
  return compared;
}
