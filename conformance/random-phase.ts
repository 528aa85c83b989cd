import type { PlayedAhead } from './ahead.ts';
import { decodeRun } from './decode.ts';
import type { Plan } from './decode.ts';
import { createLeftovers } from './leftovers.ts';
import type { Campaign } from './phase.types.ts';
import { plainScrutiny } from './scrutiny.ts';
import type { Scrutiny } from './run.ts';
import { seededChoices } from './seeded-choices.ts';
import { blockOf, runsPerBlock } from './share.types.ts';
import type { Survivor } from './share.types.ts';

/** One run in so many is watched with a sight after each step, and one waits for it to settle. */
const runsBetweenSights = 8;
const runsBetweenSettling = 64;

/** Of the runs of a block that had late objects, so many are repeated with waiting, and one more in so many. */
const freeConfirmations = 1;
const freeAtFirst = 8;
const runsPerConfirmation = 16;

/** How many runs with objects that never died are looked at again. */
const mostSurvivors = 16;

interface Drawn {
  readonly ordinal: number;
  readonly plan: Plan;
  /** The run as it is played: most with the least that tells something, some with more. */
  readonly run: Plan['steps'];
  readonly scrutiny: Scrutiny;
}

/** The runs that are to be played here, in their order, each drawn when it is asked for. */
function* drawnRuns(campaign: Campaign): Generator<Drawn, undefined> {
  const { options, declared, world } = campaign;
  const { index, of } = options.shard ?? { index: 0, of: 1 };
  for (let number = index, ordinal = 0; number < options.runs; number += of, ordinal++) {
    if (!campaign.takes(ordinal)) continue;
    const choices = seededChoices(options.seed, number, options.length);
    const plan = decodeRun(world, choices, declared);
    yield { ordinal, plan, ...arranged(campaign, plan, ordinal) };
  }
  return undefined;
}

/**
 * As they are played: so many at a time. One that settles is by itself, since it does so before anything else is
 * played, and is played when nothing else is left to be judged.
 */
function* batchesOf(runs: Iterable<Drawn>, atOnce: number): Generator<readonly Drawn[], undefined> {
  let batch: Drawn[] = [];
  for (const drawn of runs) {
    if (settles(drawn.scrutiny)) {
      if (batch.length > 0) yield batch;
      batch = [];
      yield [drawn];
      continue;
    }
    batch.push(drawn);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  return undefined;
}

/**
 * Plays the random phase, and returns the runs with objects that outlived it. No run depends on what another has
 * shown, so while some are played, those before are judged and those behind are drawn.
 */
export async function playRandomPhase(campaign: Campaign): Promise<readonly Survivor[]> {
  const leftovers = createLeftovers(campaign.adapter);
  let block = -1;
  let confirmed = 0;

  async function judge(
    { ordinal, plan, run, scrutiny }: Drawn,
    played: PlayedAhead,
  ): Promise<void> {
    campaign.begins(ordinal);
    if (block !== blockOf(ordinal)) confirmed = 0;
    block = blockOf(ordinal);
    for (const [reason, calls] of plan.undeclared) campaign.skip(reason, calls);
    const { findings, late, unaccounted } = await campaign.judge(run, scrutiny, played);
    if (findings.length > 0 || settles(scrutiny)) return;
    if (late.length > 0 && confirmed < confirmationsBy(ordinal)) {
      confirmed++;
      const undisturbed = plan.steps.slice(0, plan.chosen);
      await campaign.confirm(undisturbed, { ...plainScrutiny, settle: 'when-gone' });
    }
    await leftovers.add({ ordinal, run, ids: unaccounted });
  }

  const batches = batchesOf(drawnRuns(campaign), campaign.atOnce);
  let next = batches.next();
  let ahead = await begun(campaign, next);
  try {
    while (next.done !== true && ahead !== null) {
      const batch: readonly Drawn[] = next.value;
      const { played }: Begun = ahead;
      next = batches.next();
      const outcomes = await played;
      const waits = [batch, next.done === true ? [] : next.value].some(holdsSettling);
      ahead = waits ? null : await begun(campaign, next);
      for (const [at, drawn] of batch.entries()) await judge(drawn, outcomes[at]);
      if (waits) ahead = await begun(campaign, next);
    }
  } finally {
    // Nobody may take the adapter for idle.
    await ahead?.played.then(() => undefined);
  }
  return leftovers.survivors();
}

const settles = ({ settle }: Scrutiny): boolean => settle !== 'never';

const holdsSettling = (batch: readonly Drawn[]): boolean =>
  batch.some(({ scrutiny }) => settles(scrutiny));

/** Runs that are being played. */
interface Begun {
  readonly played: Promise<readonly PlayedAhead[]>;
}

/** Begins runs, if there are any, and lets the request go out before we are busy. */
async function begun(
  campaign: Campaign,
  batch: IteratorResult<readonly Drawn[], undefined>,
): Promise<Begun | null> {
  if (batch.done === true || campaign.over()) return null;
  const played = campaign.play(batch.value);
  await new Promise((resolve) => setImmediate(resolve));
  return { played };
}

/** How many runs of its block may have been repeated by then. */
const confirmationsBy = (ordinal: number): number =>
  (blockOf(ordinal) === 0 ? freeAtFirst : freeConfirmations) +
  (ordinal % runsPerBlock) / runsPerConfirmation;

/** Looks at the first of these runs again. */
export async function confirmSurvivors(
  { confirm }: Pick<Campaign, 'confirm'>,
  survivors: readonly Survivor[],
): Promise<void> {
  const inOrder = [...survivors].sort((a, b) => a.ordinal - b.ordinal);
  for (const { run } of inOrder.slice(0, mostSurvivors)) {
    await confirm(run, { ...plainScrutiny, settle: 'at-end' });
  }
}

function arranged(
  { sights, adapter }: Campaign,
  plan: Plan,
  played: number,
): Pick<Drawn, 'run' | 'scrutiny'> {
  if (sights !== 'none' && played % runsBetweenSettling === runsBetweenSettling - 1) {
    // Without the end of its processes, so that the system settles with something in it.
    const run = plan.steps.slice(0, plan.chosen);
    return { run, scrutiny: { ...plainScrutiny, sights, settle: 'at-end' } };
  }
  const lateAfter = adapter.hello.observes.includes('alive') ? plan.chosen : 0;
  const watched = played % runsBetweenSights === 0 ? sights : 'none';
  return { run: plan.steps, scrutiny: { ...plainScrutiny, sights: watched, lateAfter } };
}
