/** A campaign whose runs several play. */
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { check } from './campaign.ts';
import type { CampaignOptions } from './campaign.types.ts';
import type { Players } from './collect-shares.ts';
import { playShare } from './play-share.ts';
import type { ShareMessage } from './share.types.ts';
import type { Specification } from './specification.types.ts';
import { specify } from './specify.ts';

const options: CampaignOptions = { runs: 600, shortRuns: 300, length: 10, seed: 3 };

/** So many players, each with an adapter of its own, that have played all before anything is asked. */
async function playersOf(
  count: number,
  create: () => Adapter,
  specification: Specification,
  wanted: CampaignOptions,
): Promise<Players> {
  const told = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const messages: ShareMessage[] = [];
      await playShare(create(), specification, wanted, { index, of: count }, (message) => {
        messages.push(structuredClone(message));
      });
      return messages;
    }),
  );
  return {
    count,
    next(index) {
      const message = told[index]?.shift();
      return message === undefined
        ? Promise.reject(new Error(`player ${index} has nothing more to tell`))
        : Promise.resolve(message);
    },
  };
}

async function shared(
  count: number,
  create: () => Adapter,
  specification: Specification,
  wanted = options,
) {
  const players = await playersOf(count, create, specification, wanted);
  return check(create(), specification, { ...wanted, players });
}

/** A reference whose objects seem to be alive for ever. */
const immortal = (): Adapter => ({ ...createReference('linux-6.18'), alive: (ids) => ids });

const deviating = mutants.filter(({ id }) =>
  ['exit-drops-pins', 'unlink-keeps-reference'].includes(id),
);

describe('a campaign whose runs are played by several', () => {
  const newest = specify('linux-6.18');

  it('has the result of one alone, however many they are', async () => {
    const create = () => createReference('linux-6.18');
    const alone = await check(create(), newest, options);
    expect(alone).toMatchObject({ verdict: 'conforms', runs: { short: 300, random: 600 } });
    for (const count of [2, 5]) {
      expect(await shared(count, create, newest)).toEqual(alone);
    }
  });

  for (const { id, kernel, create } of deviating) {
    it(`finds the same deviations with the same traces of ${id}`, async () => {
      const alone = await check(create(), specify(kernel), options);
      expect(alone.verdict).toBe('deviates');
      expect(await shared(2, create, specify(kernel))).toEqual(alone);
    });
  }

  it('looks again at the first runs with objects that outlive them, whoever played these', async () => {
    const alone = await check(immortal(), newest, options);
    expect(await shared(3, immortal, newest)).toEqual(alone);
  });

  it('plays one phase or one shard only, if told to', async () => {
    const create = () => createReference('linux-6.18');
    for (const wanted of [
      { ...options, phase: 'short' },
      { ...options, phase: 'random', shard: { index: 1, of: 2 } },
    ] as const) {
      const alone = await check(create(), newest, wanted);
      expect(await shared(2, create, newest, wanted)).toEqual(alone);
    }
  });

  it('is stopped if one of them is, with what the others have played', async () => {
    const create = () => createReference('linux-6.18');
    let asked = 0;
    const stop = (): boolean => ++asked > 400;
    const result = await shared(2, create, newest, { ...options, stop });
    expect(result.ended).toBe('stopped');
    const { short, random } = result.runs;
    expect(short + random).toBeGreaterThan(100);
    expect(short + random).toBeLessThan(900);
  });
});
