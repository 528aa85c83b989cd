/** Judges flipped transitions, as rows are judged; the charts are the same under every profile. */
import { charts } from '../../model/index.ts';
import { scopes } from '../../properties/index.ts';
import { flippedCharts } from '../../test/charts/flipped-chart.test-data.ts';
import { worldsOfChart } from '../../test/charts/small-worlds.test-data.ts';
import { reachedGoals, whatTurnsRed } from '../../test/charts/what-turns-red.test-data.ts';
import { askInTurn, type NoticedBy } from './ask-in-turn.ts';
import { compareFlips } from './compare-flips.ts';
import { corpusFlipJudge } from './corpus.ts';
import type { JudgeOptions } from './judge-options.types.ts';
import type { Compared, FlipMutation, Judged } from './mutation.types.ts';
import { pairFlipJudge } from './pair-calls.ts';
import { randomFlipJudge } from './random-runs.ts';

export function judgeFlips(
  mutations: readonly FlipMutation[],
  options: JudgeOptions,
): readonly Judged[] {
  const noticed: NoticedBy = new Map();
  const pending = (): readonly FlipMutation[] => mutations.filter(({ name }) => !noticed.has(name));
  askInTurn(
    [
      ['corpus', corpusFlipJudge(options.cases)],
      ['pair calls', pairFlipJudge],
      ['random runs', randomFlipJudge],
    ],
    options,
    pending,
    noticed,
  );
  for (const [name, by] of redInSmallWorlds(pending(), options)) {
    noticed.set(name, { judge: 'properties', by });
  }
  const ends = comparedInScopes(pending(), options);
  return mutations.map((mutation) => ({
    mutation,
    end: noticed.get(mutation.name) ?? ends(mutation.name),
  }));
}

/** The worlds of a chart take each of its transitions, which makes them better than the named scopes. */
function redInSmallWorlds(
  pending: readonly FlipMutation[],
  { progress }: JudgeOptions,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const chart of new Set(pending.map(({ flip }) => flip.chart))) {
    progress(`small worlds of the ${chart} chart`);
    const worlds = worldsOfChart[chart];
    const reached = reachedGoals(worlds);
    for (const { name, flip } of pending.filter((one) => one.flip.chart === chart)) {
      const { by, what } = whatTurnsRed(worlds, reached, flippedCharts(charts, flip));
      if (by !== 'nothing') found.set(name, `${by}: ${what.join(', ')}`);
    }
  }
  return found;
}

function comparedInScopes(
  pending: readonly FlipMutation[],
  { profiles, most, progress }: JudgeOptions,
): (name: string) => Compared {
  const differs = new Map<string, string>();
  let states = 0;
  let bounded = 0;
  for (const profile of profiles) {
    for (const scope of scopes) {
      const left = pending.filter(({ name }) => !differs.has(name));
      if (left.length === 0) break;
      progress(`${scope.name}, ${profile}: ${left.length} flips left`);
      const found = compareFlips(scope, profile, left, most);
      for (const [name, how] of found.differs) differs.set(name, how);
      states += found.states;
      if (found.ended === 'bounded') bounded++;
    }
  }
  return (name) => {
    const how = differs.get(name);
    if (how !== undefined) return { kind: 'differs', how };
    return { kind: 'equivalent', scopes: scopes.map((scope) => scope.name), states, bounded };
  };
}
