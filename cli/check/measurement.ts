/** What is measured in a check; the result has none of it. */
import type { Release, ReleasedKind } from '../../conformance/index.ts';
import type { CallName } from '../../model/vocabulary/index.ts';
import type { CheckReport } from '../../report/index.ts';

/** Times of releases, in microseconds, by sort of object and by call: a long check has millions, so numbers alone are kept. */
export interface ReleaseTimes {
  readonly add: (release: Release) => void;
  readonly bySort: ReadonlyMap<ReleasedKind, ReadonlyMap<CallName, readonly number[]>>;
}

export function createReleaseTimes(): ReleaseTimes {
  const bySort = new Map<ReleasedKind, Map<CallName, number[]>>();
  return {
    bySort,
    add({ object, call, microseconds }) {
      const byCall = bySort.get(object) ?? new Map<CallName, number[]>();
      bySort.set(object, byCall);
      const times = byCall.get(call) ?? [];
      byCall.set(call, times);
      times.push(microseconds);
    },
  };
}

export interface CheckRun {
  readonly report: CheckReport;
  readonly milliseconds: number;
  /** Objects that were there longer than the call that let them go; absent if the target tells no times. */
  readonly releases?: ReleaseTimes;
}

export function checkMeasurement({ report, milliseconds, releases }: CheckRun): unknown {
  const rate = Math.round((report.campaign.compared * 1000) / Math.max(1, milliseconds));
  const { target, profile } = report;
  return {
    target,
    profile,
    milliseconds: Math.round(milliseconds),
    callsPerSecond: rate,
    ...(releases === undefined ? {} : { deferredReleases: quantilesOf(releases) }),
  };
}

/** By sort of object, and within it by the call that let it go: how many, and how long it took. */
export function quantilesOf({ bySort }: ReleaseTimes): unknown {
  return inOrder(bySort).map(([object, byCall]) => ({
    object,
    ...timesOf([...byCall.values()].flat()),
    byCall: inOrder(byCall).map(([call, times]) => ({ call, ...timesOf(times) })),
  }));
}

const inOrder = <Key extends string, Value>(
  groups: ReadonlyMap<Key, Value>,
): readonly (readonly [Key, Value])[] => [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

function timesOf(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => quantile(sorted, share);
  return {
    count: sorted.length,
    microseconds: { min: at(0), median: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  };
}

/** The smallest of these numbers that so large a share of them does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
