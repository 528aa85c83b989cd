/** What a survey found, as a page of Markdown. */
import {
  closestDifferences,
  closestLikenesses,
  closestText,
  differsFromClosest,
  surveySummary,
  undecidedTexts,
  valueText,
  withNamesOnOneLine,
} from './survey-values.ts';
import type { SurveyReport, TargetsDifference, TargetSurvey } from './survey.types.ts';

export function surveyMarkdown(found: SurveyReport): string {
  const report = withNamesOnOneLine(found);
  const { targets, notSurveyed, differences } = report;
  const parts = [
    '# Survey',
    ...(targets.length === 0 ? [] : [targetTable(targets)]),
    ...targets.flatMap((survey) => [
      ...listed(
        `## ${survey.target}: what differs from ${closestText(survey)}`,
        closestDifferences(survey),
      ),
      ...listed(`## ${survey.target}: what is undecided`, undecidedTexts(survey)),
    ]),
    ...listed(
      '## Not surveyed',
      notSurveyed.map(({ target, reason }) => `${target}: ${reason}`),
    ),
    ...(targets.length === 0 ? [] : ['## Switches', switchTable(targets)]),
    ...differences.flatMap(differenceParts),
    surveySummary(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map(row).join('\n');

function targetTable(targets: readonly TargetSurvey[]): string {
  const titles = ['target', 'implementation', 'closest', 'agree', 'differ', 'follow', 'undecided'];
  const rows = targets.map((survey) => {
    const { name, version } = survey.implementation;
    const [first] = closestLikenesses(survey);
    const counts =
      first === undefined
        ? ['', '', '', '']
        : [first.agree, first.differ, first.follow, first.undecided].map(
            ({ length }) => `${length}`,
          );
    return [survey.target, `${name} ${version}`, closestText(survey), ...counts];
  });
  return table(titles, rows);
}

/** Texts with calls in them are code, as they stand in traces. */
function listed(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [title, items.map((item) => `- ${item.replace(/^(\w+): /, '`$1`: ')}`).join('\n')];
}

/** What differs from the closest profile stands in bold. */
function switchTable(targets: readonly TargetSurvey[]): string {
  const [first] = targets;
  const rows = (first?.switches ?? []).map(({ switch: name }) => [
    `\`${name}\``,
    ...targets.map((survey) => {
      const finding = survey.switches.find((one) => one.switch === name);
      if (finding === undefined) return '';
      const text = valueText(finding);
      return differsFromClosest(survey, finding) ? `**${text}**` : text;
    }),
  ]);
  return table(['switch', ...targets.map(({ target }) => target)], rows);
}

function differenceParts({
  between: [one, other],
  switches,
}: TargetsDifference): readonly string[] {
  const title = `## ${one} and ${other}`;
  if (switches.length === 0) return [title, 'They do not differ.'];
  return [
    title,
    table(
      ['switch', one, other],
      switches.map(({ switch: name, values }) => [`\`${name}\``, ...values]),
    ),
  ];
}
