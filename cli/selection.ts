/** Profiles as the user chooses them: a name, or all, with switches changed. */
import { InvalidArgumentError } from 'commander';
import { profileNames, profiles, switches, withSwitch } from '../model/index.ts';
import type { ProfileName, SwitchName, Switches } from '../model/index.ts';
import { unexpected, unknownName } from './arguments.ts';

/** One switch that is set otherwise than in the profile. */
export interface SwitchSetting {
  readonly name: SwitchName;
  readonly value: string;
}

/** A profile with switches changed. */
export interface ChosenProfile {
  readonly base: ProfileName;
  /** As reports print it: the name, and what differs from the profile of that name. */
  readonly label: string;
  /** What differs, `name=value`. */
  readonly differences: readonly string[];
  readonly switches: Switches;
}

/**
 * What `all` stands for: the kernels that were released. The commit of 2015 never was, and breaks a
 * property that all of them keep.
 */
export const releasedProfiles: readonly ProfileName[] = profileNames.filter(
  (name) => name !== 'seed-2015',
);

/** What `start` goes through: the two kernels that are furthest apart. */
export const startProfiles: readonly ProfileName[] = ['linux-4.4', 'linux-6.18'];

/** The newest profile. */
export const newestProfile: ProfileName = 'linux-6.18';

export const switchNames = Object.keys(switches).filter(isSwitchName);

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switches, name);
}

/** Reads NAME=VALUE. */
export function switchSetting(text: string): SwitchSetting {
  const [name = '', value = '', ...rest] = text.split('=');
  if (!text.includes('=') || rest.length > 0) {
    throw unexpected(text, 'NAME=VALUE');
  }
  if (!isSwitchName(name)) {
    throw new InvalidArgumentError(unknownName('switch', name, switchNames));
  }
  const values: readonly string[] = switches[name].values;
  if (values.includes(value)) return { name, value };
  const problem = unknownName(`value of the switch ${name}`, value, values);
  throw new InvalidArgumentError(problem);
}

/** The profile of this name with switches changed. */
export function chooseProfile(
  base: ProfileName,
  settings: readonly SwitchSetting[],
): ChosenProfile {
  const own: Switches = profiles[base];
  const chosen = settings.reduce(
    (changed, { name, value }) => withSwitch(changed, name, value),
    own,
  );
  const differences = switchNames
    .filter((name) => chosen[name] !== own[name])
    .map((name) => `${name}=${chosen[name]}`);
  const label = differences.length === 0 ? base : `${base} with ${differences.join(', ')}`;
  return { base, label, differences, switches: chosen };
}

/** What the header of a trace says of the switches. */
export const departures = ({
  differences,
}: ChosenProfile): { readonly switches?: readonly string[] } =>
  differences.length === 0 ? {} : { switches: differences };
