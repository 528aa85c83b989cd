/** Runs searches in processes of their own, as many at once as there are processors. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ScopeReport } from '../../report/index.ts';
import type { SearchJob, SearchMessage, SearchProgress } from './job.types.ts';

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
  const waiting = [...jobs];
  const serve = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const outcome = watcher.signal.aborted
        ? interrupted(job, null)
        : await runSearch(job, watcher);
      outcomes.set(job, outcome);
      watcher.done(job, outcome);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, serve));
  return jobs.flatMap((job) => outcomes.get(job) ?? []);
}

function runSearch(job: SearchJob, watcher: PoolWatcher): Promise<SearchOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(worker, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let last: SearchProgress | null = null;
    let outcome: SearchOutcome | null = null;
    const abort = (): void => {
      child.kill('SIGKILL');
    };
    watcher.signal.addEventListener('abort', abort, { once: true });
    child.on('message', (message: SearchMessage) => {
      switch (message.kind) {
        case 'progress':
          last = message;
          watcher.progress(job, message);
          break;
        case 'done':
          outcome = message;
          break;
        case 'broke':
          reject(brokenSearch(job, message.text, message.stack));
      }
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      watcher.signal.removeEventListener('abort', abort);
      if (outcome !== null) resolve(outcome);
      else if (watcher.signal.aborted) resolve(interrupted(job, last));
      else reject(brokenSearch(job, `its process ended with ${signal ?? `status ${code ?? '?'}`}`));
    });
    child.send(job);
  });
}

function interrupted(job: SearchJob, last: SearchProgress | null): SearchOutcome {
  const { states = 0, depth = 0 } = last ?? {};
  const report: ScopeReport = {
    scope: job.scope,
    profile: job.profile.label,
    verdict: 'inconclusive',
    limit: 'interrupt',
    counts: { states, transitions: 0, attempts: 0, depth },
    properties: [],
    violations: [],
    goals: [],
    unreached: [],
    neverTaken: [],
  };
  return { report, milliseconds: 0 };
}

/** A search that ended without a result: a fault of ours. */
function brokenSearch(job: SearchJob, text: string, stack?: string): Error {
  const error = new Error(`the search of ${job.scope} under ${job.profile.label} broke: ${text}`);
  if (stack !== undefined) error.stack = stack;
  return error;
}
