/**
 * A process that searches, one job after another, until its parent lets go of it. A search holds its
 * thread until it is done.
 */
import type { ScopeReport } from '../../report/index.ts';
import { messageOf, stackOf } from '../bad-input.ts';
import { emitTraces } from './emit-traces.ts';
import type { Stop } from './emit-traces.ts';
import { searchScope } from './search-scope.ts';
import type { SearchJob, SearchMessage } from './job.types.ts';

/** Milliseconds between two messages of progress. */
const progressInterval = 250;

function tell(message: SearchMessage): void {
  process.send?.(message);
}

function run(job: SearchJob): void {
  const parent = process.ppid;
  const start = performance.now();
  let told = start;
  const stop: Stop = () => {
    // Without its parent nobody is left to tell.
    if (process.ppid !== parent) return 'interrupt';
    return job.deadline !== null && Date.now() >= job.deadline ? 'time' : null;
  };
  const searched = searchScope(job, {
    stop,
    progress(states, depth) {
      const now = performance.now();
      if (now - told < progressInterval) return;
      told = now;
      tell({ kind: 'progress', states, depth });
    },
  });
  const milliseconds = performance.now() - start;
  tell({ kind: 'done', report: { ...searched, ...covering(job, searched, stop) }, milliseconds });
}

/** Traces are of no use if there are more than were looked at. */
function covering(
  job: SearchJob,
  { limit }: ScopeReport,
  stop: Stop,
): Pick<ScopeReport, 'covering'> {
  if (job.tracesTo === undefined) return {};
  if (limit !== null) return { covering: { kind: 'limit', limit } };
  return { covering: emitTraces(job, job.tracesTo, stop) };
}

// The terminal sends it to the whole group; the parent says when to end.
process.on('SIGINT', () => undefined);
process.on('message', (job: SearchJob) => {
  try {
    run(job);
  } catch (error) {
    tell({ kind: 'broke', text: messageOf(error), stack: stackOf(error) });
  }
});
