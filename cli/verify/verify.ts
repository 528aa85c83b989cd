/** The verb `verify`: model-checks named scopes. */
import type { ProfileName } from '../../model/index.ts';
import { propertyById, scopes, standsUnder } from '../../properties/index.ts';
import type { Scope } from '../../properties/index.ts';
import { endingOf, grouped, scopeDocument, verifyText, worstEnding } from '../../report/index.ts';
import type { Ending, ScopeReport } from '../../report/index.ts';
import { BadInput } from '../bad-input.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { chooseProfile, releasedProfiles } from '../selection.ts';
import type { SwitchSetting } from '../selection.ts';
import type { SearchJob, SearchProgress } from './job.types.ts';
import { printedSource } from './printed-source.ts';
import { runSearches } from './search-pool.ts';
import type { SearchOutcome } from './search-pool.ts';
import { openTraceFolder, unwritable } from './trace-folder.ts';

export interface VerifyOptions extends CommonOptions {
  readonly profile: ProfileName | 'all';
  readonly scope?: readonly string[];
  readonly property?: string;
  readonly switch?: readonly SwitchSetting[];
  readonly maxStates: number;
  /** In MB. */
  readonly maxMemory: number;
  /** In seconds, for everything together. */
  readonly time?: number;
  readonly engine: 'drivers' | 'loop';
  readonly symmetry: 'on' | 'off';
  /** Knows states by fingerprints only. */
  readonly lossy?: boolean;
  readonly coverage?: boolean;
  /** Prints what the searches would run, and searches nothing. */
  readonly printSource?: boolean;
  /** A folder for traces that take every transition. */
  readonly emitTraces?: string;
}

const bytesPerMegabyte = 1_000_000;

export async function verify(
  options: VerifyOptions,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const profiles = options.profile === 'all' ? releasedProfiles : [options.profile];
  const jobs = searchJobs(options, profiles, Date.now());
  if (options.printSource === true) return printedSource(jobs);
  const { emitTraces: folder } = options;
  if (folder !== undefined && options.lossy === true) {
    throw new BadInput('traces that take every transition need every state; leave out --lossy.');
  }
  const outcomes = await (folder === undefined
    ? searchAll(jobs, surroundings)
    : searchAndEmit(jobs, folder, surroundings));
  const reports = outcomes.map(({ report }) => report);
  return {
    ending: worstEnding(reports.map(searchEnding)),
    text: verifyText(reports, surroundings.paint, folder),
    document: { searches: reports.map(scopeDocument) },
    measurements: { searches: outcomes.map(measurementOf) },
  };
}

/** How a search ends; traces that were asked for and not all found spoil it. */
function searchEnding({ verdict, covering }: ScopeReport): Ending {
  const isWhole = covering === undefined || covering.kind === 'complete';
  return worstEnding([endingOf(verdict), isWhole ? 'fine' : 'inconclusive']);
}

/** Searches, and puts traces that take every transition into a folder if all of them were found. */
async function searchAndEmit(
  jobs: readonly SearchJob[],
  folder: string,
  surroundings: Surroundings,
): Promise<readonly SearchOutcome[]> {
  const traces = openTraceFolder(folder);
  try {
    const emitting = jobs.map((job) => ({ ...job, tracesTo: traces.placeOf(job) }));
    const outcomes = await searchAll(emitting, surroundings);
    const coverings = outcomes.map(({ report }) => report.covering);
    for (const covering of coverings) {
      if (covering?.kind === 'unwritable') throw unwritable(folder, covering.reason);
    }
    if (coverings.every((covering) => covering?.kind === 'complete')) traces.keep();
    return outcomes;
  } finally {
    traces.discard();
  }
}

/** How long a search took. */
export function measurementOf({ report, milliseconds }: SearchOutcome): unknown {
  const { scope, profile, counts } = report;
  const rate = Math.round((counts.states * 1000) / Math.max(1, milliseconds));
  return { scope, profile, milliseconds: Math.round(milliseconds), statesPerSecond: rate };
}

/** One job for each scope and profile, in the order of the scopes. */
export function searchJobs(
  options: Omit<VerifyOptions, 'profile'>,
  profiles: readonly ProfileName[],
  now: number,
): readonly SearchJob[] {
  const chosen = profiles.map((name) => chooseProfile(name, options.switch ?? []));
  const { property = null, engine, symmetry, maxStates, time } = options;
  const jobs = scopesOf(options).flatMap((scope) =>
    chosen.flatMap((profile): SearchJob[] => {
      const claim = property === null ? undefined : propertyById(property);
      if (claim !== undefined && !standsUnder(claim, profile.switches)) return [];
      return [
        {
          scope: scope.name,
          profile,
          property,
          engine,
          symmetry,
          lossy: options.lossy === true ? 'on' : 'off',
          coverage: options.coverage === true ? 'on' : 'off',
          maxStates,
          maxMemory: options.maxMemory * bytesPerMegabyte,
          deadline: time === undefined ? null : now + time * 1000,
        },
      ];
    }),
  );
  if (jobs.length > 0) return jobs;
  const where = chosen.map(({ label }) => label).join(' or ');
  throw new BadInput(
    `the property ${property ?? ''} does not stand under ${where}; choose another --profile.`,
  );
}

/** The scopes that were asked for, or those in which the property is claimed, or all. */
function scopesOf({
  scope,
  property,
}: Pick<VerifyOptions, 'scope' | 'property'>): readonly Scope[] {
  if (scope !== undefined) return scopes.filter(({ name }) => scope.includes(name));
  if (property === undefined) return scopes;
  return scopes.filter(({ properties }) => properties.some((id) => id === property));
}

/** Runs searches and shows how far they are. */
export async function searchAll(
  jobs: readonly SearchJob[],
  { signal, progress }: Pick<Surroundings, 'signal' | 'progress'>,
): Promise<readonly SearchOutcome[]> {
  const running = new Map<SearchJob, string>();
  let done = 0;
  const show = (): void => {
    progress.show(() =>
      [`${done} of ${jobs.length} searches done`, ...running.values()].join('; '),
    );
  };
  return runSearches(jobs, {
    signal,
    progress(job, progress) {
      running.set(job, `${job.scope}, ${job.profile.label}: ${progressText(progress)}`);
      show();
    },
    done(job) {
      running.delete(job);
      done++;
      show();
    },
  });
}

/** How far a search is, in the words of a progress line. */
export function progressText({ progress, milliseconds }: SearchProgress): string {
  const { states, transitions, depth, frontier, memory } = progress;
  const rate = Math.round((transitions * 1000) / Math.max(1, milliseconds));
  return [
    `${grouped(states)} states, ${grouped(frontier)} of them to expand`,
    `${grouped(transitions)} transitions, ${grouped(rate)} a second`,
    `depth ${depth}`,
    `${Math.ceil(memory / bytesPerMegabyte)} MB`,
  ].join(', ');
}
