/** Runs searches in processes of their own, as many at once as there are processors. */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ScopeReport } from '../../report/index.ts';
import type { SearchJob, SearchMessage, SearchOrder, SearchProgress } from './job.types.ts';
import { flagsFor } from './machine-flags.ts';

export interface SearchOutcome {
  readonly report: ScopeReport;
  readonly milliseconds: number;
}

export interface PoolWatcher {
  readonly signal: AbortSignal;
  readonly progress: (job: SearchJob, progress: SearchProgress) => void;
  readonly done: (job: SearchJob, outcome: SearchOutcome) => void;
}

/** The worker beside this file: a source under tsx, compiled in dist/. */
const worker = fileURLToPath(import.meta.url).replace(/search-pool(\.[jt]s)$/, 'search-worker$1');

/**
 * Runs all jobs and returns their outcomes in the order of the jobs. Once `signal` is aborted,
 * searches that are not done are reported as interrupted.
 * @throws if a search breaks.
 */
export async function runSearches(
  jobs: readonly SearchJob[],
  watcher: PoolWatcher,
): Promise<readonly SearchOutcome[]> {
  const outcomes = new Map<SearchJob, SearchOutcome>();
  const places = availableParallelism();
  const waiting = batchesOf(jobs, places);
  const finish = (job: SearchJob, outcome: SearchOutcome): void => {
    outcomes.set(job, outcome);
    watcher.done(job, outcome);
  };
  const searchers: Searcher[] = [];
  const serve = async (): Promise<void> => {
    let own: Searcher | undefined;
    const search = (job: SearchJob): Promise<SearchOutcome> => {
      if (own === undefined) searchers.push((own = startSearcher(watcher, job, toHold(waiting))));
      return own.search(job);
    };
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      for (const job of batch) {
        if (watcher.signal.aborted) finish(job, interrupted(job, null));
        else finish(job, await search(job));
      }
    }
    own?.end();
  };
  try {
    await Promise.all(Array.from({ length: Math.min(places, waiting.length) }, serve));
  } catch (error) {
    // Nobody is left to hear what the others find.
    waiting.length = 0;
    for (const { kill } of searchers) kill();
    throw error;
  }
  return jobs.flatMap((job) => outcomes.get(job) ?? []);
}

/**
 * What one process does in turn: one scope under all its profiles, because what was compiled for the one
 * serves the others. Where scopes are few, every job may go to another process.
 */
function batchesOf(jobs: readonly SearchJob[], places: number): (readonly SearchJob[])[] {
  const scopes = [...new Set(jobs.map(({ scope }) => scope))];
  if (scopes.length < 2 * places) return jobs.map((job) => [job]);
  return scopes.map((scope) => jobs.filter((job) => job.scope === scope));
}

/** One job for each scope that may still be searched; what is searched now is there anyway. */
const toHold = (waiting: readonly (readonly SearchJob[])[]): readonly SearchJob[] =>
  waiting.flatMap((jobs) => (jobs.length > 1 ? jobs.slice(-1) : []));

interface Searcher {
  /** Searches, one job at a time. */
  readonly search: (job: SearchJob) => Promise<SearchOutcome>;
  readonly end: () => void;
  /** Ends it, whatever it does. */
  readonly kill: () => void;
}

/** `first`: what it searches first; `held`: what later, as far as that shares what is compiled. */
function startSearcher(
  watcher: PoolWatcher,
  first: SearchJob,
  held: readonly SearchJob[],
): Searcher {
  const child = fork(worker, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...flagsFor(first.symmetry, held.length)],
  });
  if (held.length > 0) tell(child, { kind: 'hold', jobs: held });
  child.setMaxListeners(0);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  watcher.signal.addEventListener('abort', kill, { once: true });
  child.once('exit', () => {
    watcher.signal.removeEventListener('abort', kill);
  });
  return {
    search: (job) => searchIn(child, job, watcher),
    end() {
      if (child.connected) child.disconnect();
    },
    kill,
  };
}

function tell(child: ChildProcess, order: SearchOrder): void {
  child.send(order);
}

function searchIn(
  child: ChildProcess,
  job: SearchJob,
  watcher: PoolWatcher,
): Promise<SearchOutcome> {
  return new Promise((resolve, reject) => {
    let last: SearchProgress | null = null;
    const listen = (message: SearchMessage): void => {
      switch (message.kind) {
        case 'progress':
          last = message;
          watcher.progress(job, message);
          return;
        case 'done':
          resolve(message);
          break;
        case 'broke':
          child.disconnect();
          reject(brokenSearch(job, message.text, message.stack));
      }
      child.off('message', listen);
      child.off('error', reject);
      child.off('exit', ended);
    };
    const ended = (code: number | null, signal: string | null): void => {
      if (watcher.signal.aborted) resolve(interrupted(job, last));
      else reject(brokenSearch(job, `its process ended with ${signal ?? `status ${code ?? '?'}`}`));
    };
    child.on('message', listen);
    child.once('error', reject);
    if (child.exitCode !== null || child.signalCode !== null) {
      ended(child.exitCode, child.signalCode);
      return;
    }
    child.once('exit', ended);
    tell(child, { kind: 'search', job });
  });
}

function interrupted(job: SearchJob, last: SearchProgress | null): SearchOutcome {
  const { states = 0, transitions = 0, depth = 0 } = last?.progress ?? {};
  const report: ScopeReport = {
    scope: job.scope,
    profile: job.profile.label,
    verdict: 'inconclusive',
    limit: 'interrupt',
    searchedAs: null,
    symmetry: job.symmetry,
    restrictions: [],
    counts: { states, transitions, attempts: 0, depth },
    properties: [],
    violations: [],
    goals: [],
    unreached: [],
    neverTaken: [],
    coverage: null,
  };
  return { report, milliseconds: last?.milliseconds ?? 0 };
}

/** A search that ended without a result: a fault of ours. */
function brokenSearch(job: SearchJob, text: string, stack?: string): Error {
  const error = new Error(`the search of ${job.scope} under ${job.profile.label} broke: ${text}`);
  if (stack !== undefined) error.stack = stack;
  return error;
}
