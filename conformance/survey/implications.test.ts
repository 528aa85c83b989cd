import { describe, expect, it } from 'vitest';
import { switchNames } from '../../cli/selection.ts';
import { profileNames, profiles, switches, switchFacts, withSwitch } from '../../model/index.ts';
import type { Facts } from '../../model/index.ts';
import { question } from './surveyed.test-data.ts';
import { tellingStep } from './telling-step.ts';

/** Each rule under each profile to which it applies. */
const rules = profileNames.flatMap((profile) =>
  switchNames.flatMap((name) => {
    const facts: Facts<string> = switchFacts[name];
    return (facts.implied ?? [])
      .filter((rule) => profiles[profile][rule.switch] === rule.is)
      .map((rule) => ({ profile, name, as: rule.as, because: `${rule.switch}=${rule.is}` }));
  }),
);

describe('what one switch implies for another', () => {
  it('is known of four switches', () => {
    expect([...new Set(rules.map(({ name, because }) => `${name}: ${because}`))]).toEqual([
      'renameFlags: nameOps=none',
      'freezeAsks: freeze=none',
      'bareDirectories: dotCheck=at-create-last',
      'nsKeyReuse: instance=per-mount',
    ]);
  });

  it.each(rules)('is what the profile $profile says of $name', ({ profile, name, as }) => {
    expect(profiles[profile][name]).toBe(as);
  });

  it.each(rules)('leaves no trace that tells values of $name in $profile', ({ profile, name }) => {
    const kernels = switches[name].values.map((value) =>
      withSwitch(profiles[profile], name, value),
    );
    const told = kernels.flatMap((one) =>
      kernels.flatMap((other) =>
        question
          .probes(name)
          .filter((probe) => one !== other && tellingStep(probe, one, other) < Infinity),
      ),
    );
    expect(told).toEqual([]);
  });
});
