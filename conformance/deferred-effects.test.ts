import { describe, expect, it } from 'vitest';
import { profileNames } from '../model/index.ts';
import type { World } from '../model/index.ts';
import { callNames, mapTypeNames, sameOutcome } from '../model/vocabulary/index.ts';
import { createIdentityMap } from './identity.ts';
import { createsObject } from './call-facts.ts';
import { decodeRun } from './decode.ts';
import { createLife } from './life.ts';
import { createOracle, stateLimit } from './oracle.ts';
import { seededChoices } from './seeded-choices.ts';
import { specify } from './specify.ts';

const all = new Set([...callNames, ...mapTypeNames]);
const campaign = { runs: 40, length: 50 };

/** Numbers from 0 to 1, the same in every test run. */
function chances(seed: number): () => number {
  const [numbers, at] = [seededChoices(seed, 0, 4000).flat(), { next: 0 }];
  return () => (numbers[at.next++ % numbers.length] ?? 0) / 0x10000;
}

/** Takes outstanding effects at random, in any order. */
function settleSome(world: World, chance: () => number, share: number): void {
  for (let left = world.pending(); left.length > 0 && chance() < share; left = world.pending()) {
    const action = left[Math.floor(chance() * left.length)];
    if (action !== undefined) world.settle(action);
  }
}

const aliveIn = (world: World): readonly number[] =>
  [...world.observe([]).alive].flatMap((alive, object) => (alive === 1 ? [object] : []));

describe('deferred effects', () => {
  for (const profile of profileNames) {
    for (const share of [0.05, 0.4]) {
      it(`may take place whenever they do under ${profile}, now and then in ${share}`, () => {
        const specification = specify(profile);
        const [planning, system] = [specification.makeWorld(), specification.makeWorld()];
        const oracle = createOracle(specification.makeWorld(), stateLimit, (_, a, b) =>
          sameOutcome(a, b),
        );
        const identity = createIdentityMap();
        const life = createLife(oracle, identity);
        const chance = chances(share * 100);
        for (let run = 0; run < campaign.runs; run++) {
          const { steps } = decodeRun(planning, seededChoices(3, run, campaign.length), all);
          system.reset();
          oracle.reset();
          identity.reset();
          life.reset();
          for (const { step } of steps) {
            const result = system.step(step.pid, step.call);
            if (result.kind === 'bound') break;
            const { kind } = oracle.step(step.pid, step.call, result.outcome);
            expect([kind, step.call]).toEqual(['consistent', step.call]);
            if (result.outcome.ok && createsObject(step.call)) {
              identity.bindNext(identity.count() + 1);
            }
            settleSome(system, chance, share);
            expect(life.note(aliveIn(system))).toEqual([]);
          }
          expect(oracle.size()).toBeLessThanOrEqual(8);
        }
      });
    }

    it(`end in one state whatever their order under ${profile}`, () => {
      const world = specify(profile).makeWorld();
      const chance = chances(7);
      for (let run = 0; run < campaign.runs; run++) {
        decodeRun(world, seededChoices(4, run, campaign.length), all);
        const before = world.save();
        const ends = [1, 2, 3].map(() => {
          world.load(before);
          settleSome(world, chance, 2);
          return world.observe([]);
        });
        expect(ends[1]).toEqual(ends[0]);
        expect(ends[2]).toEqual(ends[0]);
      }
    });
  }
});
