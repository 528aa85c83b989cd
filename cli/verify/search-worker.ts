/**
 * A process that searches, one job after another, until its parent lets go of it. A search holds its
 * thread until it is done.
 */
import type { ScopeReport } from '../../report/index.ts';
import { messageOf, stackOf } from '../bad-input.ts';
import { createAlikes } from './alike.ts';
import { emitTraces } from './emit-traces.ts';
import { compileBriefly } from './machine-flags.ts';
import { notedFor, scopeOf, searchScope, worldOf, type SearchWatcher } from './search-scope.ts';
import { createWatcher } from './search-watcher.ts';
import type { SearchJob, SearchMessage, SearchOrder } from './job.types.ts';

function tell(message: SearchMessage): void {
  process.send?.(message);
}

const alikes = createAlikes();
const held: unknown[] = [];

const worldFor = (job: SearchJob): unknown =>
  worldOf({ ...job, scope: scopeOf(job) }, job.profile.switches);

function run({ tracesTo, ...job }: SearchJob): void {
  if (held.length === 0 && job.symmetry === 'on') compileBriefly();
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  const watcher = createWatcher({ ...job, elapsed, parent: () => process.ppid, tell });
  const searched = alikes.find(job) ?? searchAnew(job, watcher);
  const milliseconds = elapsed();
  const report =
    tracesTo === undefined
      ? searched
      : { ...searched, covering: covering(job, tracesTo, searched, watcher) };
  tell({ kind: 'done', report, milliseconds });
}

function searchAnew(job: SearchJob, watcher: SearchWatcher): ScopeReport {
  const noted = notedFor(job);
  const report = searchScope(job, watcher, noted);
  alikes.keep({ job, noted, report });
  return report;
}

/** Traces are of no use if there are more than were looked at. */
function covering(
  job: SearchJob,
  folder: string,
  { limit }: ScopeReport,
  { stop }: SearchWatcher,
): NonNullable<ScopeReport['covering']> {
  return limit === null ? emitTraces(job, folder, stop) : { kind: 'limit', limit };
}

// The terminal sends it to the whole group; the parent says when to end.
process.on('SIGINT', () => undefined);
process.on('message', (order: SearchOrder) => {
  try {
    if (order.kind === 'search') run(order.job);
    else held.push(...order.jobs.map(worldFor));
  } catch (error) {
    tell({ kind: 'broke', text: messageOf(error), stack: stackOf(error) });
  }
});
