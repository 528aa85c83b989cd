/** Searches one scope under one profile and says what was found. */
import { search as searchStates } from '../../checker/index.ts';
import type { Progress, SearchResult, Violation } from '../../checker/index.ts';
import { createSearch, notedSwitches, relevantSwitches } from '../../model/index.ts';
import type { NotedSwitches, Search, Switches } from '../../model/index.ts';
import {
  goalById,
  properties,
  scopeByName,
  standsUnder,
  watchPaths,
} from '../../properties/index.ts';
import type { Goal, Property, Scope } from '../../properties/index.ts';
import type { ScopeReport, ViolationReport } from '../../report/index.ts';
import { printTrace } from '../../traces/index.ts';
import { checkedGoal, checkedProperty } from './claims.ts';
import { coverageOf } from './coverage.ts';
import { createCurrentState } from './current-state.ts';
import type { SearchJob } from './job.types.ts';
import { pathTrace } from './path-trace.ts';
import { possibleEffects } from './possible-effects.ts';
import type { ChosenProfile } from '../selection.ts';

export interface SearchWatcher {
  /** Asked now and then; true ends the search. */
  readonly stop: () => 'time' | 'interrupt' | null;
  readonly progress: (progress: Progress) => void;
}

/** A search with everything that its job names. */
export interface Question {
  readonly scope: Scope;
  readonly profile: ChosenProfile;
  readonly properties: readonly Property[];
  readonly goals: readonly Goal[];
  readonly engine: SearchJob['engine'];
  readonly symmetry: SearchJob['symmetry'];
  readonly lossy: SearchJob['lossy'];
  readonly coverage: SearchJob['coverage'];
  readonly maxStates: number;
  /** In bytes. */
  readonly maxMemory: number;
}

/** @throws if the scope of the job does not exist. */
export function scopeOf({ scope: name }: Pick<SearchJob, 'scope'>): Scope {
  const scope = scopeByName(name);
  if (scope === undefined) throw new Error(`no scope is called ${name}`);
  return scope;
}

/** The world that is searched, at its initial state. */
export function worldOf(
  { scope, symmetry }: Pick<Question, 'scope' | 'symmetry'>,
  switches: Switches,
): Search {
  return createSearch({ switches, ...scope }, symmetry === 'on' ? 'symmetry' : 'none');
}

/** `noted`: the profile's switches, to be asked from then on. @throws if the scope does not exist. */
export function searchScope(
  job: SearchJob,
  watcher: SearchWatcher,
  noted: NotedSwitches = notedFor(job),
): ScopeReport {
  const scope = scopeOf(job);
  const claims = { properties: propertiesOf(scope, job), goals: goalsOf(scope, job) };
  return answerQuestion({ ...job, scope, ...claims }, watcher, noted);
}

export function notedFor({ scope, profile }: Pick<SearchJob, 'scope' | 'profile'>): NotedSwitches {
  return notedSwitches(relevantSwitches({ ...scopeOf({ scope }), switches: profile.switches }));
}

export function answerQuestion(
  question: Question,
  watcher: SearchWatcher,
  { switches }: Pick<NotedSwitches, 'switches'> = question.profile,
): ScopeReport {
  const { paths } = question.scope;
  const search = worldOf(question, switches);
  const watch = watchPaths(paths);
  const state = createCurrentState(search, watch, question.engine);
  let stopped: 'time' | 'interrupt' | null = null;
  const result = searchStates(
    state.system,
    [
      ...question.properties.map((property) => checkedProperty(property, state)),
      ...question.goals.map((goal) => checkedGoal(goal, state, watch)),
    ],
    {
      states: question.maxStates,
      memory: question.maxMemory,
      stop: () => (stopped ??= watcher.stop()) !== null,
    },
    watcher.progress,
    { keeps: question.lossy === 'on' ? 'fingerprints' : 'states' },
  );
  return reportOf(question, search, result, stopped);
}

/** The properties that are to be judged, in the order of the catalogue. */
export function propertiesOf(
  scope: Scope,
  job: Pick<SearchJob, 'property' | 'profile'>,
): readonly Property[] {
  const { property, profile } = job;
  const asked = property === null ? scope.properties : [property];
  return properties.filter((one) => asked.includes(one.id) && standsUnder(one, profile.switches));
}

export function goalsOf(scope: Scope, { property, profile }: SearchJob): readonly Goal[] {
  if (property !== null) return [];
  return scope.goals.flatMap((id) => {
    const goal = goalById(id);
    return goal !== undefined && standsUnder(goal, profile.switches) ? [goal] : [];
  });
}

function reportOf(
  question: Question,
  search: Search,
  result: SearchResult,
  stopped: 'time' | 'interrupt' | null,
): ScopeReport {
  const { states, transitions, attempts, depth, verdict, unreached } = result;
  const reached = new Map(result.witnesses.map(({ property, steps }) => [property, steps]));
  return {
    scope: question.scope.name,
    profile: question.profile.label,
    searchedAs: null,
    verdict,
    limit: result.limit === 'stop' ? stopped : (result.limit ?? null),
    symmetry: question.symmetry,
    restrictions: search.restrictions,
    ...(question.lossy === 'on' ? { omission: result.omission } : {}),
    counts: { states, transitions, attempts, depth },
    properties: question.properties.map(({ id }) => id),
    violations: result.violations.map((violation) => violationReport(question, search, violation)),
    goals: question.goals.map(({ id }) => ({ goal: id, steps: reached.get(id) ?? null })),
    unreached,
    neverTaken: neverTaken(question.scope, result, search),
    coverage:
      question.coverage === 'on'
        ? coverageOf(question.scope, question.profile.switches, question.maxStates)
        : null,
  };
}

function violationReport(
  { scope, profile, properties: judged }: Question,
  search: Search,
  { property, path }: Violation,
): ViolationReport {
  const title = judged.find(({ id }) => id === property)?.title ?? '';
  const trace = pathTrace(search, path, {
    scope,
    profile,
    title: `${scope.name} under ${profile.label}: ${property} is violated`,
  });
  return { property, title, steps: path.length, trace: printTrace(trace).trimEnd().split('\n') };
}

/** Calls and deferred effects of the scope that no transition took. */
function neverTaken(
  scope: Scope,
  { taken }: SearchResult,
  { actions, effects }: Pick<Search, 'actions' | 'effects'>,
): readonly string[] {
  const enabled: readonly string[] = [...scope.calls, ...possibleEffects(scope, effects)];
  return enabled.filter((name) => taken[actions.indexOf(name)] === 0);
}
