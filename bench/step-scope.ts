/** The scope that the step benchmark explores: every call but those on contents. */
import type { SearchOptions } from '../model/index.ts';
import { judgedScope } from './spin/judged-scopes.ts';
import { searchOptions } from './spin/search-options.ts';
import type { SpinProfile, SpinScope } from './spin/scope.types.ts';

export const scopeName = 'descriptors';

/** log2 of Spin's hash table. */
export const spinTableBits = judgedScope(scopeName).tableBits;

/** Whether the Promela text knows a profile. */
export function isSpinProfile(profile: string): profile is SpinProfile {
  return profile === 'linux-4.4' || profile === 'linux-6.18';
}

/** The scope as the Promela text takes it. */
export function spinScope(profile: SpinProfile): SpinScope {
  return { ...judgedScope(scopeName).scope, profile };
}

/** The same scope as the model's search takes it. */
export function modelScope(profile: SpinProfile): SearchOptions {
  return searchOptions(spinScope(profile));
}
