/** What neighbouring profiles differ in, for people. */
import type { NeighboursReport, SwitchDifference } from './differences.types.ts';
import type { Paint } from './paint.ts';
import { counted } from './table.ts';

const intro = `Each trace of traces/corpus/ conforms to one of two profiles. The line is the first whose call the other one
answers differently, which it would with the one switch set as there.`;

export function differencesText(reports: readonly NeighboursReport[], paint: Paint): string {
  return [intro, ...reports.map((report) => neighboursText(report, paint)), ''].join('\n');
}

function neighboursText(report: NeighboursReport, paint: Paint): string {
  const { older, newer, switches } = report;
  const heading = `${older} and ${newer} differ in ${counted(switches.length, 'switch', 'switches')}`;
  const lines = switches.flatMap((difference) => switchLines(difference, report));
  return ['', paint.heading(heading), ...lines].join('\n');
}

function switchLines(
  { switch: name, older, newer, trace, why }: SwitchDifference,
  pair: NeighboursReport,
): readonly string[] {
  const change = `  ${name}: ${older}, then ${newer}`;
  if (trace === null) return [change, `    no trace is known. ${why ?? ''}`.trimEnd()];
  const { file, line, call, answers } = trace;
  const told = [pair.older, pair.newer].map((name) => `${name}: ${answers[name] ?? ''}`);
  return [change, `    ${file}:${line}`, `      ${call}`, `      ${told.join('; ')}`];
}
