import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import {
  agentProcesses,
  agentsOf,
  areGone,
  by,
  eventually,
  hashMap,
  janitorProcesses,
  needs,
  onlyOne,
  withLinux,
} from './session.test-data.ts';

const mounts = (): string => readFileSync('/proc/self/mountinfo', 'utf8');

/**
 * Two processes in two namespaces, a pin, a map that only a program uses, and one that only a
 * message in a socket that only that message holds.
 */
const busy = [
  ...by(1, { call: 'mount', target: '/b' }, hashMap, hashMap),
  ...by(1, { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 }, { call: 'BPF_PROG_LOAD', mapFd: 4 }),
  ...by(1, { call: 'close', fd: 4 }, hashMap, { call: 'socketpair' }),
  ...by(1, { call: 'sendmsg', fd: 6, fds: [7, 4] }, { call: 'execve' }),
  ...by(1, { call: 'close', fd: 6 }, { call: 'close', fd: 7 }),
  ...by(1, { call: 'mount', target: '/c' }, { call: 'BPF_OBJ_GET', path: '/b/m' }),
  ...by(1, { call: 'fork' }),
  ...by(2, { call: 'unshare' }, { call: 'mount', target: '/c' }),
];

async function playBusy(adapter: Adapter): Promise<readonly number[]> {
  const answers = await adapter.play(busy, 'last');
  return [...new Set(answers.flatMap(({ object }) => object ?? []))];
}

/** System V segments, of which the last attached process frees ours. */
const segmentsOf = (creators: readonly number[]): readonly string[] =>
  readFileSync('/proc/sysvipc/shm', 'latin1')
    .split('\n')
    .filter((line) => creators.includes(Number(line.trim().split(/\s+/)[4])));

const noneOf = (pids: readonly number[]): boolean =>
  [...agentProcesses(), ...janitorProcesses()].every(({ pid }) => !pids.includes(pid)) &&
  segmentsOf(pids).length === 0;

const janitorsOf = (parents: readonly number[]): readonly number[] =>
  janitorProcesses().flatMap(({ pid, parent }) => (parents.includes(parent) ? [pid] : []));

const script = `
  const { createLinux } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
  const { adapter } = await createLinux();
  const setup = { host: ['/b/', '/c/'], watch: ['/b/m'], descriptors: 16 };
  const steps = ${JSON.stringify(busy)};
  for (let run = 0; run < Number(process.argv[1]); run += 1) {
    adapter.reset(setup);
    const answers = await adapter.play(steps, 'last');
    if (run === 0) console.log(JSON.stringify(answers.flatMap(({ object }) => object ?? [])));
  }
`;

interface Driver {
  readonly child: ChildProcess;
  readonly ids: readonly number[];
  readonly agents: readonly number[];
}

/** A Node process that plays runs; in a process group of its own, as under a terminal. */
async function startDriver(runs: number): Promise<Driver> {
  const argv = ['--import', 'tsx', '--input-type=module', '--eval', script, '--', String(runs)];
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
  });
  const parsed: unknown = JSON.parse(line);
  const ids = Array.isArray(parsed) ? parsed.map(Number) : [];
  const supervisors = agentsOf(child.pid ?? -1);
  const agents = [...supervisors, ...janitorsOf(supervisors), ...supervisors.flatMap(agentsOf)];
  return { child, ids, agents };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit');
  }
}

describe('nothing is left behind', () => {
  it('after close', async (context) => {
    const before = mounts();
    let ids: readonly number[] = [];
    let agents: readonly number[] = [];
    const earlier = agentsOf(process.pid);
    await withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      ids = await playBusy(adapter);
      agents = agentsOf(process.pid).filter((pid) => !earlier.includes(pid));
      expect(agents.flatMap(agentsOf)).toHaveLength(2);
      expect(janitorsOf(agents)).toHaveLength(1);
      expect(segmentsOf(agents)).toHaveLength(1);
      agents = [...agents, ...janitorsOf(agents), ...agents.flatMap(agentsOf)];
    });
    expect(ids).toHaveLength(4);
    expect(noneOf(agents)).toBe(true);
    expect(mounts()).toBe(before);
    await withLinux(context, async (adapter) => {
      expect(await adapter.alive(ids)).toEqual([]);
    });
  });

  it('after SIGKILL of the supervisor, and the adapter says so', async (context) => {
    const before = mounts();
    let ids: readonly number[] = [];
    await withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      ids = await playBusy(adapter);
      const supervisor = onlyOne(agentsOf(process.pid));
      const processes = agentsOf(supervisor);
      const janitor = onlyOne(janitorsOf([supervisor]));
      expect(processes).toHaveLength(2);
      process.kill(supervisor, 'SIGKILL');
      await expect(adapter.play(busy, 'none')).rejects.toMatchObject({
        name: 'AdapterFailure',
        blame: 'harness',
      });
      await expect(adapter.settle()).rejects.toThrow(/SIGKILL/);
      expect(await eventually(() => noneOf([supervisor, janitor, ...processes]))).toBe(true);
    });
    expect(mounts()).toBe(before);
    expect(await areGone(context, ids)).toBe(true);
  });

  for (const [signal, group] of [
    ['SIGKILL', 'process'],
    ['SIGINT', 'group'],
    ['SIGTERM', 'process'],
  ] as const) {
    it(`after ${signal} to the ${group} of the driver in the middle of runs`, async (context) => {
      await withLinux(context, (adapter) => {
        needs(context, adapter, 'execve');
        return Promise.resolve();
      });
      const before = mounts();
      const { child, ids, agents } = await startDriver(1_000_000);
      const pid = child.pid ?? 0;
      expect(agents.length).toBeGreaterThan(0);
      expect(pid).toBeGreaterThan(1);
      process.kill(group === 'group' ? -pid : pid, signal);
      await endOf(child);
      expect(child.signalCode).toBe(signal);
      expect(await eventually(() => noneOf(agents))).toBe(true);
      expect(mounts()).toBe(before);
      expect(await areGone(context, ids)).toBe(true);
    });
  }

  it('when the driver ends by itself without close, which an idle adapter does not hinder', async (context) => {
    await withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const { child, ids, agents } = await startDriver(1);
      await endOf(child);
      expect(child.exitCode).toBe(0);
      expect(await eventually(() => noneOf(agents))).toBe(true);
      expect(await eventually(async () => (await adapter.alive(ids)).length === 0)).toBe(true);
    });
  });
});
