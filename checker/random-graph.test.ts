import { describe, expect, it } from 'vitest';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { SearchResult } from './system.types.ts';
import { noLimits, numbersFrom, tinySystem } from './tiny-system.test-data.ts';
import type { TinyState, TinySystem } from './tiny-system.test-data.ts';

interface Graph {
  readonly nodes: readonly TinyState[];
  readonly successors: readonly (readonly number[])[];
}

/** Nodes differ in few bits, all in one word, so that the hash has to do its work. */
function randomGraph(seed: number, size: number, words: number): Graph {
  const next = numbersFrom(seed);
  const busyWord = next() % words;
  const shift = next() % 12;
  const nodes = Array.from({ length: size }, (_, node) =>
    Array.from({ length: words }, (__, i) => (i === busyWord ? (node << shift) >>> 0 : node & 3)),
  );
  const successors = nodes.map(() => Array.from({ length: 1 + (next() % 3) }, () => next() % size));
  return { nodes, successors };
}

function systemOf({ nodes, successors }: Graph): TinySystem {
  const numbers = new Map(nodes.map((node, number) => [node.join(), number]));
  return tinySystem({
    actions: ['go'],
    initial: nodes[0] ?? [],
    edges: (state) =>
      (successors[numbers.get(state.join()) ?? -1] ?? []).map((to, i) => ({
        action: 0,
        args: [i, 0, 0, 0, 0],
        to: nodes[to] ?? [],
      })),
  });
}

/** The distances from node 0, found the plain way. */
function distances({ successors }: Graph): ReadonlyMap<number, number> {
  const found = new Map([[0, 0]]);
  for (const [node, distance] of found) {
    for (const to of successors[node] ?? []) if (!found.has(to)) found.set(to, distance + 1);
  }
  return found;
}

const layouts = [
  { indexBits: 1, segmentBits: 0, batch: 1 },
  { indexBits: 3, segmentBits: 2, batch: 7 },
  { indexBits: 16, segmentBits: 5, batch: 64 },
  {},
  { indexBits: 1, segmentBits: 0, batch: 1, keeps: 'fingerprints' },
  { indexBits: 3, segmentBits: 2, batch: 7, keeps: 'fingerprints' },
  { keeps: 'fingerprints' },
] as const;

/** A result with its paths found, and without what depends on the layout. */
function plain(result: SearchResult): unknown {
  const witnesses = result.witnesses.map(({ path, ...rest }) => ({ ...rest, path: path() }));
  return { ...result, witnesses, bytes: 0, omission: 0 };
}

function searchAll(graph: Graph, layout: (typeof layouts)[number]): SearchResult {
  const { system, now } = systemOf(graph);
  const goals = graph.nodes.map(
    (node, number) =>
      ({
        kind: 'sometimes',
        id: String(number),
        reached: () => now().join() === node.join(),
      }) as const,
  );
  return search(system, goals, noLimits, undefined, layout);
}

describe.each([1, 2, 3, 4, 5, 6, 7])('in random graphs of states of %i words', (words) => {
  const graph = randomGraph(words, 400, words);
  const expected = distances(graph);
  const result = searchAll(graph, {});

  it('the search finds the states, transitions and depth of a plain search', () => {
    const edges = [...expected.keys()].map((node) => graph.successors[node]?.length ?? 0);
    expect(result.states).toBe(expected.size);
    expect(result.states).toBeGreaterThan(200);
    expect(result.transitions).toBe(edges.reduce((sum, one) => sum + one, 0));
    expect(result.depth).toBe(Math.max(...expected.values()));
  });

  it('every path leads where it should, and none is longer than needed', () => {
    const { system, now } = systemOf(graph);
    for (const { property, steps, path: find } of result.witnesses) {
      const path = find();
      expect(path).toHaveLength(expected.get(Number(property)) ?? -1);
      expect(steps).toBe(path.length);
      replayPath(system, path);
      expect(now()).toEqual(graph.nodes[Number(property)]);
    }
    expect(result.witnesses).toHaveLength(expected.size);
    expect(result.unreached).toHaveLength(400 - expected.size);
  });

  it('the layout of the visited set changes nothing', () => {
    for (const layout of layouts) expect(plain(searchAll(graph, layout))).toEqual(plain(result));
  });
});
