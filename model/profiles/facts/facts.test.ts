import { describe, expect, it } from 'vitest';
import { profileNames, profiles, switches, type ProfileName, type SwitchName } from '../index.ts';
import { switchFacts, type Change, type Facts } from './index.ts';

const switchNames = Object.keys(switches).filter((name): name is SwitchName =>
  Object.hasOwn(switches, name),
);

/** As a number that grows with releases: 4.10 is behind 4.9. */
function ordered(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major * 1000 + minor;
}

/** The commit of 2015 was made for the release before 4.4, and was never part of one. */
const releaseOf = (profile: ProfileName): number =>
  profile === 'seed-2015' ? ordered('4.3') : ordered(profile.replace('linux-', ''));

/** Whether a release has a change; it may, where only the other side of it is known. */
function has({ in: when }: Change<string>, release: number): 'yes' | 'no' | 'maybe' {
  const named = ordered(when.replace(/^(?:after|by) /, ''));
  if (when.startsWith('after ')) return release <= named ? 'no' : 'maybe';
  if (release >= named) return 'yes';
  return when.startsWith('by ') ? 'maybe' : 'no';
}

/** The values that a release may have by what is known of the changes. */
function valuesAt({ first, changes }: Facts<string>, release: number): readonly string[] {
  let values = [first];
  for (const change of changes) {
    const known = has(change, release);
    if (known === 'yes') values = [change.to];
    if (known === 'maybe') values = [...values, change.to];
  }
  return values;
}

describe.each(switchNames)('what is known of %s', (name) => {
  const facts: Facts<string> = switchFacts[name];

  it.each(profileNames)('agrees with its value in %s', (profile) => {
    expect(valuesAt(facts, releaseOf(profile))).toContain(profiles[profile][name]);
  });

  it('is in the order of releases, and changes something each time', () => {
    const releases = facts.changes.map(({ in: when }) => ordered(when.replace(/^\D+/, '')));
    expect(releases).toEqual([...releases].sort((a, b) => a - b));
    const values = [facts.first, ...facts.changes.map(({ to }) => to)];
    expect(values.filter((value, at) => value === values[at - 1])).toEqual([]);
  });

  it('has releases and commits in their usual form', () => {
    for (const { in: when, origin } of facts.changes) {
      expect(when).toMatch(/^(?:after |by )?\d\.\d{1,2}$/);
      if (origin.kind === 'commit' || origin.kind === 'remembered') {
        expect(origin.id).toMatch(/^[0-9a-f]{12}$/);
      }
    }
  });

  it('says something of every value, and names traces once', () => {
    expect(Object.keys(facts.values).sort()).toEqual([...switches[name].values].sort());
    expect(Object.values(facts.values).filter((text) => text === '')).toEqual([]);
    expect(new Set(facts.traces).size).toBe(facts.traces.length);
  });
});
