/** Where a trace tells two kernels apart. */
import { outcomeText, replay, specify } from '../conformance/index.ts';
import type { ReplayResult } from '../conformance/index.ts';
import { printStep } from '../traces/index.ts';
import type { TraceFile } from './replay/read-trace.ts';
import { boundsOf } from './replay/trace-bounds.ts';
import type { ChosenProfile } from './selection.ts';

/** The first call of a trace that two kernels answer differently. */
export interface Different {
  /** Of the file, from 1 on. */
  readonly line: number;
  /** As a trace writes it. */
  readonly call: string;
  /** What the kernel may answer that the trace conforms to, and the other one; ` or ` between answers. */
  readonly own: string;
  readonly other: string;
}

/** Null if the trace does not conform to the first kernel, or does to the other one. */
export async function whereDifferent(
  trace: TraceFile,
  kernel: ChosenProfile,
  otherKernel: ChosenProfile,
): Promise<Different | null> {
  const own = await replayed(trace, kernel);
  if (own.verdicts[0]?.verdict !== 'conforms') return null;
  const other = await replayed(trace, otherKernel);
  const [verdict] = other.verdicts;
  const at = verdict?.verdict === 'deviates' ? verdict.at : null;
  const event = at === null ? undefined : trace.events[at];
  if (at === null || event === undefined) return null;
  return {
    line: event.line,
    call: printStep(event.step, event.outcome),
    own: answersAt(own, at),
    other: answersAt(other, at),
  };
}

/** On the model alone. */
function replayed(
  { header, events }: TraceFile,
  { base, switches }: ChosenProfile,
): Promise<ReplayResult> {
  const bounds = boundsOf(header, events);
  return replay(specify(base, { switches, bounds, host: header.host }), events, [], []);
}

function answersAt({ rows }: ReplayResult, at: number): string {
  const row = rows[at];
  if (row === undefined) return '';
  const answers = row.allowed.map(({ outcome }) => outcomeText(row.step.call, outcome));
  return [...new Set(answers)].join(' or ');
}
