/** Decides the value of one switch of a target, all others being known or supposed. */
import { switchFacts, switches, withSwitch } from '../../model/index.ts';
import type { Facts, SwitchName, Switches } from '../../model/index.ts';
import { printStep } from '../../traces/index.ts';
import type { ProbeJudge } from './probe-judge.ts';
import type { ProbeVerdict } from './probe-verdict.ts';
import type { Probe, RuledOut, SwitchFinding } from './survey.types.ts';

/** What is known of a target while one of its switches is decided. */
export interface Known {
  /** What was decided, and for the rest what is supposed. */
  readonly is: Switches;
  /** The switches that were decided. */
  readonly decided: ReadonlySet<SwitchName>;
}

/** Plays without a value that would show now and then, where the facts say no other number. */
const usualPlays = 10;

/**
 * A value is ruled out where a trace that some value explains does not go with it. Where values allow
 * each other's answers, the narrowest is taken once the others had their chances to show.
 */
export async function decideSwitch(
  name: SwitchName,
  known: Known,
  probes: readonly Probe[],
  judge: ProbeJudge,
): Promise<SwitchFinding> {
  const seen = await byAnswers(name, known, probes, judge, () => 1);
  const finding = findingOf(name, seen);
  if (finding.kind === 'decided' || finding.left.length === 0) return finding;
  const follows = impliedValue(name, known);
  if (follows !== null && finding.left.includes(follows.as)) {
    const others = finding.left.filter((value) => value !== follows.as);
    const rest = others.map((value): RuledOut => {
      return { value, by: 'implication', switch: follows.switch, is: follows.is };
    });
    const ruledOut = [...finding.ruledOut, ...rest];
    return { kind: 'decided', switch: name, value: follows.as, ruledOut };
  }
  return (await byAbsence(name, known, probes, judge, finding.left)) ?? finding;
}

/** What the traces of a switch say of its values. */
interface Seen {
  readonly ruledOut: readonly RuledOut[];
  /** Why traces say no more. */
  readonly reasons: readonly string[];
}

async function byAnswers(
  name: SwitchName,
  { is }: Known,
  probes: readonly Probe[],
  judge: ProbeJudge,
  timesOf: (probe: Probe) => number,
): Promise<Seen> {
  const ruledOut: RuledOut[] = [];
  const reasons: string[] = [];
  for (const probe of probes) {
    const isOut = (value: string): boolean => ruledOut.some((one) => one.value === value);
    const { values } = switches[name];
    const verdictsOn = (some: readonly string[]) =>
      verdictsOf(some, (value) => judge.judge(probe, withSwitch(is, name, value), timesOf(probe)));
    const left = await verdictsOn(values.filter((value) => !isOut(value)));
    // Where it speaks against all that are left, those that are out may explain it all the same.
    const isAskedOfAll = probe.length === 'short' && left.every(isRuledOut);
    const out = isAskedOfAll ? await verdictsOn(values.filter(isOut)) : [];
    const verdicts = [...left, ...out];
    if (verdicts.every(isRuledOut)) {
      reasons.push(unexplained(probe, verdicts.find(([value]) => value === is[name])?.[1]));
      continue;
    }
    for (const [value, verdict] of left) {
      if (verdict.kind === 'open') reasons.push(`${probe.name}: ${verdict.why}`);
      if (verdict.kind !== 'ruled-out') continue;
      ruledOut.push({ value, by: 'answer', trace: probe.name, ...placeOf(probe, verdict) });
    }
  }
  return { ruledOut, reasons: [...new Set(reasons)] };
}

type Judged = readonly [value: string, verdict: ProbeVerdict];

const isRuledOut = ([, { kind }]: Judged): boolean => kind === 'ruled-out';

async function verdictsOf(
  values: readonly string[],
  judge: (value: string) => Promise<ProbeVerdict>,
): Promise<readonly Judged[]> {
  const verdicts: Judged[] = [];
  for (const value of values) verdicts.push([value, await judge(value)]);
  return verdicts;
}

type RuledOutVerdict = Extract<ProbeVerdict, { readonly kind: 'ruled-out' }>;

function placeOf({ steps }: Probe, { at, answer }: RuledOutVerdict) {
  const there = steps[Math.max(0, at)];
  const call = there === undefined ? '' : printStep(there.step);
  return { line: there?.line ?? 0, call, answer };
}

function unexplained(probe: Probe, verdict: ProbeVerdict | undefined): string {
  if (verdict?.kind !== 'ruled-out') return '';
  const { line, call, answer } = placeOf(probe, verdict);
  return `no value explains the answer ${answer} to ${call} (${probe.name}:${line})`;
}

function findingOf(name: SwitchName, { ruledOut, reasons }: Seen): SwitchFinding {
  const values: readonly string[] = switches[name].values;
  const left = values.filter((value) => ruledOut.every((one) => one.value !== value));
  const [value] = left;
  if (value !== undefined && left.length === 1) {
    return { kind: 'decided', switch: name, value, ruledOut };
  }
  const [first = whyUntold(name, left)] = reasons;
  const why = left.length === 0 ? 'its traces contradict each other' : first;
  return { kind: 'undecided', switch: name, left, ruledOut, why };
}

/** Why no trace tells these values apart. */
function whyUntold(name: SwitchName, left: readonly string[]): string {
  const facts: Facts<string> = switchFacts[name];
  const told = facts.untold?.find(({ values }) => values.every((value) => left.includes(value)));
  return told?.why ?? 'none of its traces tells these values apart on this target';
}

function impliedValue(name: SwitchName, { is, decided }: Known) {
  const facts: Facts<string> = switchFacts[name];
  const rules = facts.implied ?? [];
  return rules.find((rule) => decided.has(rule.switch) && is[rule.switch] === rule.is) ?? null;
}

/** The one value whose answers all others allow, if none of them shows however often it is tried. */
async function byAbsence(
  name: SwitchName,
  known: Known,
  probes: readonly Probe[],
  judge: ProbeJudge,
  left: readonly string[],
): Promise<SwitchFinding | null> {
  const facts: Facts<string> = switchFacts[name];
  const times = facts.plays ?? usualPlays;
  for (const value of left) {
    const showing = await showingProbes(name, known, probes, judge, left, value);
    if (showing === null) continue;
    const chances = new Set(showing.values());
    const again = findingOf(
      name,
      await byAnswers(name, known, probes, judge, (probe) => (chances.has(probe.name) ? times : 1)),
    );
    if (again.kind === 'decided' || !again.left.includes(value)) return again;
    const ruledOut = again.left.flatMap((other): readonly RuledOut[] => {
      const trace = showing.get(other);
      return trace === undefined ? [] : [{ value: other, by: 'absence', trace, plays: times }];
    });
    return { kind: 'decided', switch: name, value, ruledOut: [...again.ruledOut, ...ruledOut] };
  }
  return null;
}

/** By value, the trace in which it would show that a target does not have `hidden`; null if one does not. */
async function showingProbes(
  name: SwitchName,
  { is }: Known,
  probes: readonly Probe[],
  judge: ProbeJudge,
  left: readonly string[],
  hidden: string,
): Promise<ReadonlyMap<string, string> | null> {
  const found = new Map<string, string>();
  for (const value of left.filter((one) => one !== hidden)) {
    const pair = [withSwitch(is, name, value), withSwitch(is, name, hidden)] as const;
    for (const probe of probes) {
      if (found.has(value) || !(await judge.wouldShow(probe, ...pair))) continue;
      found.set(value, probe.name);
    }
    if (!found.has(value)) return null;
  }
  return found;
}
