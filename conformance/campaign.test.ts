import { describe, expect, it } from 'vitest';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer } from '../adapters/contract/index.ts';
import { profileNames } from '../model/index.ts';
import { fail } from '../model/vocabulary/index.ts';
import { check } from './campaign.ts';
import type { CampaignResult } from './campaign.types.ts';
import { specify } from './specify.ts';

const brief = { runs: 120, shortRuns: 130, length: 40, seed: 1 };

const keysOf = ({ deviations }: CampaignResult) => deviations.map(({ key }) => key);

describe('a campaign', () => {
  for (const name of profileNames) {
    it(`finds nothing wrong with the reference under ${name}`, async () => {
      const result = await check(createReference(name), specify(name), { ...brief, runs: 300 });
      expect(keysOf(result)).toEqual([]);
      expect(result).toMatchObject({
        verdict: 'conforms',
        runs: { short: 130, random: 300 },
        notObservable: [],
        inconclusive: [],
        ended: 'complete',
      });
    });
  }

  for (const { id, breaks, kernel, create } of mutants) {
    it(`finds that ${id} breaks ${breaks}`, async () => {
      const result = await check(create(), specify(kernel), { ...brief, shrink: 'no' });
      expect(result.verdict).toBe('deviates');
      expect(result.deviations.map((deviation) => deviation.id)).toContain(breaks);
    });
  }

  it('gives the same result for the same seed, and does not for another', async () => {
    const run = (seed: number) =>
      check(createReference('linux-6.18'), specify('linux-6.18'), { ...brief, seed });
    expect(await run(4)).toEqual(await run(4));
    expect((await run(5)).covered).not.toEqual((await run(4)).covered);
  });

  it('finds an instance per mount within a few calls where one per namespace is due', async () => {
    const result = await check(createReference('linux-6.18'), specify('linux-4.4'), {
      ...brief,
      phase: 'short',
      shortRuns: 250,
    });
    const singleton = result.deviations.filter(({ id }) => id === 'singleton-per-namespace');
    expect(singleton.length).toBeGreaterThan(0);
    expect(Math.max(...singleton.map(({ trace }) => trace.length))).toBeLessThanOrEqual(5);
    expect(singleton[0]?.trace.map(({ step }) => step.call.call)).toEqual(['mount', 'mount']);
  });

  it('looks behind a failing call that deviates', async () => {
    const sound = createReference('linux-6.18');
    const wrong = ['close', 'dup'];
    const adapter: Adapter = {
      ...sound,
      play: (steps, sights) =>
        sound.play(steps, sights).map((answer, at) => {
          const isWrong = !answer.outcome.ok && wrong.includes(steps[at]?.call.call ?? '');
          return isWrong ? { ...answer, outcome: fail('EIO') } : answer;
        }),
    };
    const short = { ...brief, phase: 'short', shortRuns: 20 } as const;
    const result = await check(adapter, specify('linux-6.18'), short);
    expect(result.deviations.map(({ id }) => id)).toEqual(['close.closed', 'dup.closed']);
    expect(result.deviations.map(({ trace }) => trace.length)).toEqual([1, 1]);
  });

  it('skips what an adapter does not declare and what it does not show, and counts both', async () => {
    const sound = createReference('linux-6.18');
    const calls = sound.hello.calls.filter((name) => name !== 'bind');
    const adapter: Adapter = { ...sound, hello: { ...sound.hello, calls, observes: ['alive'] } };
    const result = await check(adapter, specify('linux-6.18'), brief);
    expect(result.verdict).toBe('conforms');
    expect(result.skipped).toMatchObject([{ of: 'bind is not declared' }]);
    expect(result.judgedProperties).toContain('quiescence-leaves-nothing');
    expect(result.notObservable).toContainEqual({
      property: 'instance-per-mount',
      missing: ['paths', 'instances'],
    });
  });

  it('judges an adapter that shows nothing by its outcomes', async () => {
    const sound = createReference('linux-6.18');
    const adapter: Adapter = {
      ...sound,
      hello: { ...sound.hello, observes: [] },
      play: (steps) => sound.play(steps, 'none').map(({ outcome }): Answer => ({ outcome })),
    };
    const result = await check(adapter, specify('linux-6.18'), brief);
    expect(result).toMatchObject({ verdict: 'conforms', judgedProperties: [] });
    expect(result.compared).toBeGreaterThan(3000);
  });

  it('takes the death of an implementation for a deviation, with the call it died on', async () => {
    const sound = createReference('linux-6.18');
    const adapter: Adapter = {
      ...sound,
      play(steps, sights) {
        if (steps.some(({ call }) => call.call === 'rmdir')) {
          throw new AdapterFailure('implementation', 'it hung');
        }
        return sound.play(steps, sights);
      },
    };
    const result = await check(adapter, specify('linux-6.18'), { ...brief, runs: 40 });
    expect(result.deviations).toMatchObject([
      { id: 'implementation-died', step: { call: { call: 'rmdir' } }, text: 'it hung' },
    ]);
    expect(result.deviations[0]?.trace).toHaveLength(1);
  });

  it('lets failures of our own side through', async () => {
    const adapter: Adapter = {
      ...createReference('linux-6.18'),
      play() {
        throw new AdapterFailure('harness', 'no such file');
      },
    };
    await expect(check(adapter, specify('linux-6.18'), brief)).rejects.toThrow('no such file');
  });

  it('splits its runs into shards that together are the whole', async () => {
    const part = (index: number) =>
      check(createReference('linux-6.18'), specify('linux-6.18'), {
        ...brief,
        shard: { index, of: 3 },
      });
    const parts = [await part(0), await part(1), await part(2)];
    const whole = await check(createReference('linux-6.18'), specify('linux-6.18'), brief);
    const sum = (of: (result: CampaignResult) => number) =>
      parts.reduce((total, result) => total + of(result), 0);
    expect(sum(({ runs }) => runs.short)).toBe(whole.runs.short);
    expect(sum(({ runs }) => runs.random)).toBe(whole.runs.random);
  });

  it('stops when it is told to, and tells how far it is', async () => {
    let asked = 0;
    const seen: number[] = [];
    const result = await check(createReference('linux-6.18'), specify('linux-6.18'), {
      ...brief,
      stop: () => ++asked > 10,
      onProgress: ({ runs }) => seen.push(runs),
    });
    expect(result).toMatchObject({ ended: 'stopped', runs: { short: 10, random: 0 } });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('is inconclusive if nothing ran', async () => {
    const none = { ...brief, runs: 0, shortRuns: 0 };
    const result = await check(createReference('linux-6.18'), specify('linux-6.18'), none);
    expect(result.verdict).toBe('inconclusive');
  });
});
