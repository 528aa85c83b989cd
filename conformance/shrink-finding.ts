/** A run that shows a finding, made as short as it can be. */
import type { World } from '../model/index.ts';
import { reproductionKey } from './finding.ts';
import type { Finding } from './finding.ts';
import type { PlannedStep } from './plan.ts';
import { shrinkRun } from './shrink.ts';

/** How many runs one finding may take. */
export const shrinkAttempts = 2000;

/** Of a settled system, which is seen after the whole run: such come without an answer, and not from a death. */
export const isSettled = (finding: Finding): boolean =>
  finding.answer === null && finding.kind !== 'implementation-died';

export interface ShrunkFinding {
  readonly run: readonly PlannedStep[];
  readonly finding: Finding;
}

/**
 * Null if the finding is not made again.
 * @param world is left in any state.
 * @param findings plays a run and tells what is found.
 * @param stop asked before each run; from then on the run is as short as it got.
 */
export async function shrinkFinding(
  world: World,
  whole: readonly PlannedStep[],
  wanted: Finding,
  findings: (run: readonly PlannedStep[]) => Promise<readonly Finding[]>,
  stop: () => boolean,
): Promise<ShrunkFinding | null> {
  const key = reproductionKey(wanted);
  let last = wanted;
  const reproduces = async (run: readonly PlannedStep[]): Promise<number | null> => {
    if (stop()) return null;
    const same = (await findings(run)).find((finding) => reproductionKey(finding) === key);
    if (same === undefined) return null;
    last = same;
    return isSettled(same) ? run.length : same.at + 1;
  };
  const needed = await reproduces(whole);
  if (needed === null) return null;
  const run = await shrinkRun(world, whole.slice(0, needed), reproduces, shrinkAttempts);
  return { run, finding: last };
}
