import { describe, expect, it } from 'vitest';
import { changesOf, createReference } from '../adapters/reference/index.ts';
import { profiles, switches, withSwitch, type SwitchName, type Switches } from '../model/index.ts';
import { check, specify } from './index.ts';

const isSwitchName = (name: string): name is SwitchName => Object.hasOwn(switches, name);

/** Each value of each switch that the profile does not have. */
function others(base: Switches): readonly (readonly [string, Switches])[] {
  return Object.keys(switches)
    .filter(isSwitchName)
    .flatMap((name) =>
      switches[name].values
        .filter((value) => value !== base[name])
        .map((value) => [`${name}=${value}`, withSwitch(base, name, value)] as const),
    );
}

/** What the reference has all at once: its commands, and the operations on names. */
const fixed = /^(attributes|freeze|info|ids|cgroups|links|nameOps|renameFlags)=/;

describe.each(['linux-4.4', 'linux-6.18'] as const)('%s with one switch changed', (kernel) => {
  it.each(others(profiles[kernel]))(
    'is one and the same in the reference: %s',
    async (setting, is) => {
      const changes = changesOf([setting]);
      if ('fixed' in changes) {
        expect(setting).toMatch(fixed);
        return;
      }
      const reference = createReference(kernel, {}, 'until-settled', changes);
      const size = { runs: 60, length: 40, seed: 5, phase: 'random' } as const;
      const { deviations } = await check(reference, specify(kernel, { switches: is }), size);
      expect(deviations.map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
    },
  );
});
