/** Failing replays made shorter: by calls, processes, names and arguments. */
import type { Adapter, Setup } from '../adapters/contract/index.ts';
import { sameOutcome, succeed } from '../model/vocabulary/index.ts';
import type { Outcome } from '../model/vocabulary/index.ts';
import { allowedAlong, allowedRows } from './allowed-rows.ts';
import { declaredBy } from './declared.ts';
import type { TraceRow } from './deviation.types.ts';
import { withSources } from './finding.ts';
import type { Finding } from './finding.ts';
import { createJudge } from './judge.ts';
import { planRecorded } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { cutOf, replayScrutiny } from './replay-target.ts';
import type { RecordedStep, ReplayTarget, ReplayVerdict } from './replay.types.ts';
import { judgeRun } from './run.ts';
import type { Scrutiny } from './run.ts';
import { plainScrutiny } from './scrutiny.ts';
import { setupFor } from './setup.ts';
import { shrinkAttempts, shrinkFinding } from './shrink-finding.ts';
import { shrinkRun } from './shrink.ts';
import type { Reproduces } from './shrink.ts';
import type { Specification } from './specification.types.ts';

/** What became of a trace that deviates: one from which no step can be removed, and that deviates as it does. */
export interface ShrunkReplay {
  /** The target, or `trace` for recorded outcomes. */
  readonly of: string;
  /** What is allowed and what was answered, step by step; or why there is nothing shorter. */
  readonly found: readonly TraceRow[] | NotShrunk;
}

/** `interrupted` before the deviation was seen again; or it was not seen again. */
export type NotShrunk = 'interrupted' | 'not-again';

/**
 * Shrinks a trace for each verdict that it deviates.
 * @param verdicts those of `replay` with the same arguments.
 * @param stop asked before each run; from then on a trace is as short as it got.
 * @throws AdapterFailure if our own side of an adapter fails.
 */
export async function shrinkReplay(
  specification: Specification,
  recorded: readonly RecordedStep[],
  targets: readonly ReplayTarget[],
  watch: readonly string[],
  verdicts: readonly ReplayVerdict[],
  stop: () => boolean,
): Promise<readonly ShrunkReplay[]> {
  const world = specification.makeWorld();
  const run = planRecorded(world, recorded);
  const setup = setupFor(world, watch);
  const shrunk: ShrunkReplay[] = [];
  for (const { of, verdict, at } of verdicts) {
    if (verdict !== 'deviates' || at === null) continue;
    const adapter = targets.find(({ name }) => name === of)?.adapter;
    const { asked, isInterrupted } = listening(stop);
    const rows =
      adapter === undefined
        ? await shrinkRecorded(specification, run, recorded, at, asked)
        : await shrinkOn(adapter, specification, setup, run, asked);
    shrunk.push({ of, found: rows ?? (isInterrupted() ? 'interrupted' : 'not-again') });
  }
  return shrunk;
}

/** Remembers what was answered last. */
function listening(stop: () => boolean) {
  let last = false;
  return { asked: (): boolean => (last = stop()), isInterrupted: (): boolean => last };
}

/** What stays of a recorded outcome: the call, and the rows of the model that speak against it. */
interface Contradiction {
  readonly key: string;
  readonly rows: readonly TraceRow[];
}

/** Null if the model allows the outcome behind these steps, or meets a bound there. */
function contradiction(
  specification: Specification,
  run: readonly PlannedStep[],
  told: readonly Outcome[],
): Contradiction | null {
  const rows = allowedAlong(
    specification,
    run,
    told.map((outcome) => ({ outcome })),
  );
  const last = rows.at(-1);
  const answer = last?.answer ?? null;
  if (last === undefined || answer === null || last.allowed.length === 0) return null;
  if (last.allowed.some(({ outcome }) => sameOutcome(outcome, answer))) return null;
  const ids = [...new Set(last.allowed.map(({ row }) => row))].sort();
  return { key: [last.step.call.call, ...ids].join(' '), rows };
}

/** Up to the last step everybody answers as the model; the last answers what was recorded. */
async function shrinkRecorded(
  specification: Specification,
  whole: readonly PlannedStep[],
  recorded: readonly RecordedStep[],
  at: number,
  stop: () => boolean,
): Promise<readonly TraceRow[] | null> {
  const wrong = recorded[at]?.outcome ?? succeed(0);
  const run = whole.slice(0, at + 1);
  const told = run.map(({ outcome }, step) => recorded[step]?.outcome ?? outcome);
  const key = contradiction(specification, run, told)?.key;
  const against = (candidate: readonly PlannedStep[]): Contradiction | null => {
    const answers = candidate.map(({ outcome }, step) =>
      step === candidate.length - 1 ? wrong : outcome,
    );
    const found = contradiction(specification, candidate, answers);
    return found?.key === key ? found : null;
  };
  const reproduces: Reproduces = (candidate) =>
    Promise.resolve(stop() || against(candidate) === null ? null : candidate.length);
  if ((await reproduces(run)) === null) return null;
  const short = await shrinkRun(specification.makeWorld(), run, reproduces, shrinkAttempts);
  const sources = new Map(specification.rows.map((row) => [row.id, row]));
  return (against(short)?.rows ?? []).map((row) => ({
    ...row,
    allowed: withSources(row.allowed, sources),
  }));
}

async function shrinkOn(
  adapter: Adapter,
  specification: Specification,
  setup: Setup,
  whole: readonly PlannedStep[],
  stop: () => boolean,
): Promise<readonly TraceRow[] | null> {
  const { hello } = adapter;
  const declared = declaredBy(hello, setup);
  const judge = createJudge(specification, hello, setup.watch, new Map());
  const cut = (run: readonly PlannedStep[]): number | undefined =>
    cutOf(run, declared, hello.calls, specification.attributes)?.at;
  const judged = async (
    run: readonly PlannedStep[],
    scrutiny: Scrutiny,
  ): Promise<readonly Finding[]> => (await judgeRun(adapter, judge, setup, run, scrutiny)).findings;

  if (stop()) return null;
  const run = whole.slice(0, cut(whole));
  const wanted = replayScrutiny(hello);
  const [first] = await judged(run, wanted);
  if (first === undefined) return null;
  // A wrong outcome is seen without looking at anything else.
  const scrutiny = first.kind === 'outcome' ? plainScrutiny : wanted;
  const findings = async (shorter: readonly PlannedStep[]): Promise<readonly Finding[]> =>
    cut(shorter) === undefined ? judged(shorter, scrutiny) : [];
  const short = await shrinkFinding(specification.makeWorld(), run, first, findings, stop);
  return short === null ? null : allowedRows(adapter, specification, setup, short.run);
}
