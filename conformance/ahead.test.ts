/** Runs that are played while the one before is judged. */
import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter } from '../adapters/contract/index.ts';
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
    }
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
    const playing = ahead.play([], plainScrutiny);
    await ahead.adapter.alive([]);
    expect(log).toEqual(['reset', 'failed', 'alive']);
    await expect(playing).rejects.toThrow('it died');
    expect(await ahead.adapter.goneAt?.([1])).toEqual([null]);
    expect(playAhead(sound, { host: [], watch: [], descriptors: 8 }).adapter).not.toHaveProperty(
      'goneAt',
    );
  });
});
