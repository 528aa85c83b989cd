/** Holds what a target answered to probing traces against kernels with these or those switches. */
import type { Adapter, Answer, Hello } from '../../adapters/contract/index.ts';
import type { Switches } from '../../model/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import { createJudge } from '../judge.ts';
import { outcomeText } from '../outcome-text.ts';
import type { PlannedStep } from '../plan.ts';
import type { Specification } from '../specification.types.ts';
import { nameOf } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import { createProbePlayer } from './probe-plays.ts';
import type { ProbePlays } from './probe-plays.ts';
import type { Probe } from './survey.types.ts';

/** What a target's answers to a trace say of a kernel. */
export type ProbeVerdict =
  | { readonly kind: 'allowed' }
  /** Not ruled out by as much as was answered, but there would be more. */
  | { readonly kind: 'open'; readonly why: string }
  /** `at`: the step, from 0, that the kernel answers otherwise; `answer` is the target's. */
  | { readonly kind: 'ruled-out'; readonly at: number; readonly answer: string };

export interface ProbeJudge {
  /**
   * Whether the target is allowed what it answered, if it has these switches.
   * @param times how often the trace is played at least.
   * @throws AdapterFailure if our own side of the adapter fails.
   */
  judge(probe: Probe, is: Switches, times: number): Promise<ProbeVerdict>;
  /** Whether what a kernel may answer to this trace would tell it from another one on this target. */
  wouldShow(probe: Probe, kernel: Switches, other: Switches): Promise<boolean>;
}

export function createProbeJudge(adapter: Adapter, kernels: Kernels): ProbeJudge {
  const { hello } = adapter;
  const player = createProbePlayer(adapter);
  const verdicts = new Map<string, ProbeVerdict>();
  const runs = new Map<string, readonly PlannedStep[]>();

  /** What a run expects matters only where descriptors are translated, or a long trace is judged by it. */
  function runOf(probe: Probe, is: Switches): readonly PlannedStep[] {
    if (hello.descriptors === 'opaque' || probe.length === 'long') return kernels.plan(probe, is);
    const run = runs.get(probe.name) ?? kernels.plan(probe, is);
    runs.set(probe.name, run);
    return run;
  }

  return {
    async judge(probe, is, times) {
      const key = `${probe.name} ${times} ${nameOf(is)}`;
      const known = verdicts.get(key);
      if (known !== undefined) return known;
      const run = runOf(probe, is);
      const played = await player.play(probe, run, times);
      const verdict =
        probe.length === 'long'
          ? verdictByPlan(played, run)
          : verdictOn(played, run, kernels.specification(probe, is), hello);
      verdicts.set(key, verdict);
      return verdict;
    },
    async wouldShow(probe, kernel, other) {
      const { plays } = await player.play(probe, runOf(probe, kernel), 1);
      return kernels.telling(probe, kernel, other) < (plays[0]?.length ?? 0);
    },
  };
}

/** Of a long trace, in which no effect is deferred: nothing else is allowed than what is planned. */
function verdictByPlan({ plays, missing }: ProbePlays, run: readonly PlannedStep[]): ProbeVerdict {
  for (const answers of plays) {
    for (const [at, { outcome }] of answers.entries()) {
      const planned = run[at];
      if (planned === undefined || sameOutcome(planned.outcome, outcome)) continue;
      return { kind: 'ruled-out', at, answer: outcomeText(planned.step.call, outcome) };
    }
  }
  return missing === null ? { kind: 'allowed' } : { kind: 'open', why: missing };
}

function verdictOn(
  { plays, missing }: ProbePlays,
  run: readonly PlannedStep[],
  specification: Specification,
  hello: Hello,
): ProbeVerdict {
  const judge = createJudge(specification, hello, [], new Map());
  let why = missing;
  for (const answers of plays) {
    judge.begin('stop');
    answers.every((answer: Answer, at) => {
      const planned = run[at];
      return planned !== undefined && judge.step(planned.step, answer) === 'go-on';
    });
    const { findings, inconclusive } = judge.result();
    const [first] = findings;
    if (first !== undefined) {
      const { at, kind, text, step, answer } = first;
      const isSaid = kind === 'outcome' && step !== null && answer !== null;
      return { kind: 'ruled-out', at, answer: isSaid ? outcomeText(step.call, answer) : text };
    }
    why ??= inconclusive;
  }
  return why === null ? { kind: 'allowed' } : { kind: 'open', why };
}
