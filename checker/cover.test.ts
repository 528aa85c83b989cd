import { describe, expect, it } from 'vitest';
import { cover } from './cover.ts';
import type { Cover } from './cover.ts';
import { replayPath } from './path.ts';
import { search } from './search.ts';
import type { Action, System } from './system.types.ts';
import { counters, noArgs, noLimits, numbersFrom, tinySystem } from './tiny-system.test-data.ts';
import type { TinySystem } from './tiny-system.test-data.ts';

type Paths = readonly (readonly Action[])[];

const usualLength = 20;

function coverOf(system: System, length = usualLength): Cover {
  const result = cover(system, noLimits, length);
  if (result.kind === 'limit') throw new Error(`the limit on ${result.limit} was hit`);
  return result.cover;
}

const pathsOf = (system: System, length?: number): Paths => [...coverOf(system, length).paths];

function packedText(system: System): string {
  const words = new Uint32Array(system.words);
  system.pack(words, 0);
  return words.join();
}

const edge = (from: string, action: number, to: string): string => `${from} by ${action} to ${to}`;

/** What leads from where to where, found the plain way. */
function edgesOf(system: System): ReadonlySet<string> {
  system.reset();
  const found = new Set([packedText(system)]);
  const edges = new Set<string>();
  for (const from of found) {
    system.unpack(Uint32Array.from(from.split(','), Number), 0);
    system.expand((action) => {
      const to = packedText(system);
      found.add(to);
      edges.add(edge(from, action, to));
    });
  }
  return edges;
}

/** What the paths take when they are followed. */
function edgesAlong(system: System, paths: Paths): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const path of paths) {
    system.reset();
    let from = packedText(system);
    replayPath(system, path, (place) => {
      const to = packedText(system);
      taken.add(edge(from, path[place]?.action ?? -1, to));
      from = to;
    });
  }
  return taken;
}

/** States of three words, with one to three transitions each, by two actions. */
function randomSystem(seed: number, size: number): System {
  const next = numbersFrom(seed);
  const edges = Array.from({ length: size }, () =>
    Array.from({ length: 1 + (next() % 3) }, (_, i) => ({
      action: next() % 2,
      args: [i, 0, 0, 0, 0] as const,
      to: [next() % size, 7, 7],
    })),
  );
  const { system } = tinySystem({
    actions: ['come', 'go'],
    initial: [0, 7, 7],
    edges: ([at = 0]) => edges[at] ?? [],
  });
  return system;
}

/** Two counters, of which it does not matter which is which. */
function exchangeable({ system }: TinySystem): System {
  return {
    ...system,
    pack(into, at) {
      system.pack(into, at);
      into.subarray(at, at + system.words).sort();
    },
    packAsIs(into, at) {
      system.pack(into, at);
    },
  };
}

describe('covering paths', () => {
  it.each([1, 2, 3, 4, 5])('take every edge of random graph %i, and nothing else', (seed) => {
    const system = randomSystem(seed, 60);
    const edges = edgesOf(system);
    expect(edges.size).toBeGreaterThan(60);
    expect(edgesAlong(system, pathsOf(system))).toEqual(edges);
    expect(coverOf(system).edges).toBe(edges.size);
  });

  it('are for as many states and transitions as a search counts', () => {
    const system = randomSystem(1, 60);
    const { states, transitions } = search(system, [], noLimits);
    expect(coverOf(system)).toMatchObject({ states, transitions });
  });

  it('are the same every time', () => {
    expect(pathsOf(randomSystem(6, 60))).toEqual(pathsOf(randomSystem(6, 60)));
  });

  it('go through the states that they meet where a state stands for others', () => {
    const system = exchangeable(counters([3, 3]));
    const edges = edgesOf(system);
    expect(coverOf(system)).toMatchObject({ states: 6, transitions: 12 });
    expect(edgesAlong(system, pathsOf(system))).toEqual(edges);
  });

  it('take a transition once for all arguments that lead to the same state', () => {
    const { system } = tinySystem({
      actions: ['go'],
      initial: [0],
      edges: ([at = 0]) =>
        at === 1 ? [] : [0, 1, 2].map((a) => ({ action: 0, args: [a, 0, 0, 0, 0], to: [1] })),
    });
    expect(coverOf(system)).toMatchObject({ transitions: 3, edges: 1 });
    expect(pathsOf(system)).toEqual([[{ action: 0, args: noArgs }]]);
  });

  it('take what leads back to the same state in passing', () => {
    const { system } = tinySystem({
      actions: ['go', 'look', 'listen'],
      initial: [0],
      edges: ([at = 0]) => [
        ...(at < 3 ? [{ action: 0, to: [at + 1] }] : []),
        { action: 1, to: [at] },
        { action: 2, to: [at] },
      ],
    });
    const names = pathsOf(system).map((path) => path.map(({ action }) => action));
    expect(names).toEqual([[1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]]);
  });

  it('go back to what they left aside if that is not far', () => {
    const { system } = counters([2, 2, 2]);
    expect(pathsOf(system, 100)).toHaveLength(1);
  });

  it('are none if nothing can be done', () => {
    const { system } = tinySystem({ actions: ['go'], initial: [0], edges: () => [] });
    expect(coverOf(system)).toMatchObject({ states: 1, transitions: 0, edges: 0 });
    expect(pathsOf(system)).toEqual([]);
  });
});

describe('the length of covering paths', () => {
  it('is what was asked for at most', () => {
    const system = randomSystem(2, 60);
    const lengths = pathsOf(system, 16).map((path) => path.length);
    expect(Math.max(...lengths)).toBe(16);
    expect(edgesAlong(system, pathsOf(system, 16))).toEqual(edgesOf(system));
  });

  it('is more where it takes more to get there', () => {
    const { system } = counters([10]);
    const lengths = pathsOf(system, 4).map((path) => path.length);
    expect(lengths).toEqual([4, 5, 6, 7, 8, 9, 10]);
    expect(edgesAlong(system, pathsOf(system, 4))).toEqual(edgesOf(system));
  });
});

describe('a cover', () => {
  it.each([
    ['states', { ...noLimits, states: 59 }],
    ['memory', { ...noLimits, memory: 1000 }],
    ['stop', { ...noLimits, stop: (): boolean => true }],
  ] as const)('is given up at the limit on %s', (limit, limits) => {
    expect(cover(counters([60]).system, limits, usualLength)).toEqual({ kind: 'limit', limit });
  });

  it('is found where a limit is just not hit', () => {
    const result = cover(counters([60]).system, { ...noLimits, states: 60 }, usualLength);
    expect(result.kind).toBe('complete');
  });

  it('cannot be found where states count as one that behave differently', () => {
    const { system } = tinySystem({
      actions: ['go', 'leave'],
      initial: [0, 0],
      edges: ([at = 0, other = 0]) =>
        at === 0
          ? [{ action: 0, to: [1, 1] }]
          : other === 0
            ? [{ action: 1, to: [2, 0] }]
            : [{ action: 0, to: [3, 0] }],
    });
    const careless: System = {
      ...system,
      // Forgets the second word, and unpacks to a state that is not the one that was met.
      pack(into, at) {
        system.pack(into, at);
        into[at + 1] = 0;
      },
      packAsIs(into, at) {
        system.pack(into, at);
      },
    };
    expect(() => pathsOf(careless)).toThrow('states that count as one behave differently');
  });
});
