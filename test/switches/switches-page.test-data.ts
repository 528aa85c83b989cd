/** The page of switches: what is known of each, and what its traces tell. */
import { switchNames } from '../../cli/selection.ts';
import {
  profileNames,
  profiles,
  switches,
  switchFacts,
  type Change,
  type Facts,
  type Origin,
  type SwitchName,
} from '../../model/index.ts';
import { attributesTable } from './attributes-table.test-data.ts';
import type { Telling } from './tellings.test-data.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
const code = (text: string): string => `\`${text}\``;
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (titles: readonly string[], rows: readonly string[]): string =>
  [row(...titles), row(...titles.map(() => '---')), ...rows].join('\n');

function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'commit':
      return origin.note === undefined ? origin.id : `${origin.id}, ${origin.note}`;
    case 'remembered':
      return `${origin.id}, from memory`;
    case 'told':
      return origin.text;
    case 'not-confirmed':
      return 'id not confirmed';
  }
}

/** When a switch has a value: between two changes, of which either may be missing. */
interface Span {
  readonly value: string;
  readonly since: Change<string> | null;
  readonly until: Change<string> | null;
}

function spansOf({ first, changes }: Facts<string>): readonly Span[] {
  const starts = [null, ...changes];
  return starts.map((since, at) => ({
    value: since?.to ?? first,
    since,
    until: changes[at] ?? null,
  }));
}

function valueRow(name: SwitchName, facts: Facts<string>, value: string): string {
  const spans = spansOf(facts).filter((span) => span.value === value);
  const since = spans.map(({ since: change }) =>
    change === null ? 'the beginning' : `${change.in}: ${originText(change.origin)}`,
  );
  const until = spans.map(({ until: change }) => change?.in ?? 'today');
  const holders = profileNames.filter((profile) => profiles[profile][name] === value);
  return row(
    ...[code(value), facts.values[value] ?? ''],
    ...[since.join('; ') || 'never', until.join('; ')],
    holders.join(', ') || 'none',
  );
}

/** One line for each trace and profile, with what the trace tells there. */
function tellingLines(tellings: readonly Telling[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { trace, profile, value, otherValue, line } of tellings) {
    const where = `- ${code(trace)} under ${profile}, ${code(value)}`;
    lines.set(where, [...(lines.get(where) ?? []), `line ${line} with ${code(otherValue)}`]);
  }
  return [...lines].map(([where, told]) => `${where}: ${told.join(', ')}.`);
}

function countLines({ countTraces = [] }: Facts<string>): readonly string[] {
  if (countTraces.length === 0) return [];
  return [
    `Answered alike with all values, but held otherwise: ${countTraces.map(code).join(', ')}.`,
  ];
}

function impliedLines({ implied = [] }: Facts<string>): readonly string[] {
  return implied.map(
    ({ switch: name, is, as }) =>
      `With ${code(`${name}=${is}`)} nothing is left to differ: a survey says ${code(as)} then.`,
  );
}

function section(name: SwitchName, tellings: readonly Telling[]): string {
  const facts: Facts<string> = switchFacts[name];
  const { about, values } = switches[name];
  const untold = (facts.untold ?? []).map(
    ({ values: [one, other], why }) => `- Between ${code(one)} and ${code(other)}: ${why}`,
  );
  return [
    `## ${name}`,
    about,
    facts.means,
    table(
      ['value', 'says', 'since', 'up to the change in', 'profiles'],
      values.map((value) => valueRow(name, facts, value)),
    ),
    ...(name === 'attributes' ? [attributesTable()] : []),
    'Traces:',
    tellingLines(tellings).join('\n'),
    ...countLines(facts),
    ...impliedLines(facts),
    ...(untold.length > 0 ? ['What no trace tells:', untold.join('\n')] : []),
    ...(facts.more === undefined ? [] : [facts.more]),
    `Source: ${facts.source}`,
  ].join('\n\n');
}

function overview(): string {
  const rows = switchNames.map((name) => {
    const changes: readonly Change<string>[] = switchFacts[name].changes;
    return row(
      ...[code(name), code(profiles['linux-4.4'][name]), code(profiles['linux-6.18'][name])],
      ...[changes.map((change) => change.in).join(', ')],
      [...new Set(changes.map(({ origin }) => originText(origin)))].join('; '),
    );
  });
  return table(['switch', 'linux-4.4', 'linux-6.18', 'changed in', 'by'], rows);
}

const intro = `# Switches

What kernels differ in, one by one. A profile is a set of their values: [kernels.md](kernels.md), which also
says what "observed", "measured" and "read" mean. Any of them can be set by itself, \`--switch NAME=VALUE\`.

An id of a commit that is "from memory" was not looked up, and one that is "not confirmed" is not known.
"after 4.6" is some release behind 4.6, and "by 4.6" is that one or some before it.

Traces are in \`traces/corpus/\`; what six kernels answered, row by row, is in \`traces/corpus/observed/\`. A
trace that is named under a switch holds under the profile that is named with it. With the one switch set to
another value it deviates, for the first time in the line that is given.

This page is made from \`model/profiles/switches.ts\`, the facts in \`model/profiles/facts/\` and the traces: do
not edit it, but renew it with \`UPDATE_GOLDEN=1 npx vitest run test/switches/switches-page.test.ts\`.`;

/** The page as Markdown. */
export function switchesPage(tellings: ReadonlyMap<SwitchName, readonly Telling[]>): string {
  const sections = switchNames.map((name) => section(name, tellings.get(name) ?? []));
  return `${[intro, overview(), ...sections].join('\n\n')}\n`;
}
