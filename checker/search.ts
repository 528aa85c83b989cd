import { explore } from './explore.ts';
import type { Explored } from './explore.ts';
import { createJudgement, isGoal } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import { pathTo } from './path.ts';
import type {
  CheckedProperty,
  Limits,
  Progress,
  SearchResult,
  System,
  Violation,
} from './system.types.ts';
import type { VisitedLayout } from './visited-set.ts';

const usualLayout: VisitedLayout = { indexBits: 16, segmentBits: 16, batch: 128 };

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
  const goals = properties.filter(isGoal);
  const claims = properties.filter((property) => !isGoal(property));
  const violations = pathsTo(system, claims, judgement, explored);
  const missed = goals.filter((goal) => judgement.finding(goal) === undefined);
  const unreached = violations.length > 0 ? [] : missed.map(({ id }) => id);
  return {
    verdict: verdictOf(violations.length, unreached.length, limit),
    ...(limit === undefined ? {} : { limit }),
    states: visited.count(),
    transitions,
    attempts,
    depth,
    taken,
    violations,
    witnesses: pathsTo(system, goals, judgement, explored),
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

function pathsTo(
  system: System,
  properties: readonly CheckedProperty[],
  judgement: Judgement,
  { visited }: Explored,
): readonly Violation[] {
  return properties.flatMap((property) => {
    const finding = judgement.finding(property);
    if (finding === undefined) return [];
    const path = [...pathTo(system, visited, finding.state), ...finding.last];
    return [{ property: property.id, path }];
  });
}
