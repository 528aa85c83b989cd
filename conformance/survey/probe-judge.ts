/** Holds what a target answered to probing traces against kernels with these or those switches. */
import type { Adapter } from '../../adapters/contract/index.ts';
import type { Switches } from '../../model/index.ts';
import type { PlannedStep } from '../plan.ts';
import type { Kernels } from './kernels.ts';
import { createProbePlayer } from './probe-plays.ts';
import { verdictByPlan } from './probe-verdict.ts';
import type { ProbeVerdict } from './probe-verdict.ts';
import type { Probe } from './survey.types.ts';

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
      const run = () => runOf(probe, is);
      const played = await player.play(probe, run, times);
      return probe.length === 'long'
        ? verdictByPlan(played, run)
        : kernels.verdict(probe, is, played, hello);
    },
    async wouldShow(probe, kernel, other) {
      const { plays } = await player.play(probe, () => runOf(probe, kernel), 1);
      return kernels.telling(probe, kernel, other) < (plays[0]?.length ?? 0);
    },
  };
}
