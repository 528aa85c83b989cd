/** Runs in which the implementation dies, and what they leave. */
import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter } from '../adapters/contract/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { check } from './campaign.ts';
import { specify } from './specify.ts';

const options = { phase: 'random', runs: 40, length: 12, seed: 1 } as const;

/**
 * A reference that dies when a program is loaded, and is there again at the next reset; what its runs have made by
 * then may stay.
 */
function mortal(leaves: 'nothing' | 'for-a-while' | 'for-ever', revives: 'yes' | 'no' = 'yes') {
  const sound = createReference('linux-6.18');
  let made: number[] = [];
  let left: readonly number[] = [];
  let isDead = false;
  const died = (): AdapterFailure => new AdapterFailure('implementation', 'it died');
  const adapter: Adapter = {
    ...sound,
    reset(setup) {
      if (isDead && revives === 'no') throw died();
      isDead = false;
      made = [];
      sound.reset(setup);
    },
    play(steps, sights) {
      return steps.flatMap((step) => {
        if (step.call.call === 'BPF_PROG_LOAD') {
          isDead = true;
          left = leaves === 'nothing' ? [] : made;
          throw died();
        }
        const answers = sound.play([step], sights);
        made.push(...answers.flatMap(({ object }) => (object === undefined ? [] : [object])));
        return answers;
      });
    },
    settle() {
      if (leaves !== 'for-ever') left = [];
      return sound.settle();
    },
    alive: (ids) => ids.filter((id) => left.includes(id)),
  };
  return adapter;
}

const foundIn = async (adapter: Adapter) =>
  (await check(adapter, specify('linux-6.18'), options)).deviations;

describe('a run in which the implementation dies', () => {
  it('deviates by that alone if it leaves nothing for good', async () => {
    for (const leaves of ['nothing', 'for-a-while'] as const) {
      const kinds = (await foundIn(mortal(leaves))).map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(['implementation-died']));
    }
  });

  it('deviates by what it leaves, too', async () => {
    const deviations = await foundIn(mortal('for-ever'));
    const leak = deviations.find(({ id }) => id === 'quiescence-leaves-nothing');
    expect(leak).toMatchObject({ kind: 'late-death', seen: 'settled', repeatable: 'yes' });
    expect(leak?.trace.map(({ step }) => step.call.call)).toEqual([
      expect.stringMatching('BPF_MAP_CREATE'),
      'BPF_PROG_LOAD',
    ]);
    expect(deviations.map(({ kind }) => kind)).toContain('implementation-died');
  });

  it('is told all the same where nobody can be asked any more', async () => {
    const [only, ...others] = await foundIn(mortal('for-ever', 'no'));
    expect(only?.kind).toBe('implementation-died');
    expect(others).toEqual([]);
  });
});
