import type { Adapter } from '../adapters/contract/index.ts';
import { check } from './campaign.ts';
import type { CampaignOptions } from './campaign.types.ts';
import type { Specification } from './specification.types.ts';

/** How well a profile fits an implementation. */
export interface ProfileFit {
  readonly profile: string;
  /** Distinct deviations, not shrunk. */
  readonly deviations: number;
  readonly compared: number;
}

export interface Detection {
  /**
   * `one`: exactly one profile allows all answers; `tie`: several do, as far as the probing runs
   * tell; `none`: none does.
   */
  readonly verdict: 'one' | 'tie' | 'none';
  /** The profiles with the fewest deviations, in the order in which they were given. */
  readonly closest: readonly string[];
  readonly fits: readonly ProfileFit[];
}

/** Probing runs: enough for all runs of two calls and for a glance beyond. */
const probing = { runs: 64, shortRuns: 300, length: 40, shrink: 'no' } as const;

/** What profiles are probed with that other runs do not tell apart: they differ in rare runs. */
const closer = { runs: 600, length: 40, phase: 'random', shrink: 'no' } as const;

/** How often at most: some profiles may be the same for an implementation that does little. */
const mostRounds = 2;

/**
 * Finds the profile that an implementation has by checking it briefly under each. No probing run is
 * made for any particular difference between profiles.
 * @throws AdapterFailure if our own side of the adapter fails.
 */
export async function detectProfile(
  adapter: Adapter,
  specifications: readonly Specification[],
  seed: number,
): Promise<Detection> {
  let fits = await probe(adapter, specifications, { ...probing, seed });
  for (let round = 0; round < mostRounds; round++) {
    const known = fits;
    const fitting = specifications.filter(({ profile }) => fitOf(known, profile).deviations === 0);
    if (fitting.length < 2) break;
    const again = await probe(adapter, fitting, { ...closer, seed: seed + round });
    fits = known.map((fit) => sum(fit, fitOf(again, fit.profile)));
  }
  const fewest = Math.min(...fits.map(({ deviations }) => deviations));
  const closest = fits.filter(({ deviations }) => deviations === fewest).map((fit) => fit.profile);
  const verdict = fewest > 0 ? 'none' : closest.length === 1 ? 'one' : 'tie';
  return { verdict, closest, fits };
}

async function probe(
  adapter: Adapter,
  specifications: readonly Specification[],
  options: CampaignOptions,
): Promise<readonly ProfileFit[]> {
  const fits: ProfileFit[] = [];
  for (const specification of specifications) {
    const { profile, deviations, compared } = await check(adapter, specification, options);
    fits.push({ profile, deviations: deviations.length, compared });
  }
  return fits;
}

function fitOf(fits: readonly ProfileFit[], profile: string): ProfileFit {
  return fits.find((fit) => fit.profile === profile) ?? { profile, deviations: 0, compared: 0 };
}

function sum(a: ProfileFit, b: ProfileFit): ProfileFit {
  const { profile } = a;
  return { profile, deviations: a.deviations + b.deviations, compared: a.compared + b.compared };
}
