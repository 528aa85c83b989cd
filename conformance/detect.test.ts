import { describe, expect, it } from 'vitest';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { profileNames } from '../model/index.ts';
import { detectProfile } from './detect.ts';
import { specify } from './specify.ts';

const specifications = profileNames.map((name) => specify(name));

describe('the detection of a profile', () => {
  it.each(profileNames)('finds that the reference for %s is just that', async (name) => {
    const { verdict, closest } = await detectProfile(createReference(name), specifications, 1);
    expect([verdict, closest]).toEqual(['one', [name]]);
  });

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
