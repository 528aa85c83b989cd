import { declaredBy, whyNotAsked, type Declared } from './declared.ts';
import type { Adapter, Answer, Hello, Setup } from '../adapters/contract/index.ts';
import { readAttributes } from '../model/index.ts';
import type { CallName, Outcome } from '../model/vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { createJudge } from './judge.ts';
import type { Judge } from './judge.ts';
import type { PlannedStep } from './plan.ts';
import type { ReplayVerdict } from './replay.types.ts';
import { judgeRun } from './run.ts';
import type { RunResult, Scrutiny } from './run.ts';
import { plainScrutiny } from './scrutiny.ts';
import type { Specification } from './specification.types.ts';

/** What a target answered to a trace, and what that is worth. */
export interface TargetReplay {
  /** As many as the target was asked for; none if it died. */
  readonly answers: readonly Outcome[];
  readonly verdict: Omit<ReplayVerdict, 'of'>;
}

const otherSetting =
  'kernel.unprivileged_bpf_disabled is set otherwise on this machine (the trace says how in its header, `unprivileged-bpf-disabled`)';

/** From which step on a target is not asked, and why. */
interface Cut {
  readonly at: number;
  readonly reason: string;
}

/**
 * The first call for which the target does not declare what it takes, or whose attributes ask for what the specification
 * does not have: nobody can say what that would do to the machine.
 */
export function cutOf(
  run: readonly Pick<PlannedStep, 'step'>[],
  declared: Declared,
  calls: readonly CallName[],
  attributes: Specification['attributes'],
): Cut | null {
  for (const [at, { step }] of run.entries()) {
    const { call } = step;
    const reason = whyNotAsked(call, declared);
    if (reason !== null) {
      // Declared, and yet not to be asked: only of one call a setting of the machine decides.
      return {
        at,
        reason: calls.includes(call.call) && call.call === 'setresuid' ? otherSetting : reason,
      };
    }
    if (call.call === 'bpf' && readAttributes(call, attributes).kind === 'outside') {
      return { at, reason: 'what its attributes ask for is no matter of this specification' };
    }
  }
  return null;
}

/**
 * Plays a run on a target up to the first call that it is not to be asked, and judges every outcome
 * and, where the target shows anything, the sight after every step and that of the settled system.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function replayOn(
  adapter: Adapter,
  specification: Specification,
  setup: Setup,
  run: readonly PlannedStep[],
): Promise<TargetReplay> {
  const { calls } = adapter.hello;
  const declared = declaredBy(adapter.hello, setup);
  const cut = cutOf(run, declared, calls, specification.attributes);
  const asked = cut === null ? run : run.slice(0, cut.at);
  const judge = createJudge(specification, adapter.hello, setup.watch, new Map());
  const { listener, heard } = listening(judge);
  const result = await judgeRun(adapter, listener, setup, asked, replayScrutiny(adapter.hello));
  const verdict = verdictOf(result, specification, cut);
  return { answers: heard.map(({ outcome }) => outcome), verdict };
}

/** A sight after every step and of the settled system, where the target shows anything. */
export const replayScrutiny = ({ observes }: Hello): Scrutiny => ({
  ...plainScrutiny,
  ...(observes.length > 0 ? { sights: 'each', settle: 'at-end' } : {}),
  afterSight: 'go-on',
});

/** The same judge, but all answers of the run are heard: also those that it cannot follow. */
function listening(judge: Judge): { readonly listener: Judge; readonly heard: readonly Answer[] } {
  const heard: Answer[] = [];
  let follows = true;
  const listener: Judge = {
    ...judge,
    step(step, answer) {
      heard.push(answer);
      follows = follows && judge.step(step, answer) === 'go-on';
      return 'go-on';
    },
    agrees: (sight) => !follows || judge.agrees(sight),
    settled(sight) {
      if (follows) judge.settled(sight);
    },
  };
  return { listener, heard };
}

function verdictOf(
  { findings, inconclusive, compared }: RunResult,
  specification: Specification,
  cut: Cut | null,
): Omit<ReplayVerdict, 'of'> {
  const skippedFrom = cut?.at ?? null;
  const isProperty = ({ id }: Finding): boolean =>
    specification.properties.some((property) => property.id === id);
  const [first] = findings;
  if (first !== undefined) {
    const together = findings.filter(({ at }) => at === first.at);
    const finding = together.find(isProperty) ?? first;
    return {
      verdict: 'deviates',
      at: Math.max(0, finding.at),
      property: isProperty(finding) ? finding.id : null,
      // A wrong outcome speaks for itself beside what is allowed.
      reason: finding.kind === 'outcome' ? '' : finding.text,
      skippedFrom,
    };
  }
  const open = { property: null, skippedFrom };
  if (inconclusive !== null) {
    return { ...open, verdict: 'inconclusive', at: compared, reason: inconclusive };
  }
  if (cut !== null) return { ...open, verdict: 'inconclusive', ...cut };
  return { ...open, verdict: 'conforms', at: null, reason: '' };
}
