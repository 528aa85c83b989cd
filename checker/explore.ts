import type { Judgement } from './judgement.ts';
import type { Limits, Progress, SearchResult, System, Visit } from './system.types.ts';
import { createLossySet } from './lossy-set.ts';
import { createRecentStates } from './recent-states.ts';
import type { SearchLayout, VisitedSet } from './visited-set.ts';
import { createVisitedSet } from './visited-set.ts';

/** What a search went through, before anything is said about properties. */
export interface Explored {
  readonly visited: VisitedSet;
  readonly transitions: number;
  readonly attempts: number;
  readonly depth: number;
  /** The first state of every level that was reached: levels[d] is as far away as d transitions. */
  readonly levels: readonly number[];
  readonly taken: readonly number[];
  /** The limit that ended the search, if one did. */
  readonly limit: SearchResult['limit'] | undefined;
}

/** `limits.stop` is asked whenever that many more states were judged, from the first on. */
const pauseEvery = 1 << 12;

/**
 * So many states are gone through by one call, and `pauseEvery` is a multiple of it: a loop that never ends
 * is compiled while it runs, several times and with all that it calls.
 */
const stretch = 1 << 6;

/** `onProgress` is told whenever that many more states were judged. */
const progressEvery = 1 << 14;

/**
 * Visits the reachable states breadth-first, in an order that depends on the system only, and has
 * `judgement` judge them. A state is judged right before it is expanded, when it is current anyway.
 *
 * Once a violation is known, the search goes on to the end of its level only: to the last state
 * that is as far from the initial state as the shortest violation's path is long.
 *
 * @throws Error if the system visits an action that it does not name.
 */
export function explore(
  system: System,
  judgement: Judgement,
  limits: Limits,
  onProgress: (progress: Progress) => void,
  layout: SearchLayout,
): Explored {
  const visited = visitedBy(system, limits, layout);
  const { batch, lossy } = visited;
  const parents = lossy?.batchParents;
  const recent = createRecentStates(system.words);
  const recentAsTheyAre = createRecentStates(system.words);
  const { words } = system;
  const taken = new Float64Array(system.actions.length);
  let limit: SearchResult['limit'] | undefined;
  let waiting = 0;
  let transitions = 0;
  let attempts = 0;
  let state = 0;
  let depth = 0;
  let levelEnd = 0;
  const levels = [0];
  let lastDepth = Infinity;

  function flush(): void {
    visited.add(waiting);
    limit ??= visited.limit();
    waiting = 0;
  }

  const visit: Visit = (action) => {
    taken[action] = (taken[action] ?? 0) + 1;
    transitions += 1;
    const at = waiting * words;
    if (system.packAsIs !== undefined) {
      // What was met as it is need not be brought into the form in which it counts.
      system.packAsIs(batch, at);
      if (recentAsTheyAre.isRecent(batch, at)) return;
    }
    system.pack(batch, at);
    // What is looked up part by part costs no more than to remember it.
    if (!visited.isPartitioned()) {
      if (recent.isRecent(batch, at)) return;
      visited.noteHash(waiting, recent.hash());
    }
    if (parents !== undefined) parents[waiting] = state;
    waiting += 1;
    if (waiting === layout.batch) flush();
  };

  /** A transition whose successor was looked up just now. */
  const repeat: Visit = (action) => {
    taken[action] = (taken[action] ?? 0) + 1;
    transitions += 1;
  };

  const repeatAndJudge: Visit = (action, a, b, c, d, e) => {
    judgement.judgeStep(state, action, a, b, c, d, e);
    repeat(action, a, b, c, d, e);
  };

  const visitAndJudge: Visit = (action, a, b, c, d, e) => {
    judgement.judgeStep(state, action, a, b, c, d, e);
    visit(action, a, b, c, d, e);
  };

  const judgeFailure: Visit = (action, a, b, c, d, e) => {
    judgement.judgeFailure(state, action, a, b, c, d, e);
  };

  function expand(): void {
    if (!judgement.judgesSteps()) {
      if (system.expandUnasked === undefined) system.expand(visit, repeat);
      else system.expandUnasked(visit, repeat);
      return;
    }
    const violatedBefore = judgement.violated();
    judgement.before();
    system.expand(visitAndJudge, repeatAndJudge);
    judgement.after(state);
    const { failures } = judgement;
    if (failures !== 'none') attempts += system.attempt(judgeFailure, failures);
    if (judgement.violated() > violatedBefore) lastDepth = depth + 1;
  }

  function judgeState(): void {
    const violatedBefore = judgement.violated();
    judgement.examine(state);
    if (judgement.violated() > violatedBefore) lastDepth = depth;
  }

  function pause(): void {
    if (limits.stop()) limit ??= 'stop';
    lossy?.forget(state);
    if (state % progressEvery !== 0 || state === 0) return;
    const states = visited.count();
    onProgress({ states, transitions, depth, frontier: states - state, memory: visited.bytes() });
  }

  function goThrough(end: number): void {
    for (; state < end && limit === undefined; state += 1) {
      system.unpack(visited.segment(state), visited.offset(state));
      judgeState();
      if (depth < lastDepth) expand();
    }
  }

  function goThroughLevel(): void {
    while (state < levelEnd && limit === undefined) {
      if (state % pauseEvery === 0) pause();
      goThrough(Math.min(levelEnd, state - (state % stretch) + stretch));
    }
    flush();
    visited.settle();
    limit ??= visited.limit();
  }

  system.reset();
  system.pack(batch, 0);
  waiting = 1;
  flush();
  for (;;) {
    levelEnd = visited.count();
    goThroughLevel();
    if (limit !== undefined || depth === lastDepth || visited.count() === levelEnd) break;
    depth += 1;
    levels.push(levelEnd);
  }
  if (visited.count() > levelEnd) levels.push(levelEnd);
  if (taken.reduce((sum, one) => sum + one, 0) !== transitions) {
    throw new Error('the system visits an action that it does not name');
  }
  const deepest = levels.length - 1;
  return { visited, transitions, attempts, depth: deepest, levels, taken: [...taken], limit };
}

const visitedBy = (
  { words, widths }: Pick<System, 'words' | 'widths'>,
  limits: Limits,
  layout: SearchLayout,
): VisitedSet =>
  layout.keeps === 'states'
    ? createVisitedSet(words, limits, layout, widths)
    : createLossySet(words, limits, layout);
