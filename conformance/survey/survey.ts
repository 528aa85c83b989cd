/** Surveys a target: decides every switch by probing traces, and names the closest profile. */
import type { Adapter } from '../../adapters/contract/index.ts';
import { switches, withSwitch } from '../../model/index.ts';
import type { SwitchName } from '../../model/index.ts';
import { decideSwitch } from './decide-switch.ts';
import type { Known } from './decide-switch.ts';
import { closestOf, likenessOf } from './likeness.ts';
import type { Kernels } from './kernels.ts';
import { createProbeJudge } from './probe-judge.ts';
import type { ProbeJudge } from './probe-judge.ts';
import type { Candidate, Probe, Probes, Survey, SwitchFinding } from './survey.types.ts';

/** What targets are held against. */
export interface SurveyQuestion {
  readonly probes: Probes;
  /** The profiles that they may be closest to, one at least. */
  readonly candidates: readonly Candidate[];
  readonly kernels: Kernels;
}

export interface SurveyOptions {
  /** `left-out`: what only long traces tell is left undecided. */
  readonly longProbes: 'played' | 'left-out';
  /** Called before each switch is looked at. */
  readonly onSwitch?: (name: SwitchName) => void;
}

/** What is found of one switch may explain more of another: so many rounds are more than enough. */
const mostRounds = 6;

const isSwitchName = (name: string): name is SwitchName => Object.hasOwn(switches, name);
const names = Object.keys(switches).filter(isSwitchName);

/**
 * Decides each switch under what was found of the others, from the candidate on that explains most of
 * what the target answered, until nothing changes any more.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function survey(
  adapter: Adapter,
  { probes, candidates, kernels }: SurveyQuestion,
  options: SurveyOptions,
): Promise<Survey> {
  const judge = createProbeJudge(adapter, kernels);
  const short = (name: SwitchName): readonly Probe[] =>
    probes(name).filter(({ length }) => length === 'short');
  let known: Known = {
    is: (await mostExplaining(candidates, names.flatMap(short), judge)).switches,
    decided: new Set(),
  };
  let findings: readonly SwitchFinding[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const before = known.is;
    ({ findings, known } = await decideAll(known, short, judge, options));
    const { is } = known;
    if (names.every((name) => is[name] === before[name])) break;
  }
  if (options.longProbes === 'played') findings = await decideRest(findings, known, probes, judge);
  const likenesses = candidates.map((candidate) => likenessOf(candidate, findings));
  return { findings, likenesses, closest: closestOf(likenesses, findings) };
}

/** Who has so many more traces against it than another candidate is not looked at any longer. */
const hopeless = 6;

/** The first of those that the fewest traces speak against. */
async function mostExplaining(
  candidates: readonly Candidate[],
  probes: readonly Probe[],
  judge: ProbeJudge,
): Promise<Candidate> {
  let running = candidates.map((candidate) => ({ candidate, against: 0 }));
  for (const probe of probes) {
    const next: typeof running = [];
    for (const { candidate, against } of running) {
      const { kind } = await judge.judge(probe, candidate.switches, 1);
      next.push({ candidate, against: kind === 'ruled-out' ? against + 1 : against });
    }
    const fewest = Math.min(...next.map(({ against }) => against));
    running = next.filter(({ against }) => against < fewest + hopeless);
  }
  const [first, ...rest] = running;
  if (first === undefined) throw new Error('a survey compares with one profile at least');
  return rest.reduce((best, one) => (one.against < best.against ? one : best), first).candidate;
}

/** What was found of a switch holds for those that come after it. */
async function decideAll(
  before: Known,
  probesOf: (name: SwitchName) => readonly Probe[],
  judge: ProbeJudge,
  { onSwitch }: SurveyOptions,
): Promise<{ readonly findings: readonly SwitchFinding[]; readonly known: Known }> {
  const findings: SwitchFinding[] = [];
  let known = before;
  for (const name of names) {
    onSwitch?.(name);
    const finding = await decideSwitch(name, known, probesOf(name), judge);
    findings.push(finding);
    known = learnt(known, finding);
  }
  return { findings, known };
}

function learnt({ is, decided }: Known, finding: SwitchFinding): Known {
  const { switch: name, kind } = finding;
  const others = [...decided].filter((one) => one !== name);
  return kind === 'decided'
    ? { is: withSwitch(is, name, finding.value), decided: new Set([...others, name]) }
    : { is, decided: new Set(others) };
}

/** Long traces are played for what the short ones left open. */
async function decideRest(
  findings: readonly SwitchFinding[],
  known: Known,
  probes: Probes,
  judge: ProbeJudge,
): Promise<readonly SwitchFinding[]> {
  const all: SwitchFinding[] = [];
  for (const finding of findings) {
    const { switch: name, kind } = finding;
    const hasLong = probes(name).some(({ length }) => length === 'long');
    const isOpen = kind === 'undecided' && hasLong;
    all.push(isOpen ? await decideSwitch(name, known, probes(name), judge) : finding);
  }
  return all;
}
