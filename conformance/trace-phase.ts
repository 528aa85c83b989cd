import type { Campaign } from './phase.types.ts';
import { planRecorded } from './plan.ts';
import { cutOf } from './replay-target.ts';
import type { RecordedStep } from './replay.types.ts';
import { plainScrutiny } from './scrutiny.ts';
import type { Specification } from './specification.types.ts';

/** Runs that had late objects are repeated with waiting: so many, and one more in so many runs. */
const freeConfirmations = 8;
const runsPerConfirmation = 16;

/**
 * Plays traces, each up to the first call that the adapter is not to be asked, with as much in sight as it
 * can show. Each shard plays its share of them.
 */
export async function playTraces(
  campaign: Campaign,
  traces: readonly (readonly RecordedStep[])[],
  attributes: Specification['attributes'],
): Promise<void> {
  const { options, world, declared, adapter, sights } = campaign;
  const { index, of } = options.shard ?? { index: 0, of: 1 };
  const { calls, observes } = adapter.hello;
  let confirmed = 0;
  let played = 0;
  for (const [number, recorded] of traces.entries()) {
    if (number % of !== index) continue;
    if (campaign.over()) return;
    const planned = planRecorded(world, recorded);
    const cut = cutOf(planned, declared, calls, attributes);
    const run = cut === null ? planned : planned.slice(0, cut.at);
    if (cut !== null) campaign.skip(cut.reason, planned.length - cut.at);
    if (run.length === 0) continue;
    played++;
    const lateAfter = observes.includes('alive') ? run.length : 0;
    const { findings, late } = await campaign.judge(run, { ...plainScrutiny, sights, lateAfter });
    if (findings.length > 0 || late.length === 0) continue;
    if (confirmed >= freeConfirmations + played / runsPerConfirmation) continue;
    confirmed++;
    await campaign.confirm(run, { ...plainScrutiny, settle: 'when-gone' });
  }
}
