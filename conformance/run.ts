import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Setup, Sights } from '../adapters/contract/index.ts';
import type { Sight } from '../model/vocabulary/index.ts';
import type { Finding } from './finding.ts';
import type { AfterSight, Judge, RunJudgement } from './judge.ts';
import type { PlannedStep } from './plan.ts';
import { playRun, settleAttempts, settleUntil } from './play.ts';
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
    return { ...nothingCompared, findings: await findDeath(adapter, setup, run, text) };
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

/** Plays a run step by step to learn on which step the implementation dies, and whether it leaves anything. */
async function findDeath(
  adapter: Adapter,
  setup: Setup,
  run: readonly PlannedStep[],
  text: string,
): Promise<readonly Finding[]> {
  const finding = { kind: 'implementation-died', id: 'implementation-died', answer: null } as const;
  const made = new Set<number>();
  const last = run.length - 1;
  let death: Finding = { ...finding, at: last, step: null, allowed: [], text };
  let at = -1;
  try {
    await adapter.reset(setup);
    for (const { step } of run) {
      at++;
      const [answer] = await adapter.play([step], 'none');
      if (answer?.object !== undefined) made.add(answer.object);
    }
  } catch (failure) {
    if (deathOf(failure) === null) throw failure;
    death = { ...finding, at, step: run[at]?.step ?? null, allowed: [], text };
  }
  const left = await leftBehind(adapter, setup, [...made]);
  return left.length === 0 ? [death] : [death, survival(last)];
}

/** Those of a run's objects that are there when the run is over, and stay. */
async function leftBehind(
  adapter: Adapter,
  setup: Setup,
  made: readonly number[],
): Promise<readonly number[]> {
  if (made.length === 0 || !adapter.hello.observes.includes('alive')) return [];
  try {
    await adapter.reset(setup);
    let left = await adapter.alive(made);
    for (let attempt = 0; attempt < settleAttempts && left.length > 0; attempt++) {
      await adapter.settle();
      left = await adapter.alive(left);
    }
    return left;
  } catch (failure) {
    // Who does not come back to life cannot be asked.
    if (deathOf(failure) === null) throw failure;
    return [];
  }
}

const survival = (at: number): Finding => ({
  ...({ kind: 'late-death', id: 'quiescence-leaves-nothing', at, step: null } as const),
  ...{ allowed: [], answer: null },
  text: 'an object of the run in which the implementation died is alive, and nothing holds it',
});
