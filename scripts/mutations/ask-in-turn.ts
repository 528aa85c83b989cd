import type { ProfileName } from '../../model/index.ts';
import type { JudgeOptions } from './judge-options.types.ts';
import type { Findings, Judge, Noticed } from './mutation.types.ts';

/** A judge with its name. */
export type Asked<Pending> = readonly [Judge, (profile: ProfileName, pending: Pending) => Findings];

/** What the judges noticed until now, by the names of mutations. */
export type NoticedBy = Map<string, Noticed>;

/** Asks one judge after the other about what is left, and each under every profile. */
export function askInTurn<Pending>(
  asked: readonly Asked<Pending>[],
  { profiles, progress }: Pick<JudgeOptions, 'profiles' | 'progress'>,
  pendingIn: (profile: ProfileName) => Pending,
  noticed: NoticedBy,
): void {
  for (const [judge, ask] of asked) {
    for (const profile of profiles) {
      progress(`${judge} under ${profile}`);
      for (const [name, by] of ask(profile, pendingIn(profile))) {
        noticed.set(name, { judge, by: `${profile}: ${by}` });
      }
    }
  }
}
