import { describe, expect, it } from 'vitest';
import { createReference } from '../adapters/reference/index.ts';
import { check } from './campaign.ts';
import type { CampaignResult, Count } from './campaign.types.ts';
import { mergeCampaigns } from './merge.ts';
import { specify } from './specify.ts';

const mounts = ['/mnt/a', '/mnt/b'].map((target) => ({
  step: { pid: 1, call: { call: 'mount', target } as const },
}));

/** A conforming campaign of one trace, and one that finds the same twice. */
const conforming = await check(createReference('linux-6.18'), specify('linux-6.18'), {
  ...{ runs: 0, length: 0, seed: 1 },
  traces: [mounts],
});
const deviating = await check(createReference('linux-6.18'), specify('linux-4.4'), {
  ...{ runs: 0, length: 0, seed: 1 },
  traces: [mounts, mounts],
});

const bounded: CampaignResult = {
  ...conforming,
  verdict: 'inconclusive',
  inconclusive: [{ of: 'a bound', count: 1 }],
  skipped: [{ of: 'a reason', count: 3 }],
  ended: 'stopped',
};
const nothing: CampaignResult = {
  ...conforming,
  verdict: 'inconclusive',
  compared: 0,
  covered: [],
  runs: { traces: 0, short: 0, random: 0 },
};

const doubled = (counts: readonly Count[]): readonly Count[] =>
  counts.map(({ of, count }) => ({ of, count: 2 * count }));

describe('results of campaigns as one', () => {
  it('adds what was counted', () => {
    const { compared, covered } = conforming;
    expect(compared).toBeGreaterThan(0);
    expect(mergeCampaigns(conforming, [conforming])).toEqual({
      ...conforming,
      compared: 2 * compared,
      covered: doubled(covered),
      runs: { traces: 2, short: 0, random: 0 },
    });
    expect(mergeCampaigns(bounded, [bounded])).toMatchObject({
      inconclusive: doubled(bounded.inconclusive),
      skipped: doubled(bounded.skipped),
    });
  });

  it('has each deviation once, with all the runs that showed it', () => {
    const merged = mergeCampaigns(conforming, [deviating, deviating]);
    expect(deviating.deviations.length).toBeGreaterThan(0);
    expect(merged.deviations).toEqual(
      deviating.deviations.map((one) => ({ ...one, runs: 2 * one.runs })),
    );
  });

  it('deviates if any does, and conforms only if something was compared and no bound was met', () => {
    const verdict = (first: CampaignResult, ...rest: readonly CampaignResult[]): string =>
      mergeCampaigns(first, rest).verdict;
    expect(verdict(conforming)).toBe('conforms');
    expect(verdict(nothing, conforming)).toBe('conforms');
    expect(verdict(nothing, nothing)).toBe('inconclusive');
    expect(verdict(conforming, bounded)).toBe('inconclusive');
    expect(verdict(conforming, deviating, bounded)).toBe('deviates');
  });

  it('was stopped if one of them was', () => {
    expect(mergeCampaigns(conforming, [conforming]).ended).toBe('complete');
    expect(mergeCampaigns(bounded, [conforming]).ended).toBe('stopped');
    expect(mergeCampaigns(conforming, [bounded]).ended).toBe('stopped');
  });
});
