/** What a survey found, for people. */
import type { Paint } from './paint.ts';
import { left, tableLines } from './table.ts';
import {
  closestDifferences,
  closestLikenesses,
  closestText,
  differsFromClosest,
  likenessText,
  notSurveyedText,
  othersText,
  surveySummary,
  undecidedTexts,
  valueText,
  withNamesOnOneLine,
} from './survey-values.ts';
import type { SurveyReport, TargetsDifference, TargetSurvey } from './survey.types.ts';
import { counted } from './table.ts';

export function surveyText(found: SurveyReport, paint: Paint): string {
  const report = withNamesOnOneLine(found);
  const { targets, notSurveyed, differences } = report;
  const lines = [
    ...targets.flatMap((survey) => [...targetLines(survey, paint), '']),
    ...notSurveyed.flatMap((one) => [
      `${paint.heading(one.target)}: ${paint.bad(notSurveyedText(one))}`,
      '',
    ]),
    ...(targets.length === 0 ? [] : [...switchTable(targets, paint), '']),
    ...differences.flatMap((difference) => [...differenceLines(difference, paint), '']),
    surveySummary(report),
  ];
  return `${lines.join('\n')}\n`;
}

function targetLines(survey: TargetSurvey, paint: Paint): readonly string[] {
  const { target, implementation, closest } = survey;
  const { name, version } = implementation;
  const [first] = closestLikenesses(survey);
  const head = `closest: ${closestText(survey)}`;
  const likeness = first === undefined ? '' : `; ${likenessText(first)}`;
  const others = othersText(survey);
  return [
    paint.heading(`${target}: ${name} ${version}`),
    `  ${closest.length === 1 ? paint.good(head) : paint.doubtful(head)}${likeness}`,
    ...closestDifferences(survey).map((text) => `    ${text}`),
    ...(others === null ? [] : [`  ${paint.faint(others)}`]),
    ...listed('undecided', undecidedTexts(survey)),
  ];
}

function listed(name: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`  ${name}:`, ...items.map((item) => `    ${item}`)];
}

function switchTable(targets: readonly TargetSurvey[], paint: Paint): readonly string[] {
  const [first] = targets;
  const rows = (first?.switches ?? []).map(({ switch: name }) => [
    name,
    ...targets.map((survey) => {
      const finding = survey.switches.find((one) => one.switch === name);
      if (finding === undefined) return '';
      return `${valueText(finding)}${differsFromClosest(survey, finding) ? ' <<' : ''}`;
    }),
  ]);
  const columns = ['switch', ...targets.map(({ target }) => target)].map(left);
  return tableLines(columns, rows, (cell, row) => {
    if (row === -1) return paint.heading(cell);
    return cell.trimEnd().endsWith('<<') ? paint.bad(cell) : cell;
  });
}

function differenceLines(
  { between: [one, other], switches }: TargetsDifference,
  paint: Paint,
): readonly string[] {
  if (switches.length === 0) return [paint.heading(`${one} and ${other} do not differ`)];
  return [
    paint.heading(
      `${one} and ${other} differ in ${counted(switches.length, 'switch', 'switches')}`,
    ),
    ...switches.map(({ switch: name, values }) => `  ${name}: ${values.join(', ')}`),
  ];
}
