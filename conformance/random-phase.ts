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
}

/** The runs that are to be played here, in their order, each drawn when it is asked for. */
function* drawnRuns(campaign: Campaign): Generator<Drawn, undefined> {
  const { options, declared, world } = campaign;
  const { index, of } = options.shard ?? { index: 0, of: 1 };
  for (let number = index, ordinal = 0; number < options.runs; number += of, ordinal++) {
    if (!campaign.takes(ordinal)) continue;
    const choices = seededChoices(options.seed, number, options.length);
    yield { ordinal, plan: decodeRun(world, choices, declared) };
  }
  return undefined;
}

/** Plays the random phase, and returns the runs with objects that outlived it. */
export async function playRandomPhase(campaign: Campaign): Promise<readonly Survivor[]> {
  const leftovers = createLeftovers(campaign.adapter);
  let block = -1;
  let confirmed = 0;
  const runs = drawnRuns(campaign);
  let next = runs.next();
  while (next.done !== true && !campaign.over()) {
    const { ordinal, plan } = next.value;
    campaign.begins(ordinal);
    if (block !== blockOf(ordinal)) confirmed = 0;
    block = blockOf(ordinal);
    for (const [reason, calls] of plan.undeclared) campaign.skip(reason, calls);
    const { run, scrutiny } = arranged(campaign, plan, ordinal);
    const [{ findings, late, unaccounted }, following] = await Promise.all([
      campaign.judge(run, scrutiny),
      whileItIsPlayed(() => runs.next()),
    ]);
    next = following;
    if (findings.length > 0 || scrutiny.settle === 'at-end') continue;
    if (late.length > 0 && confirmed < confirmationsBy(ordinal)) {
      confirmed++;
      const undisturbed = plan.steps.slice(0, plan.chosen);
      await campaign.confirm(undisturbed, { ...plainScrutiny, settle: 'at-end' });
    }
    await leftovers.add({ ordinal, run, ids: unaccounted });
  }
  return leftovers.survivors();
}

/** No run depends on what another has shown: it is drawn once the one before is under way. */
async function whileItIsPlayed<T>(draw: () => T): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve));
  return draw();
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

/** How a run is played: most with the least that tells something, some with more. */
function arranged(
  { sights, adapter }: Campaign,
  plan: Plan,
  played: number,
): { readonly run: Plan['steps']; readonly scrutiny: Scrutiny } {
  if (sights !== 'none' && played % runsBetweenSettling === runsBetweenSettling - 1) {
    // Without the end of its processes, so that the system settles with something in it.
    const run = plan.steps.slice(0, plan.chosen);
    return { run, scrutiny: { ...plainScrutiny, sights, settle: 'at-end' } };
  }
  const lateAfter = adapter.hello.observes.includes('alive') ? plan.chosen : 0;
  const watched = played % runsBetweenSights === 0 ? sights : 'none';
  return { run: plan.steps, scrutiny: { ...plainScrutiny, sights: watched, lateAfter } };
}
