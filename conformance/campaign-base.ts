/** What the phases of a campaign work with, whoever plays and judges its runs. */
import type { Adapter, Setup } from '../adapters/contract/index.ts';
import { playAhead } from './ahead.ts';
import type { CampaignOptions } from './campaign.types.ts';
import { declaredBy } from './declared.ts';
import { showsObjects } from './observable.ts';
import type { Campaign } from './phase.types.ts';
import { campaignWatch, setupFor } from './setup.ts';
import type { Specification } from './specification.types.ts';
import { tally } from './tally.ts';

export interface CampaignBase {
  readonly setup: Setup;
  /** Takes every run. */
  readonly base: Omit<Campaign, 'judge' | 'confirm' | 'over'>;
}

/** @param skipped what is left out is counted here. */
export function campaignBase(
  adapter: Adapter,
  specification: Specification,
  options: CampaignOptions,
  skipped: Map<string, number>,
): CampaignBase {
  const { hello } = adapter;
  const world = specification.makeWorld();
  const setup = setupFor(world, options.watch ?? campaignWatch);
  const ahead = playAhead(adapter, setup);
  return {
    setup,
    base: {
      adapter: ahead.adapter,
      atOnce: ahead.atOnce,
      play: (runs) => ahead.play(runs),
      options,
      world,
      declared: declaredBy(hello, setup),
      sights: showsObjects(hello) ? 'each' : 'none',
      takes: () => true,
      begins: () => undefined,
      skip(reason, calls) {
        tally(skipped, reason, calls);
      },
    },
  };
}
