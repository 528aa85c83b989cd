import { profiles, type SearchOptions } from '../../model/index.ts';
import type { SpinScope } from './scope.types.ts';

/** A scope of the judge as the model's search takes it. */
export function searchOptions(scope: SpinScope): SearchOptions {
  const { host, hostFiles = [], paths, calls, profile, ...bounds } = scope;
  return {
    switches: profiles[profile],
    bounds: { ...bounds, elements: 0 },
    host: [...host.map((directory) => `${directory}/`), ...hostFiles],
    paths,
    calls,
  };
}
