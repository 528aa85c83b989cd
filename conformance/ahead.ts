/**
 * Plays one run ahead of those that are judged: an adapter that works in a process of its own does so while we
 * judge. Calls of an adapter do not overlap, so whatever else is asked waits for that run.
 */
import type { Adapter, Awaitable, Setup } from '../adapters/contract/index.ts';
import type { PlannedStep } from './plan.ts';
import { playRun } from './play.ts';
import type { Playback } from './play.ts';
import type { Scrutiny } from './run.ts';

export interface Ahead {
  /** Begins a run, one at a time. The failure is told to whoever waits for it, if anybody does. */
  play(run: readonly PlannedStep[], scrutiny: Scrutiny): Promise<Playback>;
  /** The adapter for all else. */
  readonly adapter: Adapter;
}

export function playAhead(adapter: Adapter, setup: Setup): Ahead {
  let underWay: Promise<unknown> = Promise.resolve();

  async function behind<T>(call: () => Awaitable<T>): Promise<T> {
    await underWay;
    return call();
  }

  const { goneAt } = adapter;
  return {
    play(run, { sights }) {
      const playing = playRun(adapter, setup, run, sights);
      underWay = playing.catch(() => undefined);
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
