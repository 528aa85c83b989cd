import fc from 'fast-check';
import { describe, it } from 'vitest';
import { createReference } from '../adapters/reference/index.ts';
import { profileNames } from '../model/index.ts';
import { choicesArbitrary } from '../properties/index.ts';
import {
  campaignWatch,
  createJudge,
  decodeRun,
  findingKey,
  judgeRun,
  plainScrutiny,
  setupFor,
  specify,
} from './index.ts';

describe('every run', () => {
  for (const name of profileNames) {
    it(`of the reference conforms under ${name}`, async () => {
      const specification = specify(name);
      const adapter = createReference(name);
      const world = specification.makeWorld();
      const setup = setupFor(world, campaignWatch);
      const judge = createJudge(specification, adapter.hello, campaignWatch, new Map());
      const declared = new Set(adapter.hello.calls);
      await fc.assert(
        fc.asyncProperty(choicesArbitrary(40), async (choices) => {
          const { steps } = decodeRun(world, choices, declared);
          const scrutiny = { ...plainScrutiny, sights: 'each', settle: 'at-end' } as const;
          const { findings } = await judgeRun(adapter, judge, setup, steps, scrutiny);
          if (findings.length > 0) throw new Error(findings.map(findingKey).join('\n'));
        }),
        { seed: 1, numRuns: 100 },
      );
    });
  }
});
