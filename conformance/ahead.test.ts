/** Runs that are played while the one before is judged. */
import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer, Setup } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { playAhead } from './ahead.ts';
import { check } from './campaign.ts';
import { plainScrutiny } from './scrutiny.ts';
import { specify } from './specify.ts';

const options = { phase: 'random', runs: 150, length: 8, seed: 4 } as const;

/** An adapter in another process: its answers come later, and calls that overlap are a mistake. */
function remote(adapter: Adapter, log: string[] = []): Adapter {
  let isBusy = false;
  const later = async <T>(what: string, answer: () => T | Promise<T>): Promise<T> => {
    if (isBusy) throw new AdapterFailure('harness', `asked for ${what} while it was busy`);
    isBusy = true;
    log.push(what);
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return await answer();
    } finally {
      isBusy = false;
    }
  };
  return {
    hello: adapter.hello,
    reset: (setup) => later('reset', () => adapter.reset(setup)),
    play: (steps, sights) => later('play', () => adapter.play(steps, sights)),
    settle: () => later('settle', () => adapter.settle()),
    alive: (ids) => later('alive', () => adapter.alive(ids)),
    goneAt: (ids) => later('goneAt', () => ids.map(() => null)),
    close: () => adapter.close(),
  };
}

/** The same where whole runs are asked for together. */
function remoteTogether(adapter: Adapter, log: string[] = []): Adapter {
  const one = remote(adapter);
  const each = remote(adapter, log);
  return {
    ...each,
    async playRuns(setup, runs) {
      log.push(`${runs.length} runs`);
      const answers: (readonly Answer[])[] = [];
      try {
        for (const { steps, sights } of runs) {
          await one.reset(setup);
          answers.push(await one.play(steps, sights));
        }
      } catch (failure) {
        if (failure instanceof AdapterFailure) return { answers, failure };
        throw failure;
      }
      return { answers };
    },
  };
}

const mutant = (): Adapter => {
  const one = mutants.find(({ id }) => id === 'exit-drops-pins');
  if (one === undefined) throw new Error('no such mutant');
  return one.create();
};

/** A reference that is dead from its tenth run on. */
function mortal(): Adapter {
  const sound = createReference('linux-6.18');
  let runs = 0;
  return {
    ...sound,
    reset(setup) {
      runs++;
      sound.reset(setup);
    },
    play(steps, sights) {
      if (runs >= 10) throw new AdapterFailure('implementation', 'it died');
      return sound.play(steps, sights);
    },
  };
}

describe('a campaign that plays one run ahead', () => {
  it('asks one thing at a time, and finds the same wherever the answers come from', async () => {
    for (const create of [() => createReference('linux-6.18'), mutant, mortal]) {
      const at = await check(create(), specify('linux-6.18'), options);
      expect(await check(remote(create()), specify('linux-6.18'), options)).toEqual(at);
      expect(await check(remoteTogether(create()), specify('linux-6.18'), options)).toEqual(at);
    }
  });

  it('asks for many runs together where that is quicker, and for one that settles by itself', async () => {
    const log: string[] = [];
    const adapter = remoteTogether(createReference('linux-6.18'), log);
    await check(adapter, specify('linux-6.18'), options);
    const together = log.filter((what) => what.endsWith(' runs'));
    expect(together.slice(0, 2)).toEqual(['16 runs', '16 runs']);
    const settling = log.filter((what, at) => what.endsWith(' runs') && log[at + 1] === 'settle');
    expect(settling.length).toBeGreaterThan(1);
    expect(new Set(settling)).toEqual(new Set(['1 runs']));
  });

  it('has the next run under way before the answers to one are judged', async () => {
    const log: string[] = [];
    const stopped = { ...options, runs: 3 };
    const specification = specify('linux-6.18');
    await check(remote(createReference('linux-6.18'), log), specification, {
      ...stopped,
      onProgress({ runs }) {
        if (runs > 0) log.push(`judged ${runs}`);
      },
    });
    expect(log.indexOf('judged 1')).toBeGreaterThan(log.lastIndexOf('reset', 3));
    expect(log.slice(0, 3)).toEqual(['reset', 'play', 'reset']);
  });

  it('plays no run after it was told to stop, and tells of a failure once what came before is judged', async () => {
    let asked = 0;
    const result = await check(remote(createReference('linux-6.18')), specify('linux-6.18'), {
      ...options,
      stop: () => ++asked > 3,
    });
    expect(result).toMatchObject({ ended: 'stopped', runs: { random: 3 } });
    const broken = {
      ...mortal(),
      play: () => Promise.reject(new AdapterFailure('harness', 'we failed')),
    };
    await expect(check(broken, specify('linux-6.18'), options)).rejects.toThrow('we failed');
  });
});

describe('runs that are played together', () => {
  const setup: Setup = { host: [], watch: [], descriptors: 8 };
  const empty = { run: [], scrutiny: plainScrutiny };

  it('have what befell one told of that one, and those behind it left to be played', async () => {
    const failure = new AdapterFailure('implementation', 'it died');
    const breaking: Adapter = {
      ...remote(createReference('linux-6.18')),
      playRuns: () => ({ answers: [[]], failure }),
    };
    const [first, second, ...rest] = await playAhead(breaking, setup).play(Array(4).fill(empty));
    await expect(first).resolves.toMatchObject({ answers: [] });
    await expect(second).rejects.toBe(failure);
    expect(rest).toEqual([undefined, undefined]);
  });

  it('are blamed for an answer too many, run by run', async () => {
    const wrong: Adapter = {
      ...remote(createReference('linux-6.18')),
      playRuns: () => ({ answers: [[{ outcome: { ok: true, value: 0 } }], []] }),
    };
    const [first, second] = await playAhead(wrong, setup).play([empty, empty]);
    await expect(first).rejects.toThrow('1 answers to 0 steps');
    await expect(second).resolves.toMatchObject({ answers: [] });
  });

  it('have every failure that an adapter throws told of the first', async () => {
    const throwing: Adapter = {
      ...remote(createReference('linux-6.18')),
      playRuns: () => Promise.reject(new AdapterFailure('harness', 'no setup')),
    };
    const [first, second] = await playAhead(throwing, setup).play([empty, empty]);
    await expect(first).rejects.toThrow('no setup');
    expect(second).toBeUndefined();
    const faulty: Adapter = { ...throwing, playRuns: () => Promise.reject(new Error('a bug')) };
    await expect(playAhead(faulty, setup).play([empty])).rejects.toThrow('a bug');
  });

  it('are played one by one where descriptors are opaque, and where the adapter cannot', () => {
    const sound = remoteTogether(createReference('linux-6.18'));
    expect(playAhead(sound, setup).atOnce).toBeGreaterThan(1);
    const opaque = { ...sound, hello: { ...sound.hello, descriptors: 'opaque' } } as const;
    expect(playAhead(opaque, setup).atOnce).toBe(1);
    expect(playAhead(remote(sound), setup).atOnce).toBe(1);
  });
});

describe('whatever else is asked', () => {
  it('waits for the run that is being played, even if that fails', async () => {
    const log: string[] = [];
    const sound = createReference('linux-6.18');
    const failing = {
      ...remote(sound, log),
      play: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        log.push('failed');
        throw new AdapterFailure('implementation', 'it died');
      },
    };
    const ahead = playAhead(failing, { host: [], watch: [], descriptors: 8 });
    const playing = ahead.play([{ run: [], scrutiny: plainScrutiny }]);
    await ahead.adapter.alive([]);
    expect(log).toEqual(['reset', 'failed', 'alive']);
    const [played] = await playing;
    await expect(played).rejects.toThrow('it died');
    expect(await ahead.adapter.goneAt?.([1])).toEqual([null]);
    expect(playAhead(sound, { host: [], watch: [], descriptors: 8 }).adapter).not.toHaveProperty(
      'goneAt',
    );
  });
});
