import { explore } from './explore.ts';
import { createJudgement, isGoal, lastAction } from './judgement.ts';
import type { Finding } from './judgement.ts';
import { distanceOf, pathTo } from './path.ts';
import type {
  Action,
  CheckedProperty,
  Limits,
  Progress,
  SearchResult,
  System,
} from './system.types.ts';
import type { VisitedLayout } from './visited-set.ts';

const usualLayout: VisitedLayout = {
  ...{ indexBits: 16, segmentBits: 16, batch: 128 },
  partitionedFrom: 20,
  partitioned: { partBits: 16, waitingBits: 15, distanceBits: 12 },
};

/**
 * Searches all states that can be reached, breadth-first, for violations of the properties and for
 * states and transitions that meet the goals. Same arguments, same result.
 *
 * A violation ends the search, but only after all others with a path of that length were found; a
 * goal that was not reached until then is not reported. A limit that was hit, though, is reported
 * along with the goals that were not reached so far, and they then fail nothing.
 *
 * @throws Error if the system is not deterministic, as far as that is noticed, or visits an action
 * that it does not name; RangeError if the layout is out of range.
 */
export function search(
  system: System,
  properties: readonly CheckedProperty[],
  limits: Limits,
  onProgress: (progress: Progress) => void = () => undefined,
  layout: Partial<VisitedLayout> = {},
): SearchResult {
  const judgement = createJudgement(properties);
  const explored = explore(system, judgement, limits, onProgress, { ...usualLayout, ...layout });
  const { visited, transitions, attempts, depth, taken, limit } = explored;
  const pathOf = (property: CheckedProperty, finding: Finding): readonly Action[] =>
    pathTo(system, explored, finding.state, () => lastAction(system, property, finding));
  const goals = properties.filter(isGoal);
  const claims = properties.filter((property) => !isGoal(property));
  const violations = claims.flatMap((property) => {
    const finding = judgement.finding(property);
    return finding === undefined
      ? []
      : [{ property: property.id, path: pathOf(property, finding) }];
  });
  const missed = goals.filter((goal) => judgement.finding(goal) === undefined);
  const unreached = violations.length > 0 ? [] : missed.map(({ id }) => id);
  return {
    verdict: verdictOf(violations.length, unreached.length, limit),
    ...(limit === undefined ? {} : { limit }),
    states: visited.count(),
    transitions,
    bytes: visited.bytes(),
    attempts,
    depth,
    taken,
    violations,
    witnesses: goals.flatMap((goal) => {
      const finding = judgement.finding(goal);
      if (finding === undefined) return [];
      const steps = distanceOf(explored, finding.state) + (finding.about === 'state' ? 0 : 1);
      return [{ property: goal.id, steps, path: () => pathOf(goal, finding) }];
    }),
    unreached,
  };
}

function verdictOf(
  violations: number,
  unreached: number,
  limit: SearchResult['limit'],
): SearchResult['verdict'] {
  if (violations > 0) return 'fail';
  if (limit !== undefined) return 'inconclusive';
  return unreached > 0 ? 'fail' : 'pass';
}
