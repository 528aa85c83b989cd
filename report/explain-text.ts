/** An explanation for people. */
import type { LogVerdict, ObjectLife } from '../conformance/index.ts';
import type { ExplainReport } from './explain.types.ts';
import type { Paint } from './paint.ts';
import { counted } from './table.ts';

/** The last line is the verdicts of all. */
export function explainText(reports: readonly ExplainReport[], paint: Paint): string {
  const lines = reports.flatMap((report) => [...oneLog(report, paint), '']);
  const verdicts = reports.map(
    ({ explanation: { profile, verdict } }) => `${profile}: ${shownVerdict(verdict, paint)}`,
  );
  return `${[...lines, verdicts.join(', ')].join('\n')}\n`;
}

function shownVerdict({ verdict }: LogVerdict, paint: Paint): string {
  switch (verdict) {
    case 'conforms':
      return paint.good(verdict);
    case 'deviates':
      return paint.bad(verdict);
    case 'inconclusive':
      return paint.doubtful(verdict);
  }
}

function oneLog({ log, explanation }: ExplainReport, paint: Paint): readonly string[] {
  const { profile, verdict, judged, objects, shortLived, moreObjects } = explanation;
  const { mounts, replaced, left, assumptions, remarks } = explanation;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', paint.heading(title), ...lines.map((line) => `  ${line}`)];
  const noted = (list: readonly { readonly line: number; readonly text: string }[]): string[] =>
    list.map(({ line, text }) => `line ${line}: ${text}`);
  return [
    paint.heading(`${log} under ${profile}`),
    `${counted(judged, 'answer')} compared with the model`,
    ...verdictLines(verdict, paint),
    ...objects.flatMap((life) => ['', ...lifeLines(life, paint)]),
    ...section('mounts', [
      ...mounts.map(({ path, mounted, unmounted }) => {
        const end =
          unmounted === null
            ? paint.doubtful('still mounted at the end')
            : `unmounted by ${unmounted.by} in line ${unmounted.line}`;
        return `line ${mounted.line}: ${mounted.by} covered ${path} with a bpffs; ${end}`;
      }),
    ]),
    ...section(
      'pins replaced',
      replaced.map(
        ({ path, place, before, after }) =>
          `line ${place.line}: ${path}: ${before} before, ${after} from then on`,
      ),
    ),
    ...section(
      'pins left behind',
      left.map(({ path, object }) => `${path} holds ${object}`),
    ),
    ...section('assumed, as the log does not show it', noted(assumptions)),
    ...section('left open', noted(remarks)),
    ...(shortLived === 0
      ? []
      : ['', `${counted(shortLived, 'object')} came and went with one process, never pinned`]),
    ...(moreObjects === 0 ? [] : [`${counted(moreObjects, 'object')} more are not told`]),
  ];
}

function verdictLines(verdict: LogVerdict, paint: Paint): readonly string[] {
  switch (verdict.verdict) {
    case 'conforms':
      return [`${paint.good('conforms')}: the profile explains every answer`];
    case 'inconclusive': {
      const from = `${paint.doubtful('inconclusive')} from line ${verdict.line}`;
      return [`${from}: ${verdict.reason}`];
    }
    case 'deviates': {
      const { place, call, answer, allowed, clause } = verdict;
      return [
        `${paint.bad('deviates')} in line ${place.line}: ${place.by}: ${call}`,
        `  answered ${answer}, which no clause allows; it breaks ${clause}`,
        ...allowed.map(
          ({ answer: due, clause: by, source }) =>
            `  allowed is ${due} by ${by}${source === null ? '' : ` (${source})`}`,
        ),
      ];
    }
  }
}

const listed = (holders: readonly string[]): string =>
  holders.length === 0 ? 'nobody that the log shows' : holders.join(', ');

function lifeLines(life: ObjectLife, paint: Paint): readonly string[] {
  const { label, type, created, origin, steps, more, outlived, windows } = life;
  const kind = type === '' ? '' : ` (${type})`;
  const from =
    origin === 'created' ? `created by ${created.by}` : `${origin}, seen by ${created.by}`;
  return [
    `${paint.heading(label)}${kind}: ${from} in line ${created.line}`,
    ...steps.map(({ place, event, holders, possible }) => {
      const maybe = possible.length === 0 ? '' : `; possibly ${possible.join(', ')}`;
      return `  line ${place.line}: ${place.by}: ${event}: held by ${listed(holders)}${maybe}`;
    }),
    ...(more === 0 ? [] : [`  and ${counted(more, 'change')} more`]),
    ...(outlived === null
      ? []
      : [
          `  outlives the descriptors of ${outlived.place.by} from line ${outlived.place.line} on, through ${outlived.paths.map((path) => `the pin ${path}`).join(', ') || 'a pin that no path leads to'}`,
        ]),
    ...windows.map(
      ({ from: start, to, why, holders }) =>
        `  ${paint.doubtful('danger')}: from line ${start} to line ${to} (${why}) a crash would have lost it: held by ${listed(holders)}`,
    ),
    `  ${endText(life)}`,
  ];
}

function endText({ end }: ObjectLife): string {
  switch (end.kind) {
    case 'died':
      return `died in line ${end.place.line} of what ${end.place.by} did: ${end.of}`;
    case 'held':
      return `lives on at the end, held by ${listed(end.holders)}`;
    case 'possibly-held':
      return `held by nobody that the log shows at the end; possibly by ${end.possible.join(', ')}`;
  }
}
