/** The scope that the step benchmark explores: every call but those on contents. */
import { profiles, type ProfileName, type SearchOptions } from '../model/index.ts';
import { judgedScopes } from './spin/judged-scopes.ts';
import type { SpinScope } from './spin/scope.types.ts';

export const scopeName = 'descriptors';

function judged(): (typeof judgedScopes)[number] {
  const found = judgedScopes.find(({ name }) => name === scopeName);
  if (found === undefined) throw new Error(`no judged scope ${scopeName}`);
  return found;
}

/** log2 of Spin's hash table. */
export const spinTableBits = judged().tableBits;

/** The scope as the Promela text takes it. */
export function spinScope(profile: ProfileName): SpinScope {
  return { ...judged().scope, profile };
}

/** The same scope as the model's search takes it. */
export function modelScope(profile: ProfileName): SearchOptions {
  const { host, hostFiles = [], paths, calls, ...bounds } = judged().scope;
  return {
    switches: profiles[profile],
    bounds: { ...bounds, elements: 0 },
    host: [...host.map((directory) => `${directory}/`), ...hostFiles],
    paths,
    calls,
  };
}
