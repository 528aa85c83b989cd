import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Setup, Sights } from '../adapters/contract/index.ts';
import type { Sight } from '../model/vocabulary/index.ts';
import type { Finding } from './finding.ts';
import type { AfterSight, Judge, RunJudgement } from './judge.ts';
import type { PlannedStep } from './plan.ts';
import { playRun, settleUntil } from './play.ts';
import type { Playback } from './play.ts';

/** How closely a run is watched. */
export interface Scrutiny {
  readonly sights: Sights;
  readonly afterSight: AfterSight;
  /**
   * `at-end`: the system must settle after the last step and then be as the model says; `when-gone`: it may be
   * looked at as soon as what was let go is gone.
   */
  readonly settle: 'at-end' | 'when-gone' | 'never';
  /** Late objects are looked for after this many steps. */
  readonly lateAfter: number;
}

export interface RunResult extends RunJudgement {
  /** Identities that were late after `lateAfter` steps. */
  readonly late: readonly number[];
}

/** Of a run that gave nothing to compare. */
export const nothingCompared: RunResult = {
  ...{ findings: [], compared: 0, inconclusive: null },
  ...{ unaccounted: [], released: [], awaited: [], late: [] },
};

/**
 * Plays one run and judges it. An implementation that dies on it is a finding.
 * @param played the run, if it is being played.
 * @throws AdapterFailure where our own side failed.
 */
export async function judgeRun(
  adapter: Adapter,
  judge: Judge,
  setup: Setup,
  run: readonly PlannedStep[],
  scrutiny: Scrutiny,
  played: Promise<Playback> = playRun(adapter, setup, run, scrutiny.sights),
): Promise<RunResult> {
  try {
    return await judgePlayback(adapter, judge, await played, run, scrutiny);
  } catch (failure) {
    const text = deathOf(failure);
    if (text === null) throw failure;
    const findings = [await findDeath(adapter, setup, run, text)];
    return { ...nothingCompared, findings };
  }
}

async function judgePlayback(
  adapter: Adapter,
  judge: Judge,
  { answers, rename }: Playback,
  run: readonly PlannedStep[],
  { afterSight, settle, lateAfter }: Scrutiny,
): Promise<RunResult> {
  let late: readonly number[] = [];
  let followed = 0;
  judge.begin(afterSight);
  for (const answer of answers) {
    const planned = run[followed];
    if (planned === undefined || judge.step(planned.step, answer) === 'stop') break;
    followed++;
    if (followed === lateAfter) late = judge.late();
  }
  if (settle !== 'never' && followed === run.length) {
    const leaving = settle === 'when-gone' ? judge.leaving() : undefined;
    const agrees = (sight: Sight): boolean => judge.agrees(rename(sight));
    const settled = await settleUntil(adapter, agrees, leaving);
    judge.settled(rename(settled));
  }
  return { ...judge.result(), late };
}

/** What a failure says of an implementation that died, or null if it is another failure. */
function deathOf(failure: unknown): string | null {
  return failure instanceof AdapterFailure && failure.blame === 'implementation'
    ? failure.message
    : null;
}

/** Plays a run step by step to learn on which step the implementation dies. */
async function findDeath(
  adapter: Adapter,
  setup: Setup,
  run: readonly PlannedStep[],
  text: string,
): Promise<Finding> {
  const finding = { kind: 'implementation-died', id: 'implementation-died', answer: null } as const;
  let at = -1;
  try {
    await adapter.reset(setup);
    for (const { step } of run) {
      at++;
      await adapter.play([step], 'none');
    }
  } catch (failure) {
    if (deathOf(failure) === null) throw failure;
    return { ...finding, at, step: run[at]?.step ?? null, allowed: [], text };
  }
  return { ...finding, at: run.length - 1, step: null, allowed: [], text };
}
