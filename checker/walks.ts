import type { Graph } from './graph.ts';

/** The edges of a graph that a walk takes one after the other, from the initial state on. */
export type Walk = readonly number[];

/** A walk goes so far along edges that are taken already to one that is not; else it ends. */
const longestDetour = 4;

/**
 * Walks that together take every edge of a graph. Same graph, same walks. None is longer than `length`,
 * but where the edge that it is for is farther away than that.
 *
 * States are gone through in the order in which they were found. A walk takes a shortest path to a state
 * with an edge that none took before, and goes on from there along such edges for as long as it can. To
 * begin far away instead takes up to a sixth more steps: those walks soon end where all is taken.
 */
export function* coveringWalks(graph: Graph, length: number): Generator<Walk, void, void> {
  const open = createOpenEdges(graph);
  for (let state = 0; state < graph.states; state += 1) {
    const way = wayTo(graph, state);
    while (open.left(state) > 0) yield walkBy(graph, open, way, Math.max(length, way.length + 1));
  }
}

/** A number of a list; none is asked for beyond its end. */
const numberAt = (list: ArrayLike<number>, at: number): number => list[at] ?? 0;

/** The edges that no walk takes yet. */
interface OpenEdges {
  /** How many a state has. */
  readonly left: (state: number) => number;
  /** Which to take from a state; undefined if it has none left. */
  readonly next: (state: number) => number | undefined;
  /** Takes an edge of a state. */
  readonly close: (state: number, edge: number) => void;
}

function createOpenEdges({ states, firstEdge, targets }: Graph): OpenEdges {
  const closed = new Uint8Array(targets.length);
  const counts = Uint32Array.from(
    { length: states },
    (_, state) => numberAt(firstEdge, state + 1) - numberAt(firstEdge, state),
  );
  const left = (state: number): number => numberAt(counts, state);

  /** Loops come first, and last what leads to where nothing is left: better the end of another walk. */
  function rank(state: number, edge: number): number {
    const target = numberAt(targets, edge);
    if (target === state) return 2;
    return left(target) > 0 ? 1 : 0;
  }

  return {
    left,
    next(state) {
      if (left(state) === 0) return undefined;
      const end = numberAt(firstEdge, state + 1);
      let best: number | undefined;
      for (let edge = numberAt(firstEdge, state); edge < end; edge += 1) {
        if (closed[edge] === 1) continue;
        if (best === undefined || rank(state, edge) > rank(state, best)) best = edge;
      }
      return best;
    },
    close(state, edge) {
      if (closed[edge] === 1) return;
      closed[edge] = 1;
      counts[state] = left(state) - 1;
    },
  };
}

/** The edges of a shortest path to a state. */
function wayTo({ parents, edgesInto }: Graph, state: number): Walk {
  const way: number[] = [];
  for (let at = state; at > 0; at = numberAt(parents, at)) way.push(numberAt(edgesInto, at));
  return way.reverse();
}

/** Goes the way, and from where it leads on along open edges. */
function walkBy(graph: Graph, open: OpenEdges, way: Walk, length: number): Walk {
  const walk: number[] = [];
  let at = 0;
  const take = (edge: number): void => {
    open.close(at, edge);
    walk.push(edge);
    at = numberAt(graph.targets, edge);
  };

  way.forEach(take);
  while (walk.length < length) {
    const next = open.next(at);
    if (next !== undefined) {
      take(next);
      continue;
    }
    const detour = detourFrom(graph, open, at, Math.min(longestDetour, length - walk.length - 1));
    if (detour.length === 0) break;
    detour.forEach(take);
  }
  return walk;
}

/** A shortest path to a state with open edges, of at most so many edges; empty if there is none. */
function detourFrom(graph: Graph, open: OpenEdges, from: number, most: number): Walk {
  const ways = new Map<number, Walk>([[from, []]]);
  for (const [state, way] of ways) {
    if (way.length >= most) return [];
    const end = numberAt(graph.firstEdge, state + 1);
    for (let edge = numberAt(graph.firstEdge, state); edge < end; edge += 1) {
      const target = numberAt(graph.targets, edge);
      if (ways.has(target)) continue;
      if (open.left(target) > 0) return [...way, edge];
      ways.set(target, [...way, edge]);
    }
  }
  return [];
}
