import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSearch } from '../../model/index.ts';
import type { InternalAction, Search } from '../../model/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import type { Outcome, Step } from '../../model/vocabulary/index.ts';
import { scopeByName } from '../../properties/index.ts';
import type { Scope } from '../../properties/index.ts';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { parseTrace, printTrace } from '../../traces/index.ts';
import { chooseProfile } from '../selection.ts';
import { coveringTraces, emitTraces } from './emit-traces.ts';
import type { SearchJob } from './job.types.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** With a release that comes later, and two of everything that can be exchanged. */
const releases: Scope = {
  name: 'releases',
  title: 'Two processes, a map, a program that uses it.',
  bounds: {
    ...{ processes: 2, descriptors: 2, descriptions: 2, objects: 2, elements: 0 },
    ...{ superblocks: 1, inodes: 2, dentries: 2, mounts: 1, namespaces: 1 },
  },
  host: ['/a/'],
  paths: ['/a', '/a/x', '/a/y'],
  calls: ['BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'BPF_OBJ_PIN', 'close', 'fork', 'kill', 'mount'],
  properties: [],
  goals: [],
};

const options = { engine: 'drivers', symmetry: 'on', maxStates: 100_000, maxMemory: 1e9 } as const;

type Edge = string;
const edge = (from: string, action: number, to: string): Edge => `${from} by ${action} to ${to}`;

function packedText(search: Search): string {
  const words = new Uint32Array(search.words);
  search.pack(words, 0);
  return words.join();
}

/** All transitions that a search enumerates, the ones that repeat a successor too. */
function edgesOf(search: Search): ReadonlySet<Edge> {
  search.reset();
  const edges = new Set<Edge>();
  const found = new Set([packedText(search)]);
  for (const from of found) {
    search.unpack(Uint32Array.from(from.split(','), Number), 0);
    search.expandByLoop((action) => {
      const to = packedText(search);
      found.add(to);
      edges.add(edge(from, action, to));
    });
  }
  return edges;
}

/** What a trace says that happened: a call with its outcome, or an effect that a comment names. */
type Happened = { readonly step: Step; readonly outcome?: Outcome } | InternalAction;

function effectOf(comment: string): Happened {
  const [, name = '', object = ''] = /^(\S+) of (?:object|instance) (\d+)$/.exec(comment) ?? [];
  return { name: name as InternalAction['name'], object: Number(object) };
}

function readBack(text: string): readonly Happened[] {
  const parsed = parseTrace(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { events, closing = [] } = parsed.trace;
  return [
    ...events.flatMap(({ step, outcome, comments = [] }): readonly Happened[] => [
      ...comments.map(effectOf),
      outcome === undefined ? { step } : { step, outcome },
    ]),
    ...closing.map(effectOf),
  ];
}

/** Takes the transition that is said to have happened, and returns it. */
function follow(search: Search, happened: Happened): Edge {
  const from = packedText(search);
  const wanted = JSON.stringify('step' in happened ? happened.step : happened);
  const next = new Uint32Array(search.words);
  let taken: Edge | undefined;
  search.expandByLoop((action, ...args) => {
    if (taken !== undefined || JSON.stringify(search.label(action, args)) !== wanted) return;
    if ('step' in happened) {
      expect(happened.outcome).toSatisfy(
        (told?: Outcome) => told !== undefined && sameOutcome(told, search.outcome()),
      );
    }
    search.packAsIs(next, 0);
    taken = edge(from, action, packedText(search));
  });
  if (taken === undefined) throw new Error(`not possible here: ${wanted}`);
  search.unpack(next, 0);
  return taken;
}

function edgesAlong(search: Search, texts: readonly string[]): ReadonlySet<Edge> {
  const taken = new Set<Edge>();
  for (const text of texts) {
    search.reset();
    for (const happened of readBack(text)) taken.add(follow(search, happened));
  }
  return taken;
}

function textsOf(scope: Scope, profile: SearchJob['profile']): readonly string[] {
  const covering = coveringTraces({ ...options, scope, profile }, () => null);
  if (covering.kind === 'limit') throw new Error(`the limit on ${covering.limit} was hit`);
  return Array.from(covering.traces, printTrace);
}

const scopeNamed = (name: string): Scope => {
  const scope = scopeByName(name);
  if (scope === undefined) throw new Error(`no scope is called ${name}`);
  return scope;
};

describe('traces that are read again and followed', () => {
  it.each([
    ['releases', 'linux-6.18', releases],
    ['releases', 'linux-6.1', releases],
    ['singleton', 'linux-6.18', scopeNamed('singleton')],
  ] as const)('take every transition of %s under %s, and no other', (_, name, scope) => {
    const profile = chooseProfile(name, []);
    const search = createSearch({ switches: profile.switches, ...scope }, 'symmetry');
    const edges = edgesOf(search);
    expect(edges.size).toBeGreaterThan(400);
    expect(edgesAlong(search, textsOf(scope, profile))).toEqual(edges);
  });

  it('tell of deferred effects in comments', () => {
    const texts = textsOf(releases, chooseProfile('linux-6.18', []));
    expect(texts.join('')).toContain('\n# release-map of object 2\n');
  });
});

describe('a folder of traces', () => {
  const job: SearchJob = {
    ...options,
    scope: 'singleton',
    profile: chooseProfile('linux-6.18', []),
    property: null,
    lossy: 'off',
    coverage: 'off',
    deadline: null,
  };
  const filesIn = (place: string): readonly string[] =>
    readdirSync(place).map((name) => `${name}\n${readFileSync(join(place, name), 'utf8')}`);

  it('has files with numbers, and the same bytes every time, with either engine', () => {
    const [one, other] = [join(folder.path, 'one'), join(folder.path, 'deep', 'other')];
    const report = emitTraces(job, one, () => null);
    expect(emitTraces({ ...job, engine: 'loop' }, other, () => null)).toEqual(report);
    const files = filesIn(one);
    expect(filesIn(other)).toEqual(files);
    expect(files[0]).toMatch(
      /^000001\.trace\n#: title: every transition of singleton under linux-6\.18, trace 1\n/,
    );
    expect(report).toMatchObject({ kind: 'complete', traces: files.length });
    const calls = files
      .join('\n')
      .split('\n')
      .filter((line) => /^\d+ \w/.test(line));
    expect(report).toMatchObject({ calls: calls.length });
  });

  it('is not begun where a limit is hit', () => {
    const place = join(folder.path, 'never');
    expect(emitTraces({ ...job, maxStates: 10 }, place, () => null)).toEqual({
      kind: 'limit',
      limit: 'states',
    });
    expect(emitTraces(job, place, () => 'time')).toEqual({ kind: 'limit', limit: 'time' });
    expect(readdirSync(folder.path)).not.toContain('never');
  });

  it('ends when its time is over', () => {
    let asked = 0;
    const stop = (): 'time' | null => (++asked > 1 ? 'time' : null);
    const place = join(folder.path, 'late');
    expect(emitTraces(job, place, stop)).toEqual({ kind: 'limit', limit: 'time' });
    expect(readdirSync(place)).toHaveLength(64);
  });

  it('says why it cannot be written', () => {
    const place = join(folder.path, 'one', '000001.trace', 'inside');
    expect(emitTraces(job, place, () => null)).toEqual({
      kind: 'unwritable',
      reason: 'ENOTDIR: not a directory',
    });
  });
});
