import { describe, expect, it } from 'vitest';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { profileNames } from '../model/index.ts';
import type { ProfileName } from '../model/index.ts';
import { detectProfile } from './detect.ts';
import { specify } from './specify.ts';

const specifications = profileNames.map((name) => specify(name));

/**
 * Profiles that no run can tell apart, since each of them allows all that the implementation does:
 * where an effect may come later it may come at once as well.
 */
const alike: Partial<Record<ProfileName, readonly ProfileName[]>> = {
  'linux-6.1': ['linux-6.1', 'linux-6.12'],
  'linux-6.12': ['linux-6.1', 'linux-6.12'],
  'linux-6.18': ['linux-6.1', 'linux-6.12', 'linux-6.18'],
};

describe('the detection of a profile', () => {
  for (const name of profileNames) {
    const expected = alike[name] ?? [name];
    it(`finds that the reference for ${name} is ${expected.join(' or ')}`, async () => {
      const { verdict, closest } = await detectProfile(createReference(name), specifications, 1);
      expect([verdict, closest]).toEqual([expected.length === 1 ? 'one' : 'tie', expected]);
    });
  }

  it('names the closest profiles of an implementation that has none', async () => {
    const mutant = mutants.find(({ id }) => id === 'get-returns-other-object');
    if (mutant === undefined) throw new Error('no such mutant');
    const { verdict, closest } = await detectProfile(mutant.create(), specifications, 1);
    expect([verdict, closest.includes('linux-6.18')]).toEqual(['none', true]);
  });

  it('says so where profiles cannot be told apart', async () => {
    const twice = [specify('linux-6.18'), specify('linux-6.18', { label: 'again' })];
    const { verdict, closest } = await detectProfile(createReference('linux-6.18'), twice, 1);
    expect([verdict, closest]).toEqual(['tie', ['linux-6.18', 'again']]);
  });
});
