/** What sights report on while traces are played. */
import { pathsIn } from '../../conformance/index.ts';
import type { TraceEvent } from '../../traces/index.ts';

/** More than that a sight does not look at. */
const mostWatched = 24;

/** The paths that the calls of traces name, as far as sights can report on them. */
export function watchedPaths(traces: readonly (readonly TraceEvent[])[]): readonly string[] {
  const paths = new Set<string>();
  for (const events of traces) {
    for (const { step } of events) {
      for (const path of pathsIn(step.call)) if (isWatchable(path)) paths.add(path);
    }
  }
  return [...paths].sort().slice(0, mostWatched);
}

/** Absolute, spelled the short way, and in the part of the tree where there are names. */
const isWatchable = (path: string): boolean =>
  path.length < 200 && /^(\/[^/.][^/]*)+$/.test(path) && !/^\/(proc|cgroup)\//.test(`${path}/`);
