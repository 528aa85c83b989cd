import type { Campaign } from './phase.types.ts';
import type { RunResult } from './run.ts';
import { plainScrutiny } from './scrutiny.ts';
import { shortRuns } from './short-runs.ts';
import type { ShortRun } from './short-runs.ts';

/** How many runs the exhaustive phase has unless told: all of three calls, and some of four. */
const defaultRuns = 2500;

/** How many deviating probes of one run are looked behind. */
const mostDeviatingProbes = 24;

/**
 * Plays the exhaustive phase and returns up to how many calls all runs were judged. Each shard
 * plays its share of the runs.
 */
export async function playShortPhase(campaign: Campaign): Promise<number> {
  const { options, world, declared } = campaign;
  const limit = options.shortRuns ?? defaultRuns;
  const { index, of } = options.shard ?? { index: 0, of: 1 };
  let number = 0;
  let depth = 0;
  for (const short of shortRuns(world, declared)) {
    // The runs of a depth are complete once one of the next depth comes.
    if (number >= limit || campaign.over()) return depth;
    depth = short.depth;
    const isOurs = number % of === index && campaign.takes(Math.floor(number / of));
    if (isOurs) {
      campaign.begins(Math.floor(number / of));
      await playShortRun(campaign, short);
    }
    number++;
  }
  return depth + 1;
}

async function playShortRun(campaign: Campaign, short: ShortRun): Promise<void> {
  if (short.probes === 0) {
    await campaign.judge(short.run, { ...plainScrutiny, sights: campaign.sights });
    return;
  }
  // Failing steps change nothing, so one sight at the end is for all of them.
  const sights = campaign.sights === 'none' ? 'none' : 'last';
  const scrutiny = { ...plainScrutiny, sights } as const;
  let { run } = short;
  const firstProbe = run.length - short.probes;
  let result: RunResult = await campaign.judge(run, scrutiny);
  for (let known = 0; known < mostDeviatingProbes; known++) {
    // A probe that deviates hides those behind it.
    const at = result.findings.find((finding) => finding.kind === 'outcome')?.at;
    if (at === undefined || at < firstProbe || campaign.over()) return;
    run = [...run.slice(0, at), ...run.slice(at + 1)];
    result = await campaign.confirm(run, scrutiny);
  }
}
