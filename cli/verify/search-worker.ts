/**
 * A process that searches, one job after another, until its parent lets go of it. A search holds its
 * thread until it is done.
 */
import { messageOf, stackOf } from '../bad-input.ts';
import { createAlikes } from './alike.ts';
import { notedFor, searchScope, type SearchWatcher } from './search-scope.ts';
import type { SearchJob, SearchMessage } from './job.types.ts';

/** Milliseconds between two messages of progress. */
const progressInterval = 250;

function tell(message: SearchMessage): void {
  process.send?.(message);
}

const alikes = createAlikes();

function run(job: SearchJob): void {
  const parent = process.ppid;
  const start = performance.now();
  let told = start;
  const alike = alikes.find(job);
  if (alike !== undefined) {
    tell({ kind: 'done', report: alike, milliseconds: performance.now() - start });
    return;
  }
  const noted = notedFor(job);
  const watcher: SearchWatcher = {
    stop() {
      // Without its parent nobody is left to tell.
      if (process.ppid !== parent) return 'interrupt';
      return job.deadline !== null && Date.now() >= job.deadline ? 'time' : null;
    },
    progress(progress) {
      const now = performance.now();
      if (now - told < progressInterval) return;
      told = now;
      tell({ kind: 'progress', progress, milliseconds: now - start });
    },
  };
  const report = searchScope(job, watcher, noted);
  alikes.keep({ job, noted, report });
  tell({ kind: 'done', report, milliseconds: performance.now() - start });
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
