import { describe, expect, it } from 'vitest';
import type { Adapter } from '../adapters/contract/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import type { Call, Fd, Sight } from '../model/vocabulary/index.ts';
import {
  pairValue,
  receivedOf,
  receivedValue,
  sightFields,
  succeed,
} from '../model/vocabulary/index.ts';
import { descriptorsMade, resultKind, withDescriptors } from './call-facts.ts';
import { check } from './campaign.ts';
import { planSteps } from './plan.ts';
import { playRun, settleUntil } from './play.ts';
import { setupFor } from './setup.ts';
import { specify } from './specify.ts';

/** The numbers that can be given out, from the highest one down. */
const there = (fd: Fd): Fd => (fd < 3 || fd > 12 ? fd : 15 - fd);

function renamed(sight: Sight): Sight {
  const processes = sight.processes.map((process) => ({
    ...process,
    descriptors: process.descriptors.map(({ fd, object }) => ({ fd: there(fd), object })),
  }));
  return { ...sight, processes };
}

/** The value of a call with the descriptors that it made numbered over there. */
function valueThere(call: Call, value: number): number {
  const fds = descriptorsMade(call, value).map(there);
  const kind = resultKind(call);
  if (kind === 'received') return receivedValue({ ...receivedOf(value), fds });
  return fds.length > 0 ? pairValue(fds[0] ?? 0, fds[1] ?? 0) : value;
}

/** The reference with descriptors numbered downwards; answers come later. */
function opaque(): Adapter {
  const sound = createReference('linux-6.18');
  // Which maps hold objects is not known in here: of descriptors in values, none is asked for.
  const calls = sound.hello.calls.filter((name) => name !== 'BPF_MAP_UPDATE_ELEM');
  const inward = (call: Call): Call => withDescriptors(call, 'word', there);
  return {
    ...sound,
    hello: { ...sound.hello, calls, observes: sightFields, descriptors: 'opaque' },
    play(steps, sights) {
      const inside = steps.map(({ pid, call }) => ({ pid, call: inward(call) }));
      const answers = sound.play(inside, sights).map((answer, at) => {
        const call = steps[at]?.call ?? { call: 'fork' };
        const { outcome, sight } = answer;
        return {
          ...answer,
          outcome: outcome.ok ? { ...outcome, value: valueThere(call, outcome.value) } : outcome,
          ...(sight === undefined ? {} : { sight: renamed(sight) }),
        };
      });
      return Promise.resolve(answers);
    },
    settle: () => Promise.resolve(renamed(sound.settle())),
  };
}

describe('playing a run', () => {
  it('names the descriptors of an opaque adapter as the model does', async () => {
    const world = specify('linux-6.18').makeWorld();
    const load = { call: 'BPF_PROG_LOAD', mapFd: null } as const;
    const calls: readonly Call[] = [load, { call: 'dup', fd: 3 }, { call: 'close', fd: 3 }];
    const run = planSteps(
      world,
      calls.map((call) => ({ pid: 1, call })),
    );
    const { answers, rename } = await playRun(opaque(), setupFor(world, []), run, 'last');
    expect(answers.map(({ outcome }) => outcome)).toEqual([succeed(3), succeed(4), succeed(0)]);
    expect(answers[2]?.sight?.processes[0]?.descriptors.map(({ fd }) => fd)).toEqual([4]);
    expect(answers[1]?.sight).toBeUndefined();
    const late: Sight = {
      processes: [
        {
          pid: 1,
          namespace: 1,
          descriptors: [
            { fd: 11, object: 1 },
            { fd: 99, object: 1 },
          ],
          paths: [],
        },
      ],
      objects: [],
    };
    expect(rename(late).processes[0]?.descriptors).toEqual([{ fd: 4, object: 1 }]);
  });

  it('looks at a run with MNT_EXPIRE when it is over: whoever looks uses the mounts', async () => {
    const world = specify('linux-6.18').makeWorld();
    const look = { call: 'stat', path: '/mnt/a' } as const;
    const sightsOf = async (flag: 'none' | 'MNT_EXPIRE'): Promise<readonly boolean[]> => {
      const calls: readonly Call[] = [look, { call: 'umount2', target: '/mnt/a', flag }, look];
      const steps = calls.map((call) => ({ pid: 1, call }));
      const run = planSteps(world, [
        { pid: 1, call: { call: 'mount', target: '/mnt/a' } },
        ...steps,
      ]);
      const reference = createReference('linux-6.18');
      const { answers } = await playRun(reference, setupFor(world, []), run, 'each');
      return answers.map(({ sight }) => sight !== undefined);
    };
    expect(new Set(await sightsOf('none'))).toEqual(new Set([true]));
    expect((await sightsOf('MNT_EXPIRE')).lastIndexOf(false)).toBe(2);
  });

  it('makes no difference to the verdict', async () => {
    const options = { runs: 80, shortRuns: 100, length: 40, seed: 2 };
    const result = await check(opaque(), specify('linux-6.18'), options);
    expect(result.deviations).toEqual([]);
    expect(result.verdict).toBe('conforms');
  });

  it('takes a wrong number of answers for garbage', async () => {
    const adapter: Adapter = { ...createReference('linux-6.18'), play: () => [] };
    const world = specify('linux-6.18').makeWorld();
    const run = planSteps(world, [{ pid: 1, call: { call: 'fork' } }]);
    await expect(playRun(adapter, setupFor(world, []), run, 'none')).rejects.toMatchObject({
      blame: 'implementation',
    });
  });

  it('lets a system settle a limited number of times', async () => {
    let settled = 0;
    const adapter: Adapter = {
      ...createReference('linux-6.18'),
      settle: () => ({ processes: [], objects: [], pending: ++settled }),
    };
    const sight = await settleUntil(adapter, ({ pending }) => pending === 3);
    expect(sight.pending).toBe(3);
    await settleUntil(adapter, () => false);
    expect(settled).toBe(23);
  });
});
