import { describe, expect, it } from 'vitest';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import type { Adapter } from '../adapters/contract/index.ts';
import { check } from './campaign.ts';
import type { CampaignOptions } from './campaign.types.ts';
import { createLatencies } from './latencies.ts';
import { playShare } from './play-share.ts';
import type { Awaited, Release } from './releases.ts';
import type { ShareMessage } from './share.types.ts';
import { specify } from './specify.ts';

const awaited = (id: number): Awaited => ({ id, object: 'map', call: 'close', since: 100 * id });

const options: CampaignOptions = { phase: 'random', runs: 260, length: 8, seed: 2 };

/** An adapter with a clock that ticks with every call, at which what has gone is looked for. */
function timed(adapter: Adapter): Adapter {
  let now = 0;
  return {
    ...adapter,
    async play(steps, sights) {
      const answers = await adapter.play(steps, sights);
      return answers.map((answer) => ({ ...answer, returnedAt: ++now }));
    },
    async goneAt(ids) {
      const alive = await adapter.alive(ids);
      return ids.map((id) => (alive.includes(id) ? null : now));
    },
  };
}

const released = async (adapter: Adapter, wanted = options): Promise<readonly Release[]> => {
  const all: Release[] = [];
  const profile = adapter.hello.name.includes('second-mount') ? 'linux-4.4' : 'linux-6.18';
  await check(adapter, specify(profile), { ...wanted, onRelease: (one) => all.push(one) });
  return all;
};

describe('what outlives its run', () => {
  it('is asked after once enough of it has come, and at the end', async () => {
    const asked: (readonly number[])[] = [];
    const told: Release[] = [];
    const latencies = createLatencies(
      {
        ...createReference('linux-6.18'),
        goneAt(ids) {
          asked.push(ids);
          return ids.map((id) => (id === 3 ? null : 100 * id + 7));
        },
      },
      (release) => told.push(release),
    );
    await latencies.take({ released: [], awaited: [awaited(1), awaited(2), awaited(3)] });
    expect(asked).toEqual([]);
    await latencies.look();
    expect(asked).toEqual([[1, 2, 3]]);
    expect(told).toEqual([
      { object: 'map', call: 'close', microseconds: 7 },
      { object: 'map', call: 'close', microseconds: 7 },
    ]);
    const many = Array.from({ length: 16 }, (_, at) => awaited(10 + at));
    await latencies.take({ released: [], awaited: many });
    expect(asked[1]).toEqual([3, ...many.map(({ id }) => id)]);
    expect(told).toHaveLength(18);
  });

  it('is remembered up to a number, and is nothing where nobody looks at a clock', async () => {
    const asked: number[] = [];
    const never = (ids: readonly number[]): readonly null[] => {
      asked.push(ids.length);
      return ids.map(() => null);
    };
    const reference = createReference('linux-6.18');
    const latencies = createLatencies({ ...reference, goneAt: never }, () => undefined);
    for (let run = 0; run < 50; run++) {
      const several = Array.from({ length: 10 }, (_, at) => awaited(10 * run + at));
      await latencies.take({ released: [], awaited: several });
    }
    expect(Math.max(...asked)).toBe(256);
    const told: Release[] = [];
    const timeless = createLatencies(reference, (release) => told.push(release));
    await timeless.take({ released: [], awaited: [awaited(1)] });
    await timeless.look();
    expect(told).toEqual([]);
  });
});

describe('a campaign', () => {
  it('tells how long what was let go was there, and its result is the same without a clock', async () => {
    const releases = await released(timed(createReference('linux-6.18')));
    expect(releases.length).toBeGreaterThan(10);
    expect(new Set(releases.map(({ object }) => object))).toContain('map');
    expect(releases.every(({ microseconds }) => microseconds >= 0)).toBe(true);
    const result = (adapter: Adapter) => check(adapter, specify('linux-6.18'), options);
    const plain = await result(createReference('linux-6.18'));
    expect(await result(timed(createReference('linux-6.18')))).toEqual(plain);
    expect(await released(createReference('linux-6.18'))).toEqual([]);
  });

  it('does not count the runs that make traces shorter', async () => {
    const mutant = mutants.find(({ id }) => id === 'exit-drops-pins');
    if (mutant === undefined) throw new Error('no such mutant');
    const shrunk = await released(timed(mutant.create()));
    const unshrunk = await released(timed(mutant.create()), { ...options, shrink: 'no' });
    expect(shrunk.length).toBe(unshrunk.length);
  });

  it('tells the releases of all who play a share of it', async () => {
    const messages: ShareMessage[] = [];
    const specification = specify('linux-6.18');
    await playShare(
      timed(createReference('linux-6.18')),
      specification,
      options,
      { index: 0, of: 1 },
      (message) => messages.push(structuredClone(message)),
    );
    const parts = messages.flatMap((message) => (message.kind === 'part' ? [message.part] : []));
    const alone = await released(timed(createReference('linux-6.18')));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => part.released)).toEqual(alone);

    const told: Release[] = [];
    const players = {
      count: 1,
      next: () => {
        const message = messages.shift();
        return message === undefined
          ? Promise.reject(new Error('there is nothing more to tell'))
          : Promise.resolve(message);
      },
    };
    await check(createReference('linux-6.18'), specification, {
      ...options,
      players,
      onRelease: (release) => told.push(release),
    });
    expect(told).toEqual(alone);
  });
});
