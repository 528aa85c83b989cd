import type { Outcome } from '../model/vocabulary/index.ts';
import { sameOutcome, succeed } from '../model/vocabulary/index.ts';
import { allowedAlong } from './allowed-rows.ts';
import { withSources } from './finding.ts';
import { createOracle, stateLimit } from './oracle.ts';
import { planRecorded } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { replayOn } from './replay-target.ts';
import type { TargetReplay } from './replay-target.ts';
import type { RecordedStep, ReplayResult, ReplayTarget, ReplayVerdict } from './replay.types.ts';
import { setupFor } from './setup.ts';
import type { Specification } from './specification.types.ts';

export type {
  RecordedStep,
  ReplayResult,
  ReplayRow,
  ReplayTarget,
  ReplayVerdict,
} from './replay.types.ts';

/**
 * Replays a trace on the model and on targets, side by side. Outcomes that are not recorded are
 * taken as whatever the model answers.
 * @param watch the paths that sights of the targets report on.
 * @throws AdapterFailure if our own side of an adapter fails.
 */
export async function replay(
  { makeWorld, ...rest }: Specification,
  recorded: readonly RecordedStep[],
  targets: readonly ReplayTarget[],
  watch: readonly string[],
): Promise<ReplayResult> {
  const world = makeWorld();
  // One world does for all: it begins anew for each, one after another, and takes long to make.
  const specification: Specification = { ...rest, makeWorld: () => world };
  const run = planRecorded(world, recorded);
  const setup = setupFor(world, watch);
  const played: TargetReplay[] = [];
  for (const { adapter } of targets) {
    played.push(await replayOn(adapter, specification, setup, run));
  }

  const sources = new Map(specification.rows.map((row) => [row.id, row]));
  const told = recorded.map(({ outcome }, at) => outcome ?? run[at]?.outcome ?? succeed(0));
  const rows = allowedAlong(
    specification,
    run,
    told.map((outcome) => ({ outcome })),
  ).map(({ step, allowed }, at) => ({
    step,
    recorded: recorded[at]?.outcome ?? null,
    allowed: withSources(allowed, sources),
    answers: played.map(({ answers }) => answers[at] ?? null),
  }));
  const hasOutcomes = recorded.some(({ outcome }) => outcome !== undefined);
  return {
    rows,
    verdicts: [
      ...(hasOutcomes ? [verdictOnTrace(specification, run, told)] : []),
      ...played.map(({ verdict }, at) => ({ of: targets[at]?.name ?? '', ...verdict })),
    ],
  };
}

function verdictOnTrace(
  specification: Specification,
  run: readonly PlannedStep[],
  told: readonly Outcome[],
): ReplayVerdict {
  const oracle = createOracle(specification.makeWorld(), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  const verdict = { of: 'trace', property: null, reason: '', skippedFrom: null };
  for (const [at, { step, outcome }] of run.entries()) {
    const judged = oracle.step(step.pid, step.call, told[at] ?? outcome);
    if (judged.kind === 'deviation') return { ...verdict, verdict: 'deviates', at };
    if (judged.kind === 'inconclusive') {
      return { ...verdict, verdict: 'inconclusive', at, reason: judged.reason };
    }
  }
  return { ...verdict, verdict: 'conforms', at: null };
}
