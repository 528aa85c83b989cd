/** Profiles as the user chooses them: a name, or all, with switches changed. */
import { InvalidArgumentError } from 'commander';
import { profileNames, profiles } from '../model/index.ts';
import type { ProfileName, Switches } from '../model/index.ts';
import { unexpected, unknownName } from './arguments.ts';

/** One switch that is set otherwise than in the profile. */
export interface SwitchSetting {
  readonly name: keyof Switches;
  readonly value: string;
}

/** A profile with switches changed. */
export interface ChosenProfile {
  readonly base: ProfileName;
  /** As reports print it: the name, and what differs from the profile of that name. */
  readonly label: string;
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

/** The names of the switches with the values that some profile gives them. */
export function switchValues(): ReadonlyMap<keyof Switches, readonly string[]> {
  const values = new Map<keyof Switches, string[]>();
  for (const name of profileNames) {
    for (const [key, value] of Object.entries(profiles[name])) {
      if (!isSwitchName(key)) continue;
      const known = values.get(key) ?? [];
      if (!known.includes(value)) values.set(key, [...known, value]);
    }
  }
  return values;
}

function isSwitchName(name: string): name is keyof Switches {
  return Object.hasOwn(profiles[newestProfile], name);
}

/** Reads NAME=VALUE. */
export function switchSetting(text: string): SwitchSetting {
  const [name = '', value = '', ...rest] = text.split('=');
  const known = switchValues();
  if (!text.includes('=') || rest.length > 0) {
    throw unexpected(text, 'NAME=VALUE');
  }
  if (!isSwitchName(name)) {
    throw new InvalidArgumentError(unknownName('switch', name, [...known.keys()]));
  }
  const values = known.get(name) ?? [];
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
  const switches = settings.reduce(withSetting, own);
  const changed = [...switchValues().keys()].filter((name) => switches[name] !== own[name]);
  const differences = changed.map((name) => `${name}=${switches[name]}`);
  const label = differences.length === 0 ? base : `${base} with ${differences.join(', ')}`;
  return { base, label, switches };
}

/** Every value of a switch is that of some profile. */
function withSetting(switches: Switches, { name, value }: SwitchSetting): Switches {
  const owner = profileNames.find((profile) => profiles[profile][name] === value);
  return owner === undefined ? switches : { ...switches, [name]: profiles[owner][name] };
}
