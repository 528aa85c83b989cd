import type { Limits, SearchResult, System, Visit, Words } from './system.types.ts';

/**
 * The states that can be reached and what leads from one to another. States that pack to the same words
 * are one state. Transitions by the same action between the same two states are one edge, whatever
 * their arguments.
 */
export interface Graph {
  /** Numbered from 0, the initial one, in the order of a breadth-first search. */
  readonly states: number;
  /** Enabled transitions, self-loops included: as many as a search counts. */
  readonly transitions: number;
  /** The edges of a state are those from firstEdge[state] up to firstEdge[state + 1]. */
  readonly firstEdge: readonly number[];
  /** The action of each edge, as an index into `System.actions`. */
  readonly actions: readonly number[];
  /** The state that each edge leads to. */
  readonly targets: readonly number[];
  /** The state before each state, and the edge between them, on a shortest path; the initial one has itself. */
  readonly parents: readonly number[];
  readonly edgesInto: readonly number[];
  /** The number of the state that packs to these words; undefined if none does. */
  readonly numberOf: (packed: Words) => number | undefined;
}

export type GraphResult =
  | { readonly kind: 'complete'; readonly graph: Graph }
  | { readonly kind: 'limit'; readonly limit: NonNullable<SearchResult['limit']> };

/** `limits.stop` is asked whenever that many more states were expanded. */
const pauseEvery = 1 << 10;

/** More keys than that no Map holds. */
const mostStates = 1 << 24;

/** About what a state takes in the tables and the map besides its words, in bytes, and what an edge takes. */
const bytesPerState = 120;
const bytesPerEdge = 16;

/** Visits the reachable states breadth-first and keeps all that was found. */
export function graphOf(system: System, limits: Limits): GraphResult {
  const { words } = system;
  const numbers = new Map<string, number>();
  const waiting: Words[] = [];
  const [firstEdge, actions, targets]: [number[], number[], number[]] = [[], [], []];
  const [parents, edgesInto]: [number[], number[]] = [[], []];
  const packed = new Uint32Array(words);
  const most = Math.min(limits.states, mostStates);
  let transitions = 0;
  let limit: NonNullable<SearchResult['limit']> | undefined;
  /** The edges of the state that is expanded, by action and target. */
  const known = new Set<number>();
  let state = 0;

  /** The number of the current state, which may be new. */
  function enter(): number {
    system.pack(packed, 0);
    const key = keyOf(packed);
    const found = numbers.get(key);
    if (found !== undefined) return found;
    const number = numbers.size;
    if (number >= most) {
      limit ??= number >= limits.states ? 'states' : 'memory';
      return 0;
    }
    numbers.set(key, number);
    waiting.push(packed.slice());
    parents.push(state);
    edgesInto.push(targets.length);
    return number;
  }

  const visit: Visit = (action) => {
    transitions += 1;
    const target = enter();
    const edge = target * system.actions.length + action;
    if (limit !== undefined || known.has(edge)) return;
    known.add(edge);
    actions.push(action);
    targets.push(target);
  };

  function checkLimits(): void {
    if (state % pauseEvery === 0 && limits.stop()) limit ??= 'stop';
    const bytes = numbers.size * (8 * words + bytesPerState) + targets.length * bytesPerEdge;
    if (bytes > limits.memory) limit ??= 'memory';
  }

  system.reset();
  enter();
  for (; limit === undefined; state += 1) {
    const next = waiting[state];
    if (next === undefined) break;
    checkLimits();
    firstEdge.push(targets.length);
    known.clear();
    system.unpack(next, 0);
    system.expand(visit);
  }
  if (limit !== undefined) return { kind: 'limit', limit };
  firstEdge.push(targets.length);
  const numberOf = (given: Words): number | undefined => numbers.get(keyOf(given));
  const tables = { firstEdge, actions, targets, parents, edgesInto, numberOf };
  return { kind: 'complete', graph: { states: numbers.size, transitions, ...tables } };
}

function keyOf(packed: Words): string {
  return String.fromCharCode(
    ...new Uint16Array(packed.buffer, packed.byteOffset, packed.length * 2),
  );
}
