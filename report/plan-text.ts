/** What planning wrote, for people and as a document. */
import type { Paint } from './paint.ts';
import { counted, grouped } from './table.ts';

export interface PlanReport {
  readonly file: string;
  /** Where a copy of the agent was written; null: nowhere. */
  readonly agent: string | null;
  /** The first line of the file. */
  readonly title: string;
  /** The profile that the runs are drawn for. */
  readonly profile: string;
  readonly runs: number;
  readonly calls: number;
  readonly bytes: number;
}

export function planReportText(report: PlanReport, paint: Paint): string {
  const { file, agent, title, profile, runs, calls, bytes } = report;
  const binary = agent ?? 'AGENT';
  const lines = [
    paint.heading(`${file}: ${title}`),
    `  drawn for: ${profile}`,
    `  to be played: ${counted(calls, 'call')} in ${counted(runs, 'run')}`,
    ...(agent === null ? ['  AGENT: plan --agent FILE writes it'] : []),
    '',
    `on the target, as root: ${binary} --play ${file} > ANSWERS`,
    'then, where pinproof is: pinproof judge ANSWERS',
    '',
    `${file}: ${counted(runs, 'run')}, ${grouped(bytes)} bytes`,
  ];
  return `${lines.join('\n')}\n`;
}

export const planDocument = (report: PlanReport): Readonly<Record<string, unknown>> => ({
  ...report,
});
