import { describe, expect, it } from 'vitest';
import { createReference } from '../reference/index.ts';
import { startScenario } from '../reference/scenario.test-data.ts';
import { experimentOf, mountAndPin, world } from './experiments.test-data.ts';
import { mutants } from './index.ts';

describe.each(mutants.map((mutant) => [mutant.id, mutant] as const))('%s', (id, mutant) => {
  it('differs from the reference in the named way', () => {
    const [experiment, sound, faulty] = experimentOf(id);
    const adapters = [createReference(mutant.kernel), mutant.create()];
    const results = adapters.map((adapter) => experiment?.(startScenario(adapter, world)));
    expect(results).toEqual([sound, faulty]);
    expect(experiment).toBeDefined();
  });

  it('says who it is', () => {
    expect(mutant.create().hello).toMatchObject({ name: `mutant:${id}`, version: mutant.kernel });
  });
});

describe('the mutants', () => {
  it('have one id each', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it('that leak still show what is left of an earlier run', () => {
    const leaking = mutants.find(({ id }) => id === 'umount-leaks-pins')?.create();
    if (leaking === undefined) throw new Error('There is no such mutant.');
    const run = startScenario(leaking);
    mountAndPin(run);
    const object = run.object(0)?.id ?? 0;
    startScenario(leaking);
    expect(leaking.alive([object])).toEqual([object]);
  });
});
