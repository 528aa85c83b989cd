import { describe, expect, it } from 'vitest';
import type { Adapter, Answer } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import type { Sight } from '../model/vocabulary/index.ts';
import { check } from './campaign.ts';
import { specify } from './specify.ts';

const random = { phase: 'random', runs: 60, length: 40, seed: 1 } as const;

/** An adapter that shows which objects are alive, and nothing else. */
function showsLifeOnly(adapter: Adapter): Adapter {
  return { ...adapter, hello: { ...adapter.hello, observes: ['alive'] } };
}

/** A reference whose objects stay until the last process exits, whatever holds them. */
function keepsUntilExit(): Adapter {
  const sound = createReference('linux-6.18');
  let made = new Set<number>();
  const kept = (answer: Answer): Answer => {
    if (answer.object !== undefined) made.add(answer.object);
    return { ...answer, alive: [...made].sort((a, b) => a - b) };
  };
  const withKept = (sight: Sight): Sight => {
    const shown = new Set(sight.objects.map(({ id }) => id));
    const late = [...made].filter((id) => !shown.has(id));
    return {
      ...sight,
      objects: [...sight.objects, ...late.map(asMap)],
    };
  };
  return {
    ...showsLifeOnly(sound),
    reset(setup) {
      made = new Set();
      sound.reset(setup);
    },
    play: (steps, sights) => sound.play(steps, sights).map(kept),
    settle() {
      const sight = sound.settle();
      return sight.processes.length === 0 ? sight : withKept(sight);
    },
  };
}

/** A reference that forgets to free what is alive when the last process exits. */
function leaksAtExit(): Adapter {
  const sound = createReference('linux-6.18');
  let made = new Set<number>();
  let leaked: readonly number[] = [];
  return {
    ...showsLifeOnly(sound),
    reset(setup) {
      made = new Set();
      leaked = [];
      sound.reset(setup);
    },
    play: (steps, sights) =>
      sound.play(steps, sights).map((answer, at) => {
        if (answer.alive?.length === 0 && steps[at]?.call.call === 'exit_group') leaked = [...made];
        if (answer.object !== undefined) made.add(answer.object);
        return { ...answer, alive: [...(answer.alive ?? []), ...leaked] };
      }),
    settle() {
      const sight = sound.settle();
      return { ...sight, objects: [...sight.objects, ...leaked.map(asMap)] };
    },
    alive: (ids) => ids,
  };
}

const asMap = (id: number) => ({ id, kind: 'map' }) as const;

describe('objects that are late', () => {
  it('are a deviation if they never die, though nothing but their life is seen', async () => {
    const leaking = mutants.find(({ id }) => id === 'umount-leaks-pins');
    if (leaking === undefined) throw new Error('no such mutant');
    const result = await check(showsLifeOnly(leaking.create()), specify(leaking.kernel), random);
    const [leak] = result.deviations.filter(({ id }) => id === 'quiescence-leaves-nothing');
    expect(leak).toMatchObject({ seen: 'settled', repeatable: 'yes' });
    expect(leak?.trace.map(({ step }) => step.call.call)).toContain('BPF_OBJ_PIN');
    expect(leak?.trace.length).toBeLessThanOrEqual(5);
  });

  it('are a deviation if they wait for a process that has nothing to do with them', async () => {
    const result = await check(keepsUntilExit(), specify('linux-6.18'), random);
    expect(result.deviations).toMatchObject([{ id: 'alive-iff-held', seen: 'settled' }]);
    const [deviation] = result.deviations;
    expect(deviation?.trace.length).toBeLessThanOrEqual(3);
  });

  it('are a deviation if the end of the last process leaves them behind', async () => {
    const result = await check(leaksAtExit(), specify('linux-6.18'), random);
    expect(result.deviations).toMatchObject([{ id: 'quiescence-leaves-nothing', seen: 'settled' }]);
    expect(result.deviations[0]?.trace.map(({ step }) => step.call.call)).toEqual([
      expect.stringMatching('BPF_MAP_CREATE|BPF_PROG_LOAD'),
      'exit_group',
    ]);
  });

  it('are waited for no longer than they take, and by full settling where that is not enough', async () => {
    const asked: (readonly number[] | 'all')[] = [];
    const watched = (adapter: Adapter): Adapter => ({
      ...adapter,
      settle(leaving) {
        asked.push(leaving ?? 'all');
        return adapter.settle(leaving);
      },
    });
    await check(watched(keepsUntilExit()), specify('linux-6.18'), { ...random, shrink: 'no' });
    const followers = asked.flatMap((leaving, at) => (leaving === 'all' ? [] : [asked[at + 1]]));
    expect(asked.some((leaving) => leaving !== 'all' && leaving.length > 0)).toBe(true);
    // In one run the objects stay, in another they do not.
    expect(followers).toContain('all');
    expect(followers.some((next) => next !== 'all')).toBe(true);
  });

  it('are none if they die by and by', async () => {
    const sound = createReference('linux-6.18');
    const result = await check(showsLifeOnly(sound), specify('linux-6.18'), random);
    expect(result.verdict).toBe('conforms');
  });
});
