import { explore } from './explore.ts';
import { createJudgement, isGoal, lastAction } from './judgement.ts';
import type { Finding } from './judgement.ts';
import { distanceOf, pathAlong, statesTo } from './path.ts';
import { numbersTo, recallStates } from './recalled-states.ts';
import type {
  Action,
  CheckedProperty,
  Limits,
  Progress,
  SearchResult,
  System,
  Words,
} from './system.types.ts';
import type { SearchLayout } from './visited-set.ts';

const usualLayout: SearchLayout = {
  ...{ indexBits: 16, segmentBits: 16, batch: 128, keeps: 'states' },
  partitionedFrom: 20,
  partitioned: { partBits: 16, waitingBits: 15, distanceBits: 12 },
};

/** A fingerprint is looked for in every table: there should be few. */
const fingerprintLayout: SearchLayout = { ...usualLayout, indexBits: 20, keeps: 'fingerprints' };

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
  layout: Partial<SearchLayout> = {},
): SearchResult {
  const judgement = createJudgement(properties);
  const usual = layout.keeps === 'fingerprints' ? fingerprintLayout : usualLayout;
  const laidOut = { ...usual, ...layout };
  const explored = explore(system, judgement, limits, onProgress, laidOut);
  const { visited, transitions, attempts, depth, taken, limit } = explored;
  const { lossy } = visited;
  const bytes = visited.bytes();
  // A search that is made again needs the room.
  lossy?.release();
  const chainTo = (state: number): readonly Words[] =>
    lossy === undefined
      ? statesTo(system, explored, state)
      : recallStates(system, numbersTo(lossy, state), (catches, stop) =>
          explore(system, catches, { ...limits, stop }, () => undefined, laidOut),
        );
  const pathOf = (property: CheckedProperty, finding: Finding): readonly Action[] =>
    pathAlong(system, chainTo(finding.state), () => lastAction(system, property, finding));
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
    bytes,
    attempts,
    depth,
    omission: lossy?.omission() ?? 0,
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
