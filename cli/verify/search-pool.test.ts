import { describe, expect, it } from 'vitest';
import { chooseProfile } from '../selection.ts';
import type { SearchJob } from './job.types.ts';
import { runSearches } from './search-pool.ts';
import type { PoolWatcher } from './search-pool.ts';

const job: SearchJob = {
  scope: 'singleton',
  profile: chooseProfile('linux-6.18', []),
  property: 'alive-iff-held',
  engine: 'drivers',
  symmetry: 'off',
  lossy: 'off',
  coverage: 'off',
  maxStates: 1000,
  maxMemory: 1e9,
  deadline: null,
};

const watcher = (signal: AbortSignal): PoolWatcher => ({
  signal,
  progress: () => undefined,
  done: () => undefined,
});

describe('the pool of searches', () => {
  it('returns outcomes in the order of the jobs', async () => {
    const jobs = [job, { ...job, maxStates: 10 }, { ...job, deadline: 0 }];
    const outcomes = await runSearches(jobs, watcher(new AbortController().signal));
    expect(outcomes.map(({ report }) => [report.limit, report.counts.states])).toEqual([
      ['states', 1000],
      ['states', 10],
      ['time', 1],
    ]);
    expect(outcomes[0]?.milliseconds).toBeGreaterThan(0);
  });

  it('gives up what is running and what is waiting when it is interrupted', async () => {
    const controller = new AbortController();
    const long = { ...job, scope: 'isolation', maxStates: 50_000_000, property: 'isolation' };
    const running = runSearches([long, long, long], watcher(controller.signal));
    setTimeout(() => {
      controller.abort();
    }, 200);
    const outcomes = await running;
    expect(outcomes.map(({ report }) => report.limit)).toEqual(new Array(3).fill('interrupt'));
    expect(outcomes.map(({ report }) => report.verdict)).toEqual(new Array(3).fill('inconclusive'));
  });

  it('passes on how a search broke, and ends those beside it', async () => {
    const long = { ...job, scope: 'isolation', maxStates: 50_000_000, property: 'isolation' };
    const running = runSearches(
      [long, { ...job, scope: 'nowhere' }],
      watcher(new AbortController().signal),
    );
    await expect(running).rejects.toThrow(
      'the search of nowhere under linux-6.18 broke: no scope is called nowhere',
    );
    const children = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length;
    await expect.poll(children, { timeout: 2000 }).toBe(0);
  });
});
