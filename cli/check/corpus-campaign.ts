/** Campaigns that play given traces: one for each world that the traces begin in. */
import type { Adapter } from '../../adapters/contract/index.ts';
import { check as runCampaign, mergeCampaigns, specify } from '../../conformance/index.ts';
import type { CampaignOptions, CampaignResult } from '../../conformance/index.ts';
import type { DeviationReport } from '../../report/index.ts';
import type { TraceFile } from '../replay/read-trace.ts';
import { watchedPaths } from '../replay/watched-paths.ts';
import type { ChosenProfile } from '../selection.ts';
import { callsOf, groupsOf, isOf, otherProfile } from './corpus.ts';
import { deviationReports, inOrder } from './deviation-report.ts';

/** What a campaign found, with its deviations as reports have them. */
export interface FoundByCampaign {
  readonly campaign: CampaignResult;
  readonly deviations: readonly DeviationReport[];
}

/** Plays the traces of a profile; the calls of the others are skipped. */
export async function playCorpus(
  adapter: Adapter,
  target: string,
  profile: ChosenProfile,
  corpus: readonly TraceFile[],
  options: CampaignOptions,
): Promise<FoundByCampaign> {
  const own = corpus.filter((trace) => isOf(profile, trace));
  // Without any trace there is a result all the same: that nothing was compared.
  let campaign = withSkipped(
    await runCampaign(adapter, specify(profile.base, profile), { ...options, traces: [] }),
    otherProfile(profile),
    callsOf(corpus) - callsOf(own),
  );
  let deviations: readonly DeviationReport[] = [];
  for (const { start, bounds, traces } of groupsOf(own)) {
    const before = campaign;
    const recorded = traces.map(({ events }) => events);
    const found = await runCampaign(
      adapter,
      specify(profile.base, { ...profile, bounds, host: start.host }),
      {
        ...options,
        traces: recorded,
        watch: watchedPaths(recorded),
        onProgress: (progress) =>
          options.onProgress?.({
            ...progress,
            runs: progress.runs + (before.runs.traces ?? 0),
            compared: progress.compared + before.compared,
            deviations: progress.deviations + before.deviations.length,
          }),
      },
    );
    campaign = mergeCampaigns(before, [found]);
    const known = new Set(before.deviations.map(({ key }) => key));
    const fresh = campaign.deviations.filter(({ key }) => !known.has(key));
    deviations = [...deviations, ...deviationReports(fresh, target, profile, start)];
  }
  return { campaign, deviations: inOrder(deviations) };
}

function withSkipped(campaign: CampaignResult, of: string, count: number): CampaignResult {
  return count === 0 ? campaign : { ...campaign, skipped: [...campaign.skipped, { of, count }] };
}
