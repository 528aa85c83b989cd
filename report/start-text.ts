/** What `start` found, for people: one table, then what is wrong, then one line. */
import { deviationLines } from './check-text.ts';
import type { CheckReport } from './check.types.ts';
import { checkEnding, endingOf } from './exit-code.ts';
import type { Ending } from './exit-code.ts';
import type { Paint } from './paint.ts';
import type { StartReport } from './start.types.ts';
import { counted, left, tableLines } from './table.ts';
import { problemLines } from './verify-text.ts';
import type { ScopeReport } from './verify.types.ts';

export function startText(report: StartReport, paint: Paint): string {
  const { searches } = report;
  const checks = checksOf(report);
  const columns = [left('part'), left('profile'), left('verdict'), left('found')];
  const rows = [...searches.map(searchRow), ...checks.map(checkRow)];
  const table = tableLines(columns, rows, (cell, row, column) => {
    if (row === -1) return paint.heading(cell);
    return column === 2 ? paintWord(cell, paint) : cell;
  });
  const lines = [
    ...table,
    ...absence(report, paint),
    ...searches.flatMap((one) => searchProblems(one, paint)),
    ...checks.flatMap(({ deviations }) => deviationLines(deviations, paint)),
    '',
    startSummary(report, paint),
  ];
  return `${lines.join('\n')}\n`;
}

/** The checks that were made. */
function checksOf({ reference, linux }: StartReport): readonly CheckReport[] {
  return 'campaign' in linux ? [...reference, linux] : reference;
}

function absence({ linux }: StartReport, paint: Paint): readonly string[] {
  if ('skipped' in linux) return [paint.doubtful(`linux: SKIPPED (${linux.skipped})`)];
  return 'broken' in linux ? [paint.bad(`linux: BROKEN (${linux.broken})`)] : [];
}

function searchRow({ scope, profile, verdict, counts }: ScopeReport): readonly string[] {
  const { states, transitions, attempts } = counts;
  const tried = attempts === 0 ? '' : `, ${counted(attempts, 'failing call')}`;
  const found = `${counted(states, 'state')}, ${counted(transitions, 'transition')}${tried}`;
  return [`verify ${scope}`, profile, verdict, found];
}

function checkRow({ target, profile, campaign, deviations }: CheckReport): readonly string[] {
  const { runs, compared, notObservable, implementation } = campaign;
  const version = target === 'linux' ? ` ${implementation.version}` : '';
  const unseen = notObservable.length;
  const parts = [
    `${counted(compared, 'call')} in ${counted(runs.short + runs.random, 'run')}`,
    ...(deviations.length === 0 ? [] : [counted(deviations.length, 'deviation')]),
    ...(unseen === 0 ? [] : [`${counted(unseen, 'property', 'properties')} not observable`]),
  ];
  return [`check ${target}${version}`, profile, campaign.verdict, parts.join(', ')];
}

function paintWord(cell: string, paint: Paint): string {
  const word = cell.trim();
  if (word === 'pass' || word === 'conforms') return paint.good(cell);
  return word === 'inconclusive' ? paint.doubtful(cell) : paint.bad(cell);
}

function searchProblems(report: ScopeReport, paint: Paint): readonly string[] {
  const problems = problemLines(report, paint);
  if (problems.length === 0) return [];
  return ['', paint.heading(`${report.scope}, ${report.profile}`), ...problems];
}

/** One line: `3 of 3 parts done: ...`. */
export function startSummary(report: StartReport, paint: Paint): string {
  const { searches, reference, linux } = report;
  const verified = searches.map(({ verdict }) => endingOf(verdict));
  const checked = reference.map((one) => checkEnding(one, 'lenient'));
  const parts = [
    `the model ${word(verified, 'holds', 'is violated', paint)}`,
    `the reference ${word(checked, 'conforms', 'deviates', paint)}`,
    `linux ${linuxWord(linux, paint)}`,
  ];
  return `${'campaign' in linux ? '3 of 3' : '2 of 3'} parts done: ${parts.join(', ')}`;
}

function linuxWord(linux: StartReport['linux'], paint: Paint): string {
  if ('skipped' in linux) return paint.doubtful('skipped');
  if ('broken' in linux) return paint.bad('broken');
  return word([checkEnding(linux, 'lenient')], 'conforms', 'deviates', paint);
}

function word(endings: readonly Ending[], good: string, bad: string, paint: Paint): string {
  if (endings.includes('deviation')) return paint.bad(bad);
  return endings.every((ending) => ending === 'fine')
    ? paint.good(good)
    : paint.doubtful('inconclusive');
}
