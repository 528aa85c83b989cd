/** Directories of cgroups outlive who made them, unless somebody sees to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { mountedHierarchy } from './hierarchy.test-data.ts';
import { bind, makeDirectory } from './name-calls.test-data.ts';
import {
  agentsOf,
  areGone,
  by,
  cgroupSetup,
  eventually,
  needs,
  onlyOne,
  outcomes,
  processesNamed,
  withLinux,
} from './session.test-data.ts';
import {
  addFilter,
  attachTo,
  close,
  create,
  directory,
  link,
  loadOf,
  place,
  removeDirectory,
} from './short-calls.test-data.ts';

/** A map, a program that uses it and that both cgroups hold, a link; a program of a filter. */
const busy = by(
  1,
  create('ARRAY'),
  directory('/cgroup/a'),
  directory('/cgroup/b'),
  ...[loadOf('CGROUP_SKB', 3), attachTo(4, 6), link(6, 5), loadOf('SCHED_CLS')],
  addFilter('ingress', 8),
  close(8),
  { call: 'fork' },
);

const hierarchy = mountedHierarchy();

/** Outside of what is modelled, but nothing keeps a trace from it. */
const makes = by(
  1,
  ...[makeDirectory('/cgroup/c'), makeDirectory('/cgroup/a/x')],
  ...[bind('/cgroup', '/b'), makeDirectory('/b/y')],
  ...[removeDirectory('/cgroup/b'), makeDirectory('/cgroup/b')],
);

const hidden = { ...cgroupSetup, host: [...cgroupSetup.host, '/cgroup/.a/', '/cgroup/..a/'] };

const directoriesOf = (supervisor: number): readonly string[] =>
  readdirSync(hierarchy.root()).filter((name) => name.split('.')[0] === `pinproof-${supervisor}`);

const reapersOf = (supervisor: number): readonly number[] =>
  processesNamed('pinproof-reap').flatMap(({ pid, parent }) =>
    parent === supervisor ? [pid] : [],
  );

const runs = (pids: readonly number[]): boolean =>
  processesNamed('pinproof-reap').some(({ pid }) => pids.includes(pid));

async function start(context: TestContext, adapter: Adapter): Promise<void> {
  needs(context, adapter, 'BPF_PROG_ATTACH');
  needs(context, adapter, 'RTM_NEWTFILTER');
  hierarchy.need(context);
  await adapter.reset(cgroupSetup);
}

/** The directory of this supervisor has no owner any more, and nobody who would remove it. */
async function orphan(context: TestContext): Promise<number> {
  const earlier = agentsOf(process.pid);
  let supervisor = -1;
  await withLinux(context, async (adapter) => {
    await start(context, adapter);
    await adapter.reset(hidden);
    await adapter.play(by(1, place('/cgroup/a')), 'none');
    supervisor = onlyOne(agentsOf(process.pid).filter((pid) => !earlier.includes(pid)));
    process.kill(onlyOne(reapersOf(supervisor)), 'SIGKILL');
    process.kill(supervisor, 'SIGKILL');
    await expect(adapter.settle()).rejects.toThrow(/SIGKILL/);
  });
  return supervisor;
}

async function playBusy(adapter: Adapter): Promise<readonly number[]> {
  const answers = await adapter.play(busy, 'none');
  expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
  return answers.at(-1)?.alive ?? [];
}

describe('of cgroups, nothing is left behind', () => {
  it('after close; and nothing is made for runs that have none', async (context) => {
    const earlier = agentsOf(process.pid);
    let supervisor = -1;
    let ids: readonly number[] = [];
    await withLinux(context, async (adapter) => {
      await adapter.play(by(1, create('HASH')), 'none');
      supervisor = onlyOne(agentsOf(process.pid).filter((pid) => !earlier.includes(pid)));
      expect(reapersOf(supervisor)).toEqual([]);
      await start(context, adapter);
      expect(directoriesOf(supervisor)).toEqual([]);
      ids = await playBusy(adapter);
      expect(ids).toHaveLength(4);
      expect(directoriesOf(supervisor)).toHaveLength(1);
      expect(reapersOf(supervisor)).toHaveLength(1);
    });
    expect(directoriesOf(supervisor)).toEqual([]);
    expect(reapersOf(supervisor)).toEqual([]);
    await withLinux(context, async (adapter) => {
      expect(await adapter.alive(ids)).toEqual([]);
    });
  });

  for (const [whom, target] of [
    ['the supervisor', (pid: number): number => pid],
    ['all of its process group', (pid: number): number => -pid],
  ] as const) {
    it(`after SIGKILL of ${whom} in the middle of a run`, async (context) => {
      const earlier = agentsOf(process.pid);
      let ids: readonly number[] = [];
      await withLinux(context, async (adapter) => {
        await start(context, adapter);
        ids = await playBusy(adapter);
        const supervisor = onlyOne(agentsOf(process.pid).filter((pid) => !earlier.includes(pid)));
        const reapers = reapersOf(supervisor);
        expect(directoriesOf(supervisor)).toHaveLength(1);
        process.kill(target(supervisor), 'SIGKILL');
        await expect(adapter.settle()).rejects.toThrow(/SIGKILL/);
        expect(await eventually(() => directoriesOf(supervisor).length === 0)).toBe(true);
        expect(await eventually(() => !runs(reapers))).toBe(true);
      });
      expect(await areGone(context, ids)).toBe(true);
    });
  }

  it('after SIGKILL of the driver in the middle of runs', async (context) => {
    await withLinux(context, (adapter) => start(context, adapter));
    const { child, supervisor } = await startDriver();
    const reapers = reapersOf(supervisor);
    expect(directoriesOf(supervisor)).toHaveLength(1);
    expect(reapers).toHaveLength(1);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
    expect(await eventually(() => directoriesOf(supervisor).length === 0)).toBe(true);
    expect(await eventually(() => !runs(reapers))).toBe(true);
  });

  it('by who starts next, if not even the reaper was spared; what others use is spared', async (context) => {
    await withLinux(context, async (adapter) => {
      await start(context, adapter);
      await playBusy(adapter);
      const supervisor = onlyOne(
        agentsOf(process.pid).filter((pid) => directoriesOf(pid).length > 0),
      );
      const orphaned = await orphan(context);
      expect(directoriesOf(orphaned)).toHaveLength(1);
      await withLinux(context, () => Promise.resolve());
      expect(directoriesOf(orphaned)).toEqual([]);
      expect(directoriesOf(supervisor)).toHaveLength(1);
      const [found] = await adapter.play(by(1, place('/cgroup/a')), 'none');
      expect(found?.outcome.ok).toBe(true);
    });
  });

  it('even if it is hidden, in the sense of ls', async (context) => {
    const earlier = agentsOf(process.pid);
    let supervisor = -1;
    await withLinux(context, async (adapter) => {
      await start(context, adapter);
      await adapter.reset(hidden);
      expect(outcomes(await adapter.play(by(1, place('/cgroup/a')), 'none'))).toEqual([3]);
      supervisor = onlyOne(agentsOf(process.pid).filter((pid) => !earlier.includes(pid)));
      expect(directoriesOf(supervisor)).toHaveLength(1);
    });
    expect(directoriesOf(supervisor)).toEqual([]);
  });
});

describe('of cgroups, a run makes none', () => {
  it('and the next one finds what it asks for, of the same names too', async (context) => {
    const earlier = agentsOf(process.pid);
    let supervisor = -1;
    await withLinux(context, async (adapter) => {
      await start(context, adapter);
      const answers = await adapter.play(makes, 'none');
      supervisor = onlyOne(agentsOf(process.pid).filter((pid) => !earlier.includes(pid)));
      expect(outcomes(answers)).toEqual(['EAGAIN', 'EAGAIN', 0, 'EAGAIN', 0, 'EAGAIN']);
      const host = [...cgroupSetup.host, '/cgroup/c/'];
      await adapter.reset({ ...cgroupSetup, host });
      const found = await adapter.play(
        by(1, ...['a', 'b', 'c', 'a/x', 'y'].map((name) => place(`/cgroup/${name}`))),
        'none',
      );
      expect(outcomes(found)).toEqual([3, 4, 5, 'ENOENT', 'ENOENT']);
      expect(directoriesOf(supervisor)).toHaveLength(1);
    });
    expect(directoriesOf(supervisor)).toEqual([]);
  });
});

const script = `
  const { createLinux } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
  const { adapter } = await createLinux();
  for (let run = 0; ; run += 1) {
    adapter.reset(${JSON.stringify(cgroupSetup)});
    await adapter.play(${JSON.stringify(busy)}, 'none');
    if (run === 3) console.log('busy');
  }
`;

interface Driver {
  readonly child: ChildProcess;
  readonly supervisor: number;
}

/** A Node process that plays runs; in a process group of its own, as under a terminal. */
async function startDriver(): Promise<Driver> {
  const argv = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await once(createInterface({ input: child.stdout }), 'line');
  return { child, supervisor: onlyOne(agentsOf(child.pid ?? -1)) };
}
