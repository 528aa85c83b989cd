/** What verifying found, for people. */
import type { Paint } from './paint.ts';
import { counted, grouped, left, right, tableLines } from './table.ts';
import type { ScopeReport, SearchLimit } from './verify.types.ts';

/** One line for each scope and profile. */
export function verifyTable(reports: readonly ScopeReport[], paint: Paint): readonly string[] {
  const columns = [
    left('scope'),
    left('profile'),
    left('verdict'),
    right('states'),
    right('transitions'),
    right('failing calls'),
    right('depth'),
    right('goals'),
  ];
  const rows = reports.map((report) => {
    const { states, transitions, attempts, depth } = report.counts;
    const counts = [states, transitions, attempts, depth].map(grouped);
    return [report.scope, report.profile, report.verdict, ...counts, reachedOf(report)];
  });
  return tableLines(columns, rows, (cell, row, column) => {
    if (row === -1) return paint.heading(cell);
    return column === 2 ? paintVerdict(reports[row]?.verdict, paint)(cell) : cell;
  });
}

/** A violation ends a search before all goals could be reached. */
function reachedOf({ goals, violations }: ScopeReport): string {
  if (goals.length === 0 || violations.length > 0) return '-';
  return `${goals.filter(({ steps }) => steps !== null).length} of ${goals.length}`;
}

function paintVerdict(
  verdict: ScopeReport['verdict'] | undefined,
  paint: Paint,
): (text: string) => string {
  switch (verdict) {
    case 'pass':
      return paint.good;
    case 'fail':
      return paint.bad;
    case 'inconclusive':
    case undefined:
      return paint.doubtful;
  }
}

/**
 * The table and what there is to say about each scope: goals, gaps, counterexamples.
 * @param folder where traces that take every transition were to be written, if they were asked for.
 */
export function verifyText(reports: readonly ScopeReport[], paint: Paint, folder?: string): string {
  const lines = [
    ...verifyTable(reports, paint),
    ...reports.flatMap((report) => ['', ...scopeLines(report, paint)]),
    '',
    verifySummary(reports, paint) + (folder === undefined ? '' : emission(reports, folder)),
  ];
  return `${lines.join('\n')}\n`;
}

function scopeLines(report: ScopeReport, paint: Paint): readonly string[] {
  const { properties, violations, goals, neverTaken } = report;
  const violated = violations.map(({ property }) => property);
  const holding = properties.filter((id) => !violated.includes(id));
  const reached = goals.flatMap(({ goal, steps }) =>
    steps === null ? [] : [`${goal} in ${steps}`],
  );
  const complete = report.limit === null && violations.length === 0;
  return [
    paint.heading(`${report.scope}, ${report.profile}`),
    ...(report.searchedAs === null ? [] : [`  searched as ${report.searchedAs}`]),
    ...told(report.restrictions),
    ...omissionLines(report, paint),
    ...named(complete ? 'holds' : 'not violated so far', holding),
    ...named('reached', reached),
    ...coveringLines(report, paint),
    ...named(complete ? 'never succeeds' : 'no success so far', neverTaken),
    ...coverageLines(report),
    ...problemLines(report, paint),
  ];
}

/** What symmetry leaves apart, each with the reason. */
const told = (restrictions: readonly string[]): readonly string[] =>
  restrictions.length === 0 ? [] : [`  told apart: ${restrictions.join('; ')}`];

/** Of a lossy search: how far it can be trusted. */
function omissionLines({ omission }: ScopeReport, paint: Paint): readonly string[] {
  if (omission === undefined) return [];
  const chance =
    omission === 0 ? 'not at all' : `with a probability of ${omission.toPrecision(2)} at most`;
  return [`  ${paint.doubtful('lossy')}: a state was left out ${chance}`];
}

function coverageLines({ coverage }: ScopeReport): readonly string[] {
  if (coverage === null) return [];
  const { clauses, transitions, unreached } = coverage;
  return [
    `  runs: ${clauses.reached} of ${clauses.of} clauses, ${transitions.reached} of ${transitions.of} transitions of the charts`,
    ...named('no call stops at', unreached),
  ];
}

function coveringLines({ covering }: ScopeReport, paint: Paint): readonly string[] {
  if (covering === undefined) return [];
  if (covering.kind !== 'complete') return [`  ${paint.doubtful('not covered by traces')}`];
  const { traces, calls, distinct } = covering;
  return [
    `  covered: ${counted(distinct, 'distinct transition')} by ${counted(calls, 'call')} in ${counted(traces, 'trace')}`,
  ];
}

/** What became of the traces of all searches, behind the summary. */
function emission(reports: readonly ScopeReport[], folder: string): string {
  const counts = reports.map(({ covering }) =>
    covering?.kind === 'complete' ? covering.traces : null,
  );
  if (counts.includes(null)) return '; no traces were written, as not all could be found';
  const traces = counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return `; ${counted(traces, 'trace')} written to ${folder}`;
}

/** What is wrong in a scope, or kept it from being searched to the end; nothing if all is well. */
export function problemLines(report: ScopeReport, paint: Paint): readonly string[] {
  const { limit, unreached, violations } = report;
  return [
    ...(limit === null ? [] : [`  ${paint.doubtful(limitText(limit))}`]),
    ...named(paint.bad('never reached'), unreached),
    ...violations.flatMap(({ property, title, steps, trace }) => [
      `  ${paint.bad(`${property} is violated`)}, in ${steps === 1 ? 'one step' : `${steps} steps`}: ${title}`,
      ...trace.map((line) => `    ${line}`),
    ]),
  ];
}

function named(name: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`  ${name}: ${items.join(', ')}`];
}

function limitText(limit: SearchLimit): string {
  switch (limit) {
    case 'states':
      return 'not searched to the end: the limit on states (--max-states) was reached';
    case 'memory':
      return 'not searched to the end: the limit on memory (--max-memory) was reached';
    case 'time':
      return 'not searched to the end: the limit on time (--time) was reached';
    case 'interrupt':
      return 'not searched to the end: interrupted';
  }
}

/** One line: how many searches ended how. */
export function verifySummary(reports: readonly ScopeReport[], paint: Paint): string {
  const count = (verdict: ScopeReport['verdict']): number =>
    reports.filter((report) => report.verdict === verdict).length;
  const parts = [
    paint.good(`${count('pass')} passed`),
    ...(count('fail') > 0 ? [paint.bad(`${count('fail')} failed`)] : []),
    ...(count('inconclusive') > 0 ? [paint.doubtful(`${count('inconclusive')} inconclusive`)] : []),
  ];
  return `${reports.length === 1 ? 'one search' : `${reports.length} searches`}: ${parts.join(', ')}`;
}
