import type { Adapter } from '../adapters/contract/index.ts';
import { check } from './campaign.ts';
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
const probing = { runs: 64, shortRuns: 300, length: 40 };

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
  const fits: ProfileFit[] = [];
  for (const specification of specifications) {
    const result = await check(adapter, specification, { ...probing, seed, shrink: 'no' });
    const { profile, deviations, compared } = result;
    fits.push({ profile, deviations: deviations.length, compared });
  }
  const fewest = Math.min(...fits.map(({ deviations }) => deviations));
  const closest = fits.filter(({ deviations }) => deviations === fewest).map((fit) => fit.profile);
  const verdict = fewest > 0 ? 'none' : closest.length === 1 ? 'one' : 'tie';
  return { verdict, closest, fits };
}
