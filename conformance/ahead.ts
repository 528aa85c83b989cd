/**
 * Plays runs ahead of those that are judged: an adapter that works in a process of its own does so while we
 * judge, and one that is quicker with several runs at once gets so many. Calls of an adapter do not overlap, so
 * whatever else is asked waits for those runs.
 */
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Awaitable, RunsPlayed, Setup } from '../adapters/contract/index.ts';
import type { PlannedStep } from './plan.ts';
import { playbackOf, playRun, sightsDuring } from './play.ts';
import type { Playback } from './play.ts';
import type { Scrutiny } from './run.ts';

/** A run, and how closely it is watched. */
export interface RunAhead {
  readonly run: readonly PlannedStep[];
  readonly scrutiny: Scrutiny;
}

/** How a run came out; undefined for one that was not played, because one before it broke off. */
export type PlayedAhead = Promise<Playback> | undefined;

export interface Ahead {
  /** How many runs it is worth while to begin at a time. */
  readonly atOnce: number;
  /** Begins runs, which are played in order. Of each is told how it came out, to whoever asks. */
  play(runs: readonly RunAhead[]): Promise<readonly PlayedAhead[]>;
  /** The adapter for all else. */
  readonly adapter: Adapter;
}

/** Enough that what a message costs, and what each side finds gone from the caches, is shared by many. */
const mostAtOnce = 16;

export function playAhead(adapter: Adapter, setup: Setup): Ahead {
  let underWay: Promise<unknown> = Promise.resolve();

  async function behind<T>(call: () => Awaitable<T>): Promise<T> {
    await underWay;
    return call();
  }

  async function playTogether(runs: readonly RunAhead[]): Promise<readonly PlayedAhead[]> {
    const { answers, failure } = await together(adapter, setup, runs);
    return runs.map(({ run }, at): PlayedAhead => {
      const some = answers[at];
      if (some !== undefined)
        return told(Promise.resolve(some).then((all) => playbackOf(all, run)));
      return at === answers.length && failure !== undefined
        ? told(Promise.reject(failure))
        : undefined;
    });
  }

  async function playEach(runs: readonly RunAhead[]): Promise<readonly PlayedAhead[]> {
    const played: PlayedAhead[] = [];
    for (const { run, scrutiny } of runs) {
      const one = told(playRun(adapter, setup, run, scrutiny.sights));
      await one.catch(() => undefined);
      played.push(one);
    }
    return played;
  }

  const isQuicker = adapter.playRuns !== undefined && adapter.hello.descriptors !== 'opaque';
  const { goneAt } = adapter;
  return {
    atOnce: isQuicker ? mostAtOnce : 1,
    play(runs) {
      const playing = isQuicker ? playTogether(runs) : playEach(runs);
      underWay = playing;
      return playing;
    },
    adapter: {
      hello: adapter.hello,
      reset: (next) => behind(() => adapter.reset(next)),
      play: (steps, sights) => behind(() => adapter.play(steps, sights)),
      settle: (leaving) => behind(() => adapter.settle(leaving)),
      alive: (ids) => behind(() => adapter.alive(ids)),
      ...(goneAt === undefined ? {} : { goneAt: (ids) => behind(() => goneAt.call(adapter, ids)) }),
      close: () => behind(() => adapter.close()),
    },
  };
}

/** A failure is told to who asks, and to nobody else. */
function told(playing: Promise<Playback>): Promise<Playback> {
  playing.catch(() => undefined);
  return playing;
}

async function together(
  adapter: Adapter,
  setup: Setup,
  runs: readonly RunAhead[],
): Promise<RunsPlayed> {
  const asked = runs.map(({ run, scrutiny }) => ({
    steps: run.map(({ step }) => step),
    sights: sightsDuring(run, scrutiny.sights),
  }));
  try {
    return (await adapter.playRuns?.(setup, asked)) ?? { answers: [] };
  } catch (failure) {
    if (failure instanceof AdapterFailure) return { answers: [], failure };
    throw failure;
  }
}
