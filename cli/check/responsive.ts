/** An adapter that lets the program hear signals and clocks between runs. */
import type { Adapter } from '../../adapters/contract/index.ts';
import { Interrupted } from '../bad-input.ts';

/** Milliseconds for which an adapter that answers at once may keep the thread. */
const longestHold = 50;

/** The same adapter; now and then its reset waits until other events have been handled. */
export function responsive(adapter: Adapter): Adapter {
  let yielded = performance.now();
  const { goneAt } = adapter;
  return {
    hello: adapter.hello,
    async reset(setup) {
      if (performance.now() - yielded > longestHold) {
        await new Promise((resolve) => setImmediate(resolve));
        yielded = performance.now();
      }
      await adapter.reset(setup);
    },
    play: (steps, sights) => adapter.play(steps, sights),
    settle: (leaving) => adapter.settle(leaving),
    alive: (ids) => adapter.alive(ids),
    ...(goneAt === undefined ? {} : { goneAt: (ids) => goneAt.call(adapter, ids) }),
    close: () => adapter.close(),
  };
}

/** The same adapter, for work that cannot be asked to stop: its reset throws once that is wanted. */
export function interruptible(adapter: Adapter, signal: AbortSignal): Adapter {
  return {
    ...adapter,
    async reset(setup) {
      if (signal.aborted) throw new Interrupted();
      await adapter.reset(setup);
    },
  };
}
