import { describe, expect, it } from 'vitest';
import type { Release } from '../../conformance/index.ts';
import { conforming } from '../../report/results.test-data.ts';
import { checkMeasurement, createReleaseTimes, quantilesOf } from './measurement.ts';
import type { ReleaseTimes } from './measurement.ts';

const release = (
  object: Release['object'],
  call: Release['call'],
  microseconds: number,
): Release => ({ object, call, microseconds });

function timesOf(releases: readonly Release[]): ReleaseTimes {
  const times = createReleaseTimes();
  releases.forEach(times.add);
  return times;
}

describe('the times of releases', () => {
  it('are counts and quantiles by sort of object, and by the call that let it go', () => {
    const many = Array.from({ length: 100 }, (_, at) => release('map', 'close', 10_000 + at));
    const some = [release('map', 'exit_group', 7), release('program', 'kill', 250_000), ...many];
    expect(quantilesOf(timesOf(some))).toEqual([
      {
        object: 'map',
        count: 101,
        microseconds: { min: 7, median: 10_049, p90: 10_089, p99: 10_098, max: 10_099 },
        byCall: [
          {
            call: 'close',
            count: 100,
            microseconds: { min: 10_000, median: 10_049, p90: 10_089, p99: 10_098, max: 10_099 },
          },
          {
            call: 'exit_group',
            count: 1,
            microseconds: { min: 7, median: 7, p90: 7, p99: 7, max: 7 },
          },
        ],
      },
      {
        object: 'program',
        count: 1,
        microseconds: { min: 250_000, median: 250_000, p90: 250_000, p99: 250_000, max: 250_000 },
        byCall: [
          {
            call: 'kill',
            count: 1,
            microseconds: {
              min: 250_000,
              median: 250_000,
              p90: 250_000,
              p99: 250_000,
              max: 250_000,
            },
          },
        ],
      },
    ]);
  });

  it('do not depend on the order in which they came', () => {
    const some = [release('program', 'close', 3), release('map', 'close', 2)];
    expect(quantilesOf(timesOf(some))).toEqual(quantilesOf(timesOf([...some].reverse())));
  });

  it('are none where nothing was late, and absent where the target tells no times', () => {
    const run = { report: conforming, milliseconds: 1 };
    expect(checkMeasurement({ ...run, releases: timesOf([]) })).toMatchObject({
      deferredReleases: [],
    });
    expect(checkMeasurement(run)).not.toHaveProperty('deferredReleases');
  });
});
