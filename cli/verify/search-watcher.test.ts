import { describe, expect, it } from 'vitest';
import type { SearchProgress } from './job.types.ts';
import { createWatcher } from './search-watcher.ts';

const quiet = { deadline: null, elapsed: () => 0, parent: () => 7, tell: () => undefined };
const progress = { states: 1, transitions: 2, depth: 3, frontier: 4, memory: 5 };

describe('what a search asks between two states', () => {
  it('lets it go on while its parent lives and no time is set', () => {
    expect(createWatcher(quiet).stop()).toBeNull();
  });

  it('ends it when its time has come, and not before', () => {
    expect(createWatcher({ ...quiet, deadline: Date.now() + 1e6 }).stop()).toBeNull();
    expect(createWatcher({ ...quiet, deadline: Date.now() }).stop()).toBe('time');
  });

  it('ends it when another process became its parent', () => {
    let parent = 7;
    const { stop } = createWatcher({ ...quiet, parent: () => parent });
    parent = 1;
    expect(stop()).toBe('interrupt');
  });

  it('tells how far it is four times a second at most', () => {
    let now = 0;
    const told: SearchProgress[] = [];
    const watcher = createWatcher({
      ...quiet,
      elapsed: () => now,
      tell: (message) => told.push(message),
    });
    for (now = 0; now <= 1000; now += 50) watcher.progress(progress);
    expect(told.map(({ milliseconds }) => milliseconds)).toEqual([250, 500, 750, 1000]);
    expect(told[0]).toEqual({ kind: 'progress', progress, milliseconds: 250 });
  });
});
