/** What checking found, for people. */
import type { CheckReport, DeviationReport } from './check.types.ts';
import type { Paint } from './paint.ts';
import { counted, grouped } from './table.ts';

export function checkText(report: CheckReport, paint: Paint): string {
  const lines = [
    ...headLines(report, paint),
    ...deviationLines(report.deviations, paint),
    '',
    checkSummary(report, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines(report: CheckReport, paint: Paint): readonly string[] {
  const { campaign, target, profile, profileOrigin, reasons, remarks = [] } = report;
  const { name, version } = campaign.implementation;
  const { short, random, traces } = campaign.runs;
  const lengths =
    campaign.exhaustiveUpTo === 0
      ? counted(short, 'short run')
      : `${counted(short, 'short run')} (all of up to ${counted(campaign.exhaustiveUpTo, 'call')} over a small alphabet)`;
  const runs =
    traces === null
      ? `${lengths} and ${counted(random, 'random run')}, seed ${campaign.seed}`
      : counted(traces, 'trace');
  return [
    paint.heading(`${target}: ${name} ${version}`),
    `  profile: ${profile}, ${profileOrigin}`,
    ...reasons.map((reason) => `    ${reason}`),
    `  compared: ${counted(campaign.compared, 'call')} in ${runs}`,
    `  judged by: ${campaign.judgedProperties.join(', ') || 'outcomes only'}`,
    ...listed(
      'skipped',
      campaign.skipped.map(({ of, count }) => `${unended(of)}: ${counted(count, 'call')}`),
    ),
    ...listed(
      'not observable here',
      campaign.notObservable.map(
        ({ property, missing }) => `${property} (needs ${missing.join(', ')})`,
      ),
    ),
    ...listed(
      'not visible here',
      (campaign.hides ?? []).map(
        ({ fields, reason }) => `${fields.join(', ')}: ${unended(reason)}`,
      ),
    ),
    ...listed(
      'inconclusive by a bound',
      campaign.inconclusive.map(({ of, count }) => `${of}: ${counted(count, 'run')}`),
    ),
    ...listed('to be known', remarks),
    ...(campaign.ended === 'stopped'
      ? [`  ${paint.doubtful('stopped before all runs were played')}`]
      : []),
  ];
}

/** A sentence inside a line goes on. */
const unended = (sentence: string): string => sentence.replace(/\.$/, '');

function listed(name: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [`  ${name}:`, ...items.map((item) => `    ${item}`)];
}

/** Deviations under the property they break, then those under the clause that was not met. */
export function deviationLines(
  deviations: readonly DeviationReport[],
  paint: Paint,
): readonly string[] {
  const nameOf = ({ of, id }: DeviationReport): string => `${of} ${id}`;
  const names = [...new Set(deviations.map(nameOf))];
  return names.flatMap((name) => {
    const group = deviations.filter((one) => nameOf(one) === name);
    const [title] = group.flatMap((one) => one.title ?? []);
    return [
      '',
      paint.bad(title === undefined ? name : `${name}: ${title}`),
      ...group.flatMap((deviation, at) => oneDeviation(deviation, at + 1, paint)),
    ];
  });
}

const afterthoughts = {
  yes: '',
  no: ', not again when the run was repeated',
  untried: ', not tried again',
} as const;

function oneDeviation(deviation: DeviationReport, number: number, paint: Paint): readonly string[] {
  const { calls, runs, repeatable, text, allowed, trace, file } = deviation;
  const once = afterthoughts[repeatable];
  const steps = trace.filter((line) => !line.startsWith('#'));
  return [
    `  ${number}. ${text}`,
    `     in ${counted(calls, 'call')}, seen in ${counted(runs, 'run')}${once}:`,
    ...steps.map((line) => `       ${abbreviated(line)}`),
    ...allowed.map(({ answer, clause, source }) => {
      const where = source === null ? '' : ` ${paint.faint(`(${source})`)}`;
      return `     allowed: ${answer} by ${clause}${where}`;
    }),
    ...(file === null ? [] : [`     saved in ${file}`]),
  ];
}

/** Paths at the limit of a kernel fill screens; the saved trace has them in full. */
const longestString = 120;

function abbreviated(line: string): string {
  return line.replaceAll(/"[^"]*"/g, (text) =>
    text.length <= longestString
      ? text
      : `${text.slice(0, longestString / 2)}..." (${grouped(text.length - 2)} characters)`,
  );
}

/** One line: the verdict and what it rests on. */
export function checkSummary(report: CheckReport, paint: Paint): string {
  const { campaign, target, profile, deviations } = report;
  const { short, random, traces } = campaign.runs;
  const runs = traces === null ? counted(short + random, 'run') : counted(traces, 'trace');
  const rest = `${counted(campaign.compared, 'call')} in ${runs} compared`;
  const unseen = campaign.notObservable.length;
  const blind = unseen === 0 ? '' : `, ${counted(unseen, 'property', 'properties')} not observable`;
  const head = `${target} under ${profile}`;
  switch (campaign.verdict) {
    case 'conforms':
      return `${head}: ${paint.good('conforms')}; ${rest}${blind}`;
    case 'deviates':
      return `${head}: ${paint.bad(counted(deviations.length, 'deviation'))}; ${rest}${blind}`;
    case 'inconclusive':
      return `${head}: ${paint.doubtful('inconclusive')}; ${rest}${blind}`;
  }
}
