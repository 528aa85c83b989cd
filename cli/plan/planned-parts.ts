/** The runs that a question asks: in the world of campaigns, or in those that traces begin in. */
import { completeHello } from '../../adapters/index.ts';
import type { RunToPlay } from '../../adapters/index.ts';
import { planRuns, specify } from '../../conformance/index.ts';
import type { PlanOptions, RunPlan, SpecifyOptions } from '../../conformance/index.ts';
import { callsOf, groupsOf, isOf, otherProfile } from '../check/corpus.ts';
import type { TraceGroup } from '../check/corpus.ts';
import { traceFileOf } from '../replay/read-trace.ts';
import { watchedPaths } from '../replay/watched-paths.ts';
import { chooseProfile } from '../selection.ts';
import type { ChosenProfile } from '../selection.ts';
import type { PlanQuestion } from './question.ts';

/** Runs that begin in the same world. */
export interface PlannedPart {
  readonly plan: RunPlan;
  /** Of the world, besides what a profile says. */
  readonly world: Pick<SpecifyOptions, 'bounds' | 'host'>;
  /** Where traces begin; undefined for the runs of campaigns. */
  readonly start: TraceGroup['start'] | undefined;
}

/** The same for the same question. @throws BadInput for a trace that cannot be read. */
export async function plannedParts(question: PlanQuestion): Promise<readonly PlannedPart[]> {
  const { seed, runs, length, phase, shard, corpus } = question;
  const profile = chooseProfile(question.profile, question.settings);
  const options: PlanOptions = {
    ...{ seed, runs, length },
    ...(phase === null ? {} : { phase }),
    ...(shard === null ? {} : { shard }),
  };
  if (corpus === null) {
    const plan = await planRuns(completeHello, specify(profile.base, profile), options);
    return [{ plan, world: {}, start: undefined }];
  }
  const traces = corpus.map(({ file, text }) => traceFileOf(file, text));
  const own = traces.filter((trace) => isOf(profile, trace));
  const parts = [await withoutRuns(profile, options, callsOf(traces) - callsOf(own))];
  for (const group of groupsOf(own)) {
    const { start, bounds } = group;
    const recorded = group.traces.map(({ events }) => events);
    const world = { bounds, host: start.host };
    const plan = await planRuns(completeHello, specify(profile.base, { ...profile, ...world }), {
      ...options,
      traces: recorded,
      watch: watchedPaths(recorded),
    });
    parts.push({ plan, world, start });
  }
  return parts;
}

/** Of no traces; it tells of those that are of another profile, and there is a result without any. */
async function withoutRuns(
  profile: ChosenProfile,
  options: PlanOptions,
  calls: number,
): Promise<PlannedPart> {
  const none = { ...options, traces: [] };
  const plan = await planRuns(completeHello, specify(profile.base, profile), none);
  const skipped = calls === 0 ? [] : [{ of: otherProfile(profile), count: calls }];
  return { plan: { ...plan, skipped }, world: {}, start: undefined };
}

/** The runs as the agent is asked them, part by part. */
export const runsToPlay = ({ plan }: PlannedPart): readonly RunToPlay[] =>
  plan.runs.map(({ run, sights, scrutiny }) => ({
    setup: plan.setup,
    steps: run.map(({ step }) => step),
    sights,
    settle: scrutiny.settle === 'never' ? 'never' : 'at-end',
  }));
