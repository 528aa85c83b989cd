/** What a target's answers to a probing trace say of one kernel. */
import type { Hello } from '../../adapters/contract/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import { createJudge } from '../judge.ts';
import { outcomeText } from '../outcome-text.ts';
import type { PlannedStep } from '../plan.ts';
import type { Specification } from '../specification.types.ts';
import type { ProbePlays } from './probe-plays.ts';
import type { Probe } from './survey.types.ts';

export type ProbeVerdict =
  | { readonly kind: 'allowed' }
  /** Not ruled out by as much as was answered, but there would be more. */
  | { readonly kind: 'open'; readonly why: string }
  /** `at`: the step, from 0, that the kernel answers otherwise; `answer` is the target's. */
  | { readonly kind: 'ruled-out'; readonly at: number; readonly answer: string };

/** What of a target counts when its answers are judged. */
export type JudgedHello = Pick<Hello, 'observes' | 'identities' | 'hides'>;

/** Of a long trace, in which no effect is deferred: nothing else is allowed than what is planned. */
export function verdictByPlan(
  { plays, missing }: ProbePlays,
  run: () => readonly PlannedStep[],
): ProbeVerdict {
  for (const answers of plays) {
    const steps = run();
    for (const [at, { outcome }] of answers.entries()) {
      const planned = steps[at];
      if (planned === undefined || sameOutcome(planned.outcome, outcome)) continue;
      return { kind: 'ruled-out', at, answer: outcomeText(planned.step.call, outcome) };
    }
  }
  return missing === null ? { kind: 'allowed' } : { kind: 'open', why: missing };
}

export function verdictOn(
  { steps }: Probe,
  { plays, missing }: ProbePlays,
  specification: Specification,
  hello: JudgedHello,
): ProbeVerdict {
  const judge = createJudge(specification, hello, [], new Map());
  let why = missing;
  for (const answers of plays) {
    judge.begin('stop');
    answers.every((answer, at) => {
      const asked = steps[at];
      return asked !== undefined && judge.step(asked.step, answer) === 'go-on';
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
