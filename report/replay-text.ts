/** Replayed traces side by side, for people. */
import type { Paint } from './paint.ts';
import type {
  ReplayReport,
  ReplayRowReport,
  ReplayVerdictReport,
  ShrunkReport,
} from './replay.types.ts';
import { counted, left, right, tableLines } from './table.ts';

export function replayText(reports: readonly ReplayReport[], paint: Paint): string {
  const lines = reports.flatMap((report) => [...oneTrace(report, paint), '']);
  return `${[...lines, replaySummary(reports, paint)].join('\n')}\n`;
}

function oneTrace(report: ReplayReport, paint: Paint): readonly string[] {
  const { file, title, profile, targets, rows, verdicts } = report;
  const columns = [right('line'), left('call'), left('recorded'), left('model')];
  const isSkipped = (of: string, row: number): boolean =>
    verdicts.some((one) => one.of === of && one.skippedFrom !== null && one.skippedFrom <= row);
  // Where nothing can be told, nothing is wrong.
  const deviates = (of: string, row: number): boolean =>
    verdicts.some((one) => one.of === of && one.row === row && one.verdict === 'deviates');
  const mark = (of: string, row: number, text: string): string =>
    deviates(of, row) ? `${text} <<` : text;
  const bound = rows.findIndex(({ allowed }) => allowed.length === 0);
  const due = ({ allowed }: ReplayRowReport, row: number): string =>
    allowed.map(({ answer }) => answer).join(' or ') || (row === bound ? 'bound' : '-');
  const cells = rows.map((each, row) => {
    const { line, call, recorded, answers } = each;
    return [
      String(line),
      call,
      mark('trace', row, recorded ?? '-'),
      due(each, row),
      ...targets.map((target, at) =>
        mark(target, row, answers[at] ?? (isSkipped(target, row) ? 'skipped' : 'nothing')),
      ),
    ];
  });
  const table = tableLines([...columns, ...targets.map(left)], cells, (cell, row) => {
    if (row === -1) return paint.heading(cell);
    return cell.trimEnd().endsWith('<<') ? paint.bad(cell) : cell;
  });
  return [
    paint.heading(`${file} under ${profile}${title === null ? '' : `: ${title}`}`),
    ...table,
    ...verdicts.map((verdict) => `  ${verdictLine(verdict, report, paint)}`),
    ...(report.shrunk ?? []).flatMap((shrunk) => shrunkLines(shrunk, rows.length)),
  ];
}

/** The trace itself is as it goes into a file. */
function shrunkLines(
  { of, trace, calls, notShrunk }: ShrunkReport,
  before: number,
): readonly string[] {
  if (trace === null) {
    const why =
      notShrunk === 'interrupted'
        ? 'it was interrupted before it had deviated so again'
        : 'it did not deviate so again';
    return [`  ${of}: not shrunk, since ${why}`];
  }
  const head = `  ${of}: shrunk from ${counted(before, 'call')} to ${calls}, with the same deviation:`;
  return [head, ...trace.map((line) => `    ${line}`)];
}

function verdictLine(
  { of, verdict, row, property, reason, skippedFrom }: ReplayVerdictReport,
  { rows, targets }: ReplayReport,
  paint: Paint,
): string {
  const place = row === null ? undefined : rows[row];
  if (verdict === 'conforms' || place === undefined) {
    return `${of}: ${verdict === 'conforms' ? paint.good(verdict) : paint.bad(verdict)}`;
  }
  const at = `at line ${place.line}`;
  if (verdict === 'inconclusive') {
    const why = row === skippedFrom ? `: skipped, ${reason}` : `, where the model meets ${reason}`;
    return `${of}: ${paint.doubtful(`inconclusive ${at}`)}${why}`;
  }
  const deviates = paint.bad(`deviates ${at}`);
  const breaks = property === null ? '' : `, breaking ${property}`;
  const answer = of === 'trace' ? place.recorded : (place.answers[targets.indexOf(of)] ?? null);
  // What was found beside the outcome has nothing to do with the outcomes that are allowed.
  if (answer !== null && reason !== '') return `${of}: ${deviates}${breaks}: ${reason}`;
  const said =
    answer === null ? (reason === '' ? 'there was no answer' : reason) : `the answer is ${answer}`;
  const due = place.allowed.map(
    ({ answer: allowed, clause, source }) =>
      `${allowed} by ${clause}${source === null ? '' : ` (${source})`}`,
  );
  // Another target may have led the model elsewhere, where it met no bound.
  const beside = due.length === 0 ? '' : `, allowed is ${due.join(' or ')}`;
  return `${of}: ${deviates}${breaks}: ${said}${beside}`;
}

/** One line: how many traces were replayed, and how that went. */
export function replaySummary(reports: readonly ReplayReport[], paint: Paint): string {
  const count = (verdict: ReplayVerdictReport['verdict']): number =>
    reports.flatMap(({ verdicts }) => verdicts).filter((one) => one.verdict === verdict).length;
  const deviating = count('deviates');
  const unknown = count('inconclusive');
  const parts = [
    paint.good(`${count('conforms')} conforming`),
    ...(deviating > 0 ? [paint.bad(`${deviating} deviating`)] : []),
    ...(unknown > 0 ? [paint.doubtful(`${unknown} inconclusive`)] : []),
  ];
  return `${counted(reports.length, 'replay')}, compared with the model: ${parts.join(', ')}`;
}
