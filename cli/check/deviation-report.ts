/** Deviations as reports have them. */
import { campaignBounds, campaignHost, outcomeText } from '../../conformance/index.ts';
import type { Deviation } from '../../conformance/index.ts';
import { propertyById } from '../../properties/index.ts';
import type { AllowedReport, DeviationReport } from '../../report/index.ts';
import { headerEntries, printOutcome, printStep, printTrace } from '../../traces/index.ts';
import type { TraceEvent, TraceHeader } from '../../traces/index.ts';
import { departures } from '../selection.ts';
import type { ChosenProfile } from '../selection.ts';

/** Descriptors 0, 1 and 2 are open in every process. */
const scenery = 3;

/** The world that the traces of deviations begin in. */
type TraceStart = Pick<TraceHeader, 'host' | 'descriptors' | 'unprivilegedBpf'>;

const campaignStart: TraceStart = {
  host: campaignHost,
  descriptors: scenery + campaignBounds.descriptors,
};

/** Deviations in the order of reports: by property, then by clause, the shortest first. */
export function deviationReports(
  deviations: readonly Deviation[],
  target: string,
  profile: ChosenProfile,
  start: TraceStart = campaignStart,
): readonly DeviationReport[] {
  return inOrder(deviations.map((deviation) => deviationReport(deviation, target, profile, start)));
}

export function inOrder(deviations: readonly DeviationReport[]): readonly DeviationReport[] {
  return [...deviations].sort(
    (a, b) =>
      compare(b.of, a.of) ||
      compare(a.id, b.id) ||
      a.calls - b.calls ||
      compare(textOf(a), textOf(b)),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const textOf = ({ trace, text }: DeviationReport): string => [...trace, text].join('\n');

function deviationReport(
  deviation: Deviation,
  target: string,
  profile: ChosenProfile,
  start: TraceStart,
): DeviationReport {
  const { id, kind, text, runs, repeatable, step, answer } = deviation;
  const property = propertyById(id);
  const allowed = deviation.allowed.map(({ outcome, row, source = null }): AllowedReport => ({
    answer: step === null ? outcomeText(null, outcome) : printOutcome(step, outcome),
    clause: row,
    source,
  }));
  return {
    id,
    of: property === undefined ? 'clause' : 'property',
    title: property?.title ?? null,
    kind,
    text,
    call: step === null ? null : printStep(step, answer ?? undefined),
    answer: step === null || answer === null ? null : printOutcome(step, answer),
    allowed,
    runs,
    calls: deviation.trace.length,
    repeatable,
    trace: traceLines(deviation, allowed, target, profile, start),
    file: null,
  };
}

/** What happened, as a trace: replayed on a sound implementation it deviates where this one did. */
function traceLines(
  { id, trace, text, allowed }: Deviation,
  due: readonly AllowedReport[],
  target: string,
  profile: ChosenProfile,
  start: TraceStart,
): readonly string[] {
  const events = trace.map(({ step, answer }): TraceEvent => ({
    line: 0,
    step,
    ...(answer === null ? {} : { outcome: answer }),
  }));
  const header = headerEntries({
    title: `${target} deviates from ${profile.label}: ${id}`,
    profiles: [profile.base],
    ...departures(profile),
    ...start,
    clauses: [...new Set(allowed.map(({ row }) => row))],
    source: null,
  });
  const closing = [text, ...due.map(({ answer, clause }) => `allowed: ${answer} by ${clause}`)];
  return printTrace({ header, events, closing }).trimEnd().split('\n');
}
