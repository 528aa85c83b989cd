/** The page of cases: which traces show each, and under which profiles they answer as they are written. */
import { corpusFile } from '../../cli/differences.ts';
import { readTraceFile } from '../../cli/replay/read-trace.ts';
import { chooseProfile } from '../../cli/selection.ts';
import { boundsOf } from '../../cli/replay/trace-bounds.ts';
import { outcomeText, replay, specify } from '../../conformance/index.ts';
import { profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import type { Theme } from './case.test-data.ts';
import { objects } from './objects.test-data.ts';
import { places } from './places.test-data.ts';
import { unshown } from './unshown.test-data.ts';

const themes: readonly Theme[] = [...places, ...objects];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map(row).join('\n');
const link = (trace: string): string => `[${trace}](../traces/corpus/${trace}.trace)`;

export const namedTraces: readonly string[] = [
  ...new Set(themes.flatMap(({ cases }) => cases.flatMap(({ traces }) => traces))),
].sort();

/** `=` if a trace is what the profile says; else the line of the first call that is not, and what it says. */
async function answerUnder(trace: string, profile: ProfileName): Promise<string> {
  const { header, events, settings } = readTraceFile(corpusFile(trace));
  const { base, switches } = chooseProfile(profile, settings);
  const bounds = boundsOf(header, events);
  const specification = specify(base, { switches, bounds, host: header.host });
  const { rows, verdicts } = await replay(specification, events, [], []);
  const [told] = verdicts;
  if (told?.verdict === 'conforms') return '=';
  const row = told?.verdict === 'deviates' && told.at !== null ? rows[told.at] : undefined;
  if (row === undefined) throw new Error(`${trace} has no verdict under ${profile}`);
  const answers = row.allowed.map(({ outcome }) => outcomeText(row.step.call, outcome));
  return `${events[told?.at ?? 0]?.line ?? 0}: ${[...new Set(answers)].join(' or ')}`;
}

/** Trace by trace what each profile answers. */
export async function outcomesTable(): Promise<string> {
  const rows = await Promise.all(
    namedTraces.map(async (trace) => [
      link(trace),
      ...(await Promise.all(profileNames.map((profile) => answerUnder(trace, profile)))),
    ]),
  );
  return table(['trace', ...profileNames], rows);
}

const themeText = ({ theme, cases }: Theme): string => `## ${theme}

${table(
  ['case', 'traces'],
  cases.map(({ case: text, traces }) => [text, traces.map(link).join(', ')]),
)}`;

export const casesPage = (
  outcomes: string,
): string => `# Surprising cases, and the traces that show them

Where kernels surprised somebody, or had a bug, and the traces in \`traces/corpus/\` that show it as calls and
their answers. What is a race between processors, or needs another view than that of calls, is not here.

${themes.map(themeText).join('\n\n')}

## What no trace shows

${table(
  ['case', 'why'],
  unshown.map(([what, why]) => [what, why]),
)}

## What each profile answers

\`=\`: every answer is the one that is written in the trace. Else the line of the first call that is
answered otherwise, and the answer.

${outcomes}
`;
