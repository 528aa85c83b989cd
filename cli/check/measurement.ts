/** What is measured in a check; the result has none of it. */
import type { Release } from '../../conformance/index.ts';
import type { CheckReport } from '../../report/index.ts';

export interface CheckRun {
  readonly report: CheckReport;
  readonly milliseconds: number;
  /** Objects that were there longer than the call that let them go; absent if the target tells no times. */
  readonly releases?: readonly Release[];
}

export function checkMeasurement({ report, milliseconds, releases }: CheckRun): unknown {
  const rate = Math.round((report.campaign.compared * 1000) / Math.max(1, milliseconds));
  const { target, profile } = report;
  return {
    target,
    profile,
    milliseconds: Math.round(milliseconds),
    callsPerSecond: rate,
    ...(releases === undefined ? {} : { deferredReleases: releaseTimes(releases) }),
  };
}

/** By sort of object, and within it by the call that let it go: how many, and how long it took. */
export function releaseTimes(releases: readonly Release[]): unknown {
  return grouped(releases, ({ object }) => object).map(([object, some]) => ({
    object,
    ...timesOf(some),
    byCall: grouped(some, ({ call }) => call).map(([call, own]) => ({ call, ...timesOf(own) })),
  }));
}

function grouped<Key extends string>(
  releases: readonly Release[],
  keyOf: (release: Release) => Key,
): readonly (readonly [Key, readonly Release[]])[] {
  const groups = new Map<Key, Release[]>();
  for (const release of releases) {
    const key = keyOf(release);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [release]);
    else group.push(release);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function timesOf(releases: readonly Release[]) {
  const sorted = releases.map(({ microseconds }) => microseconds).sort((a, b) => a - b);
  const at = (share: number): number => quantile(sorted, share);
  return {
    count: sorted.length,
    microseconds: { min: at(0), median: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  };
}

/** The smallest of these numbers that so large a share of them does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
