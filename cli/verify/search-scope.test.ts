import { describe, expect, it } from 'vitest';
import { goals, properties, propertyById, scopes } from '../../properties/index.ts';
import type { Goal, Property, Scope } from '../../properties/index.ts';
import { callNames } from '../../model/index.ts';
import type { CallName, MapType } from '../../model/index.ts';
import { chooseProfile } from '../selection.ts';
import { answerQuestion, propertiesOf, searchScope } from './search-scope.ts';
import type { Question, SearchWatcher } from './search-scope.ts';

/** Small enough for every test, with a deferred release in it. */
const tiny: Scope = {
  name: 'tiny',
  title: 'One process, a map, a program.',
  bounds: {
    processes: 2,
    descriptors: 2,
    descriptions: 2,
    objects: 2,
    elements: 0,
    superblocks: 1,
    inodes: 2,
    dentries: 2,
    mounts: 1,
    namespaces: 1,
  },
  host: ['/a/'],
  paths: ['/a', '/a/x'],
  calls: ['BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'BPF_OBJ_PIN', 'close', 'exit_group', 'mount'],
  properties: [],
  goals: [],
};

const question: Question = {
  scope: tiny,
  profile: chooseProfile('linux-6.18', []),
  properties,
  goals: [],
  engine: 'drivers',
  symmetry: 'on',
  lossy: 'off',
  coverage: 'off',
  maxStates: 1_000_000,
  maxMemory: 1e9,
};

const silent: SearchWatcher = { stop: () => null, progress: () => undefined };

const claim = { title: 'A claim.', needs: [], source: 'a test' } as const;

const nobodyReleases: Property = {
  ...claim,
  kind: 'always',
  id: 'nobody-releases',
  holds: (o) => o.pending[0] === 0 && !(o.alive.includes(1) && o.refcnt[1] === 0),
};

describe('a search of a scope', () => {
  it('finds that all properties hold, the same with either engine', () => {
    const report = answerQuestion(question, silent);
    expect(report).toMatchObject({ verdict: 'pass', limit: null, violations: [] });
    expect(report.counts.attempts).toBeGreaterThan(report.counts.states);
    expect(answerQuestion({ ...question, engine: 'loop' }, silent)).toEqual(report);
  });

  it('shows a violated state property by a shortest trace', () => {
    const report = answerQuestion({ ...question, properties: [nobodyReleases] }, silent);
    expect(report.verdict).toBe('fail');
    const [violation] = report.violations;
    expect(violation).toMatchObject({ property: 'nobody-releases', title: 'A claim.', steps: 3 });
    expect(violation?.trace.slice(0, 4)).toEqual([
      '#: title: tiny under linux-6.18: nobody-releases is violated',
      '#: profile: linux-6.18',
      '#: host: /a/',
      '#: descriptors: 5',
    ]);
    expect(violation?.trace.at(-1)).toMatch(/^1 close\([34]\) = 0$/);
  });

  it('judges failing calls, and holds them to leave every byte as it was', () => {
    const neverFails: Property = {
      ...claim,
      kind: 'step',
      id: 'never-fails',
      failing: 'judged',
      holds: (_, { call, outcome }) => outcome.ok || call.call !== 'BPF_OBJ_PIN',
    };
    const report = answerQuestion({ ...question, properties: [neverFails] }, silent);
    expect(report.violations[0]?.trace.at(-1)).toMatch(/^1 bpf\(BPF_OBJ_PIN, .* = -1 E/);
    expect(report.violations[0]?.steps).toBe(1);
  });

  it('judges quiescence only where no process runs and nothing is outstanding', () => {
    const quiet: Property = { ...claim, kind: 'quiescence', id: 'quiet', holds: () => false };
    const report = answerQuestion({ ...question, properties: [quiet] }, silent);
    expect(report.violations[0]?.trace.at(-1)).toBe('1 exit_group(0) = ?');
  });

  it('reports goals with their length, and those that nothing reaches', () => {
    const asked: readonly Goal[] = [
      {
        ...claim,
        kind: 'sometimes',
        id: 'two',
        reached: (o) => o.alive[1] === 1 && o.alive[2] === 1,
      },
      {
        ...claim,
        kind: 'sometimes-step',
        id: 'ended',
        reachedBy: (_, { call }) => call.call === 'exit_group',
      },
      { ...claim, kind: 'sometimes', id: 'never', reached: () => false },
      { ...claim, kind: 'sometimes-step', id: 'nowhere', reachedBy: () => false },
    ];
    const report = answerQuestion({ ...question, goals: asked }, silent);
    expect(report.verdict).toBe('fail');
    expect(report.unreached).toEqual(['never', 'nowhere']);
    expect(report.goals.map(({ steps }) => steps)).toEqual([2, 1, null, null]);
  });

  it('names the calls that succeed nowhere', () => {
    const scope: Scope = {
      ...tiny,
      calls: [...tiny.calls, 'umount2', 'dup'],
      bounds: { ...tiny.bounds, objects: 1 },
    };
    expect(answerQuestion({ ...question, scope }, silent).neverTaken).toEqual(['release-map']);
  });

  it('names no deferred effect that its calls cannot cause', () => {
    const hooked: Scope = {
      ...tiny,
      host: [...tiny.host, '/cgroup/', '/cgroup/a/'],
      bounds: { ...tiny.bounds, attachments: 1, plainFiles: 1, messages: 1, slots: 1 },
    };
    // A kernel that has all of them.
    const profile = chooseProfile('linux-6.1', []);
    const effects = (...calls: readonly CallName[]): readonly string[] => {
      const report = answerQuestion(
        { ...question, profile, maxStates: 2, scope: { ...hooked, calls } },
        silent,
      );
      return report.neverTaken.filter((name) => !callNames.some((call) => call === name));
    };
    expect(effects('BPF_PROG_LOAD', 'open', 'rmdir', 'BPF_OBJ_PIN')).toEqual(['release-inode']);
    expect(effects('BPF_LINK_CREATE', 'close')).toEqual([]);
    expect(effects('BPF_LINK_CREATE', 'BPF_OBJ_PIN')).toContain('release-link');
    expect(effects('BPF_LINK_CREATE', 'rmdir')).toEqual(['release-cgroup']);
    expect(effects('BPF_PROG_ATTACH', 'rmdir')).toEqual(['release-cgroup']);
    expect(effects('SO_ATTACH_BPF')).toEqual(['release-filter']);
    expect(effects('RTM_NEWTFILTER')).toEqual(['release-filter']);
    expect(effects('sendmsg')).toEqual(['collect-sockets']);
    expect(effects('BPF_MAP_CREATE')).toEqual([]);
    expect(effects('BPF_MAP_CREATE', 'BPF_PROG_LOAD')).toEqual(['release-map']);
  });

  it('names the effects that maps of objects may have', () => {
    const effects = (type: MapType): readonly string[] => {
      const calls: readonly CallName[] = ['BPF_MAP_CREATE', 'BPF_MAP_UPDATE_ELEM'];
      const bounds = { ...tiny.bounds, slots: 1, descriptors: 1 };
      const scope: Scope = { ...tiny, bounds, maps: [type], calls, values: [3] };
      const report = answerQuestion({ ...question, maxStates: 2, scope }, silent);
      return report.neverTaken.filter((name) => name !== 'BPF_MAP_UPDATE_ELEM');
    };
    expect(effects('BPF_MAP_TYPE_HASH')).toEqual([]);
    expect(effects('BPF_MAP_TYPE_HASH_OF_MAPS')).toContain('release-map');
    expect(effects('BPF_MAP_TYPE_ARRAY_OF_MAPS')).toContain('release-map');
    expect(effects('BPF_MAP_TYPE_PROG_ARRAY')).toEqual(['clear-slots']);
  });

  it('is inconclusive when a limit ends it', () => {
    const few = answerQuestion({ ...question, maxStates: 10 }, silent);
    expect(few).toMatchObject({ verdict: 'inconclusive', limit: 'states' });
    const small = answerQuestion({ ...question, maxMemory: 1000 }, silent);
    expect(small).toMatchObject({ verdict: 'inconclusive', limit: 'memory' });
    const late = answerQuestion(question, { ...silent, stop: () => 'time' });
    expect(late).toMatchObject({ verdict: 'inconclusive', limit: 'time' });
  });
});

describe('a job', () => {
  const job = {
    scope: scopes[0]?.name ?? '',
    profile: question.profile,
    property: null,
    engine: 'drivers',
    symmetry: 'on',
    lossy: 'off',
    coverage: 'off',
    maxStates: 20_000,
    maxMemory: 1e9,
    deadline: null,
  } as const;

  it('is about the properties and goals of its scope that stand under its profile', () => {
    const report = searchScope(job, silent);
    const [scope] = scopes;
    expect(scope?.properties).toEqual(expect.arrayContaining([...report.properties]));
    const named = goals.filter(({ id }) => scope?.goals.includes(id));
    expect(report.goals.length).toBeLessThanOrEqual(named.length);
    expect(report.goals.length).toBeGreaterThan(0);
  });

  it('may be about one property only, and then has no goals', () => {
    const one = searchScope({ ...job, property: 'alive-iff-held' }, silent);
    expect(one).toMatchObject({ properties: ['alive-iff-held'], goals: [] });
    const property = 'singleton-per-namespace';
    expect(propertiesOf(tiny, { profile: chooseProfile('linux-6.18', []), property })).toEqual([]);
    expect(propertiesOf(tiny, { profile: chooseProfile('linux-4.4', []), property })).toEqual([
      propertyById(property),
    ]);
  });

  it('finds the same where fingerprints are kept, and says how far that can be trusted', () => {
    const exact = searchScope(job, silent);
    const { omission, ...rest } = searchScope({ ...job, lossy: 'on' }, silent);
    expect(rest).toEqual(exact);
    expect(omission).toBeLessThan(1e-3);
  });

  it('must name a scope that exists', () => {
    expect(() => searchScope({ ...job, scope: 'none' }, silent)).toThrow('no scope is called none');
  });
});
