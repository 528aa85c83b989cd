import { describe, expect, it } from 'vitest';
import { profileNames, profiles, switches } from '../model/index.ts';
import { chooseProfile, newestProfile, switchNames, switchSetting } from './selection.ts';

describe('profiles with switches changed', () => {
  it('keep their name where nothing differs', () => {
    expect(chooseProfile('linux-4.4', [])).toEqual({
      base: 'linux-4.4',
      label: 'linux-4.4',
      differences: [],
      switches: profiles['linux-4.4'],
    });
    const same = switchSetting('instance=per-namespace');
    expect(chooseProfile('linux-4.4', [same]).label).toBe('linux-4.4');
  });

  it('say in their name what differs, and the last setting counts', () => {
    const settings = ['instance=per-namespace', 'instance=per-mount', 'pinBadFd=EINVAL'];
    const { label, switches } = chooseProfile('linux-4.4', settings.map(switchSetting));
    expect(label).toBe('linux-4.4 with instance=per-mount, pinBadFd=EINVAL');
    expect(switches).toEqual({
      ...profiles['linux-4.4'],
      instance: 'per-mount',
      pinBadFd: 'EINVAL',
    });
  });

  it('become another profile when every switch is changed', () => {
    const settings = Object.entries(profiles['linux-6.18']).map(([name, value]) =>
      switchSetting(`${name}=${value}`),
    );
    expect(chooseProfile('linux-4.4', settings).switches).toEqual(profiles['linux-6.18']);
  });

  it('know every switch with at least two values', () => {
    expect([...switchNames].sort()).toEqual(Object.keys(profiles[newestProfile]).sort());
    for (const name of switchNames) expect(switches[name].values.length).toBeGreaterThan(1);
  });

  it('know the newest profile', () => {
    expect(newestProfile).toBe(profileNames.at(-1));
  });
});
