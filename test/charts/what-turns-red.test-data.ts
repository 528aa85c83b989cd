/** Searches of small worlds whose charts are flipped, and what notices it first. */
import { search as searchStates } from '../../checker/index.ts';
import type { CheckedProperty, SearchResult } from '../../checker/index.ts';
import { checkedGoal, checkedProperty } from '../../cli/verify/claims.ts';
import { createCurrentState } from '../../cli/verify/current-state.ts';
import { charts as own, createSearch, type Charts } from '../../model/index.ts';
import { goals, properties, standsUnder, watchPaths } from '../../properties/index.ts';
import type { SmallWorld } from './small-worlds.test-data.ts';
import { stateClaims } from './state-claims.test-data.ts';

/** What a search is to judge: the catalogue's properties and goals, the state itself, or nothing. */
export type Claims = 'catalogue' | 'state' | 'none';

/** A search that came to its end, or the words in which a chart refused an event on its way. */
export type Searched = { readonly result: SearchResult } | { readonly refusal: string };

const refused = /^a \S+ that is \S+ meets \S+$/;

/** More than any of the worlds needs. */
const stateLimit = 50_000;
const memoryLimit = 200_000_000;

/** @throws on anything but a chart's refusal, and on a world that is too large. */
export function searchWorld(world: SmallWorld, charts: Charts, claims: Claims): Searched {
  try {
    const result = searchOf(world, charts, claims);
    if (result.limit !== undefined) throw new Error(`${world.name} hit the limit ${result.limit}`);
    return { result };
  } catch (error) {
    if (error instanceof Error && refused.test(error.message)) return { refusal: error.message };
    throw error;
  }
}

function searchOf(world: SmallWorld, charts: Charts, claims: Claims): SearchResult {
  const options = { ...world, charts };
  const search = createSearch(options);
  const watch = watchPaths(world.paths);
  const state = createCurrentState(search, watch, 'drivers');
  const judged: Readonly<Record<Claims, () => readonly CheckedProperty[]>> = {
    catalogue: () => [
      ...properties
        // A call that fails moves no chart, and trying all of them takes the most time.
        .filter((one) => standsUnder(one, world.switches) && !judgesFailures(one))
        // Without a call that ends a process, nothing leads to where all have ended.
        .filter(({ kind }) => kind !== 'leads-to' || world.calls.includes('exit_group'))
        .map((one) => checkedProperty(one, state)),
      ...goals
        .filter((one) => standsUnder(one, world.switches))
        .map((one) => checkedGoal(one, state, watch)),
    ],
    state: () => stateClaims(search, options, state),
    none: () => [],
  };
  return searchStates(state.system, judged[claims](), {
    states: stateLimit,
    memory: memoryLimit,
    stop: () => false,
  });
}

const judgesFailures = (property: (typeof properties)[number]): boolean =>
  property.kind === 'step' && property.failing !== 'skipped';

/** What noticed a flip: properties or goals of the catalogue, a chart, claims about the state. */
export interface Red {
  readonly by: 'property' | 'goal' | 'chart' | 'state' | 'nothing';
  /** The ids of what is violated or not reached any more, or what the chart said. */
  readonly what: readonly string[];
}

/** The goals that each world reaches with the specification's own charts. */
export function reachedGoals(
  worlds: readonly SmallWorld[],
): ReadonlyMap<SmallWorld, readonly string[]> {
  return new Map(
    worlds.map((world) => {
      const searched = searchWorld(world, own, 'catalogue');
      const witnesses = 'result' in searched ? searched.result.witnesses : [];
      return [world, witnesses.map(({ property }) => property)];
    }),
  );
}

/**
 * What notices that the charts are flipped, in any of these worlds: a property if one does, else a
 * goal, else a chart that refuses an event, else a claim about the state.
 */
export function whatTurnsRed(
  worlds: readonly SmallWorld[],
  reached: ReadonlyMap<SmallWorld, readonly string[]>,
  charts: Charts,
): Red {
  const found: Red[] = [];
  for (const world of worlds) {
    const red = catalogueRed(searchWorld(world, charts, 'catalogue'), reached.get(world) ?? []);
    if (red.by === 'property') return red;
    found.push(red);
  }
  const noticed = first(found, 'goal') ?? first(found, 'chart');
  if (noticed !== undefined) return noticed;
  for (const world of worlds) {
    const searched = searchWorld(world, charts, 'state');
    const violated = 'result' in searched ? searched.result.violations : [];
    if (violated.length > 0) return { by: 'state', what: violated.map(({ property }) => property) };
  }
  return { by: 'nothing', what: [] };
}

const first = (found: readonly Red[], by: Red['by']): Red | undefined =>
  found.find((red) => red.by === by);

function catalogueRed(searched: Searched, reached: readonly string[]): Red {
  if ('refusal' in searched) return { by: 'chart', what: [searched.refusal] };
  const { violations, unreached } = searched.result;
  if (violations.length > 0) return { by: 'property', what: violations.map((one) => one.property) };
  const missed = unreached.filter((goal) => reached.includes(goal));
  return missed.length > 0 ? { by: 'goal', what: missed } : { by: 'nothing', what: [] };
}
