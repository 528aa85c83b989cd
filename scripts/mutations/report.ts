/** The verdict as text and as JSON. */
import { counted, grouped, left, right, tableLines } from '../../report/table.ts';
import type { Compared, Judged } from './mutation.types.ts';
import { judges, kinds } from './mutation.types.ts';
import { isNoticed, type Survivor, type Verdict } from './verdict.ts';

type Equivalent = Extract<Compared, { kind: 'equivalent' }>;

function summaryRow(kind: string, judged: readonly Judged[]): readonly string[] {
  const noticed = judged.filter(({ end }) => isNoticed(end)).length;
  const by = judges.map(
    (judge) => judged.filter(({ end }) => isNoticed(end) && end.judge === judge).length,
  );
  const same = judged.filter(({ end }) => !isNoticed(end) && end.kind === 'equivalent').length;
  const share = judged.length === 0 ? '-' : `${((100 * noticed) / judged.length).toFixed(1)} %`;
  const rest = judged.length - noticed - same;
  return [kind, grouped(judged.length), share, ...[...by, same, rest].map(grouped)];
}

function summaryLines({ judged }: Verdict): readonly string[] {
  const columns = ['mutations', 'noticed', ...judges, 'equivalent', 'left'].map(right);
  const rows = kinds.map((kind) =>
    summaryRow(
      kind,
      judged.filter(({ mutation }) => mutation.kind === kind),
    ),
  );
  return tableLines([left('kind'), ...columns], [...rows, summaryRow('all', judged)]);
}

/** What is done to the rows, without the call that has them. */
const changeOf = (name: string): string => name.replace(/^(?:any call|\S+) (?=with)/, '');

/** Rows that many calls share are told once. */
function equivalentLines({ judged }: Verdict): readonly string[] {
  const groups = new Map<string, { calls: string[]; ends: Equivalent[] }>();
  for (const { mutation, end } of judged) {
    if (isNoticed(end) || end.kind !== 'equivalent') continue;
    const change = mutation.kind === 'flipped' ? mutation.name : changeOf(mutation.name);
    const group = groups.get(change) ?? { calls: [], ends: [] };
    groups.set(change, group);
    group.ends.push(end);
    if (mutation.kind !== 'flipped') group.calls.push(mutation.call);
  }
  return [...groups].map(([change, { calls, ends }]) => {
    const scopes = new Set(ends.flatMap((end) => end.scopes)).size;
    const states = ends.reduce((sum, end) => sum + end.states, 0);
    const bounded = ends.reduce((sum, end) => sum + end.bounded, 0);
    const where = calls.length === 0 ? '' : ` (${calls.join(', ')})`;
    const limit = bounded === 0 ? 'to the end' : `${grouped(bounded)} times to the limit`;
    return `  ${change}${where}: ${counted(scopes, 'scope')}, ${grouped(states)} states, ${limit}`;
  });
}

const howOf = ({ judged: { end } }: Survivor): string => ('how' in end ? end.how : '');

function survivorLines({ survivors }: Verdict): readonly string[] {
  return survivors.flatMap((one) => [
    `  ${one.judged.mutation.name}: ${one.reason ?? 'NOT LISTED'}`,
    `    ${howOf(one)}`,
  ]);
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

export function reportText(verdict: Verdict, most: number): string {
  const same = `no reachable state of the named scopes, up to ${grouped(most)} of each, tells them apart:`;
  const lines = [
    ...summaryLines(verdict),
    ...section(same, equivalentLines(verdict)),
    ...section('noticed by nothing, though some state tells:', survivorLines(verdict)),
    ...section(
      'listed, but noticed, equivalent or not there:',
      verdict.stale.map((name) => `  ${name}`),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export function reportJson(verdict: Verdict, most: number): string {
  const reasons = new Map(verdict.survivors.map(({ judged, reason }) => [judged, reason ?? null]));
  const mutations = verdict.judged.map((one) => ({
    kind: one.mutation.kind,
    name: one.mutation.name,
    ...one.end,
    ...(reasons.has(one) ? { reason: reasons.get(one) } : {}),
  }));
  return `${JSON.stringify({ statesOfScope: most, mutations, stale: verdict.stale }, null, 2)}\n`;
}
