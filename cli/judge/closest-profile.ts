/** The profile that fits some answers best. */
import { judgePlayed, specify } from '../../conformance/index.ts';
import type { ChosenProfile } from '../selection.ts';
import type { PlayedPart } from './played-parts.ts';

/** How well a profile fits the answers. */
export interface ProfileFit {
  readonly profile: string;
  /** Distinct deviations, not shrunk. */
  readonly deviations: number;
  readonly compared: number;
}

export interface ClosestProfile {
  /** Of several that fit equally well the newest of those under which most was compared. */
  readonly closest: ChosenProfile | undefined;
  readonly fits: readonly ProfileFit[];
}

/** About how many runs are looked at under each profile, taken from all of them evenly. */
const glance = 1200;

/**
 * Where several profiles fit what a glance shows equally well, all runs are held against these.
 * @param candidates from the oldest to the newest.
 */
export async function closestProfile(
  parts: readonly PlayedPart[],
  candidates: readonly ChosenProfile[],
  seed: number,
): Promise<ClosestProfile> {
  const count = parts.reduce((sum, { played }) => sum + played.runs.length, 0);
  const step = Math.max(1, Math.ceil(count / glance));
  const some = parts.map((part) => everyOther(part, step));
  const glances = await fitsOf(some, candidates, seed);
  const tied = candidates.filter(isBestOf(candidates, glances));
  if (step === 1 || tied.length < 2) return { closest: newestOf(tied, glances), fits: glances };
  const closer = await fitsOf(parts, tied, seed);
  const fits = glances.map((fit) => closer.find(({ profile }) => profile === fit.profile) ?? fit);
  return { closest: newestOf(tied.filter(isBestOf(tied, closer)), fits), fits };
}

/** Whether no profile has fewer deviations. */
function isBestOf(profiles: readonly ChosenProfile[], fits: readonly ProfileFit[]) {
  const fewest = Math.min(...fits.map(({ deviations }) => deviations));
  return (profile: ChosenProfile): boolean =>
    fits[profiles.indexOf(profile)]?.deviations === fewest;
}

/** The newest of those under which most was compared: where a bound is met, less is. */
function newestOf(profiles: readonly ChosenProfile[], fits: readonly ProfileFit[]) {
  const compared = ({ label }: ChosenProfile): number =>
    fits.find(({ profile }) => profile === label)?.compared ?? 0;
  const most = Math.max(...profiles.map(compared));
  return profiles.findLast((profile) => compared(profile) === most);
}

async function fitsOf(
  parts: readonly PlayedPart[],
  profiles: readonly ChosenProfile[],
  seed: number,
): Promise<readonly ProfileFit[]> {
  const fits: ProfileFit[] = [];
  for (const profile of profiles) fits.push(await fitOf(parts, profile, seed));
  return fits;
}

/** Every n-th run of a part. */
function everyOther({ plan, played, ...rest }: PlayedPart, n: number): PlayedPart {
  const isTaken = (_: unknown, at: number): boolean => at % n === 0;
  return {
    ...rest,
    plan: { ...plan, runs: plan.runs.slice(0, played.runs.length).filter(isTaken) },
    played: { ...played, runs: played.runs.filter(isTaken) },
  };
}

async function fitOf(
  parts: readonly PlayedPart[],
  profile: ChosenProfile,
  seed: number,
): Promise<ProfileFit> {
  const keys = new Set<string>();
  let compared = 0;
  for (const { plan, played, world } of parts) {
    const specification = specify(profile.base, { ...profile, ...world });
    const { campaign } = await judgePlayed(specification, plan, played, seed);
    for (const { key } of campaign.deviations) keys.add(key);
    compared += campaign.compared;
  }
  return { profile: profile.label, deviations: keys.size, compared };
}
