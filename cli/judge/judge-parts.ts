/** The verdict on all parts of a plan, as one. */
import { judgePlayed, mergeCampaigns, specify } from '../../conformance/index.ts';
import type { CampaignResult } from '../../conformance/index.ts';
import { counted } from '../../report/index.ts';
import type { DeviationReport } from '../../report/index.ts';
import { deviationReports, inOrder } from '../check/deviation-report.ts';
import type { ChosenProfile } from '../selection.ts';
import type { PlayedPart } from './played-parts.ts';

export interface JudgedParts {
  readonly campaign: CampaignResult;
  readonly deviations: readonly DeviationReport[];
  /** What a check would have looked at again. */
  readonly remarks: readonly string[];
}

/** @throws AdapterFailure for answers that no agent gives. */
export async function judgeParts(
  parts: readonly PlayedPart[],
  profile: ChosenProfile,
  target: string,
  seed: number,
): Promise<JudgedParts> {
  let campaign: CampaignResult | undefined;
  let deviations: readonly DeviationReport[] = [];
  const remarks: string[] = [];
  for (const { plan, played, world, start } of parts) {
    const specification = specify(profile.base, { ...profile, ...world });
    const judged = await judgePlayed(specification, plan, played, seed);
    const known = new Set(campaign?.deviations.map(({ key }) => key));
    campaign =
      campaign === undefined ? judged.campaign : mergeCampaigns(campaign, [judged.campaign]);
    const fresh = judged.campaign.deviations.filter(({ key }) => !known.has(key));
    deviations = [...deviations, ...deviationReports(fresh, target, profile, start)];
    remarks.push(...judged.unconfirmed.map(({ of, count }) => `${counted(count, 'run')}: ${of}`));
  }
  /* c8 ignore next -- a plan has a part, be it one of no runs */
  if (campaign === undefined) throw new Error('a plan without parts');
  return { campaign, deviations: inOrder(deviations), remarks };
}
