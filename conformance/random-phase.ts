import { decodeRun } from './decode.ts';
import type { Plan } from './decode.ts';
import { createLeftovers } from './leftovers.ts';
import type { Campaign } from './phase.types.ts';
import { plainScrutiny } from './scrutiny.ts';
import type { Scrutiny } from './run.ts';
import { seededChoices } from './seeded-choices.ts';

/** One run in so many is watched with a sight after each step, and one waits for it to settle. */
const runsBetweenSights = 8;
const runsBetweenSettling = 64;

/** Runs that had late objects are repeated with waiting: so many, and one more in so many runs. */
const freeConfirmations = 8;
const runsPerConfirmation = 16;

/** How many runs with objects that never died are looked at again. */
const mostSurvivors = 16;

/** Plays the random phase. */
export async function playRandomPhase(campaign: Campaign): Promise<void> {
  const { options, adapter, declared, world } = campaign;
  const { index, of } = options.shard ?? { index: 0, of: 1 };
  const leftovers = createLeftovers(adapter);
  let confirmed = 0;
  let played = 0;
  for (let number = index; number < options.runs && !campaign.over(); number += of) {
    const plan = decodeRun(world, seededChoices(options.seed, number, options.length), declared);
    for (const [reason, calls] of plan.undeclared) campaign.skip(reason, calls);
    const { run, scrutiny } = arranged(campaign, plan, played);
    played++;
    const { findings, late, unaccounted } = await campaign.judge(run, scrutiny);
    if (findings.length > 0 || scrutiny.settle === 'at-end') continue;
    if (late.length > 0 && confirmed < freeConfirmations + played / runsPerConfirmation) {
      confirmed++;
      const undisturbed = plan.steps.slice(0, plan.chosen);
      await campaign.confirm(undisturbed, { ...plainScrutiny, settle: 'at-end' });
    }
    await leftovers.add({ run, ids: unaccounted });
  }
  for (const { run } of (await leftovers.survivors()).slice(0, mostSurvivors)) {
    await campaign.confirm(run, { ...plainScrutiny, settle: 'at-end' });
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
