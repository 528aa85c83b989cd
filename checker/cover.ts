import { graphOf } from './graph.ts';
import type { Graph } from './graph.ts';
import type { Action, Limits, SearchResult, System } from './system.types.ts';
import { coveringWalks } from './walks.ts';
import type { Walk } from './walks.ts';

/** Paths that together take every edge of the graph of a system (graph.ts). */
export interface Cover {
  readonly states: number;
  /** Enabled transitions, as many as a search counts. */
  readonly transitions: number;
  /** Transitions that differ in their action or in one of their two states. */
  readonly edges: number;
  /** The paths, each from the initial state on; found when they are asked for. */
  readonly paths: Iterable<readonly Action[]>;
}

export type CoverResult =
  | { readonly kind: 'complete'; readonly cover: Cover }
  | { readonly kind: 'limit'; readonly limit: NonNullable<SearchResult['limit']> };

/**
 * Finds paths that lead from every reachable state by every action to every state that this action leads
 * to. Same arguments, same paths. None is longer than `length`, but where what it is for is farther away.
 *
 * A state may stand for others: a path goes through those that are met when it is followed from the
 * initial state on, and takes the first transition that is by the right action and leads where it is to.
 */
export function cover(system: System, limits: Limits, length: number): CoverResult {
  const result = graphOf(system, limits);
  if (result.kind === 'limit') return result;
  const { graph } = result;
  const { states, transitions, targets } = graph;
  const paths = { [Symbol.iterator]: () => coveringPaths(system, graph, length) };
  return { kind: 'complete', cover: { states, transitions, edges: targets.length, paths } };
}

function* coveringPaths(
  system: System,
  graph: Graph,
  length: number,
): Generator<readonly Action[], void, void> {
  for (const walk of coveringWalks(graph, length)) yield pathAlong(system, graph, walk);
}

/**
 * The labels of a walk's transitions.
 * @throws Error if states that count as one behave differently.
 */
function pathAlong(system: System, graph: Graph, walk: Walk): readonly Action[] {
  const [packed, next] = [new Uint32Array(system.words), new Uint32Array(system.words)];
  system.reset();
  return walk.map((edge) => {
    const [wanted, target] = [graph.actions[edge], graph.targets[edge]];
    let found: Action | undefined;
    system.expand((action, ...args) => {
      if (found !== undefined || action !== wanted) return;
      system.pack(packed, 0);
      if (graph.numberOf(packed) !== target) return;
      found = { action, args };
      if (system.packAsIs === undefined) next.set(packed);
      else system.packAsIs(next, 0);
    });
    if (found === undefined) throw new Error('states that count as one behave differently');
    system.unpack(next, 0);
    return found;
  });
}
