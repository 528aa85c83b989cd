/** Shrunk traces as reports have them. */
import type { ShrunkReplay } from '../../conformance/index.ts';
import type { ShrunkReport } from '../../report/index.ts';
import { headerEntries, printTrace } from '../../traces/index.ts';
import type { TraceEvent, TraceHeader } from '../../traces/index.ts';
import { departures } from '../selection.ts';
import type { ChosenProfile } from '../selection.ts';

/** With everything that it takes to replay the trace again. */
export function shrunkReport(
  { of, found }: ShrunkReplay,
  header: TraceHeader,
  profile: ChosenProfile,
): ShrunkReport {
  if (typeof found === 'string') return { of, trace: null, notShrunk: found, calls: 0 };
  const events = found.map(({ step, answer }): TraceEvent => ({
    line: 0,
    step,
    ...(answer === null ? {} : { outcome: answer }),
  }));
  const entries = headerEntries({
    ...header,
    title: header.title === null ? null : `${header.title} (shrunk)`,
    profiles: [profile.base],
    ...departures(profile),
    clauses: [...new Set(found.at(-1)?.allowed.map(({ row }) => row))],
    source: null,
  });
  const trace = printTrace({ header: entries, events }).trimEnd().split('\n');
  return { of, trace, calls: events.length };
}
