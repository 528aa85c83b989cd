/** What befalls a check of the running kernel from outside: each ends in its verdict, with nothing left. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { mountedHierarchy } from '../adapters/linux/hierarchy.test-data.ts';
import { agentsOf, eventually, onlyOne } from '../adapters/linux/session.test-data.ts';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const hierarchy = mountedHierarchy();
const missing = await linuxMissing();

const tsx = import.meta.resolve('tsx');
const main = join(import.meta.dirname, '..', 'cli', 'main.ts');
const check = ['check', 'linux', '--profile', 'linux-6.18', '--phase', 'random'] as const;

interface Campaign {
  readonly runner: ChildProcess;
  /** Its session holds all that it forks, but for who removes cgroups. */
  readonly supervisor: number;
  /** What there was before. */
  readonly before: { readonly mounts: string; readonly objects: ReadonlySet<string> };
  readonly end: Promise<{ code: number | null; signal: string | null; text: string }>;
}

const mounts = (): string => readFileSync('/proc/self/mountinfo', 'utf8');

/** All objects of the machine; none where nothing lists them. */
const objects = (): ReadonlySet<string> =>
  new Set(
    ['map', 'prog', 'link'].flatMap((kind) => {
      const { stdout, status } = spawnSync('bpftool', [kind, 'list'], { encoding: 'utf8' });
      return status === 0 ? [...stdout.matchAll(/^\d+(?=:)/gm)].map(([id]) => `${kind} ${id}`) : [];
    }),
  );

/** But for the probe, which comes first. */
const supervisorsOf = (runner: ChildProcess): readonly number[] =>
  agentsOf(runner.pid ?? -1).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[1] === 'supervise';
    } catch {
      return false;
    }
  });

/** A check that is in the middle of its runs. */
async function start(context: TestContext, ...args: readonly string[]): Promise<Campaign> {
  if (missing !== null) context.skip(missing);
  hierarchy.need(context);
  const before = { mounts: mounts(), objects: objects() };
  const runner = spawn(
    process.execPath,
    ['--import', tsx, main, ...check, '--runs', '1000000', '--time', '60', ...args],
    { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  );
  let text = '';
  for (const stream of [runner.stdout, runner.stderr]) {
    stream.setEncoding('utf8').on('data', (some: string) => (text += some));
  }
  const end = new Promise<Awaited<Campaign['end']>>((resolve) => {
    runner.once('close', (code, signal) => {
      resolve({ code, signal, text });
    });
  });
  const plays = (): boolean => supervisorsOf(runner).flatMap(agentsOf).length > 0;
  expect((await eventually(plays)) || (await eventually(plays))).toBe(true);
  return { runner, supervisor: onlyOne(supervisorsOf(runner)), before, end };
}

/** All processes of a session, zombies too. */
const sessionOf = (leader: number): readonly string[] =>
  readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const [, , , session] = readFileSync(`/proc/${entry}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(session) === leader;
    } catch {
      return false;
    }
  });

const segmentsOf = (creator: number): readonly string[] =>
  readFileSync('/proc/sysvipc/shm', 'latin1')
    .split('\n')
    .filter((line) => Number(line.trim().split(/\s+/)[4]) === creator);

const cgroupsOf = (supervisor: number): readonly string[] =>
  readdirSync(hierarchy.root()).filter((name) => name.split('.')[0] === `pinproof-${supervisor}`);

/** What has been made since and stays: of what others make meanwhile nothing is there for long. */
async function madeSince(before: ReadonlySet<string>): Promise<readonly string[]> {
  let left = [...objects()].filter((object) => !before.has(object));
  await eventually(() => {
    const now = objects();
    left = left.filter((object) => now.has(object));
    return left.length === 0;
  });
  return left;
}

async function expectNothingLeft({ supervisor, before }: Campaign): Promise<void> {
  await eventually(() => sessionOf(supervisor).length + cgroupsOf(supervisor).length === 0);
  expect(sessionOf(supervisor)).toEqual([]);
  expect(cgroupsOf(supervisor)).toEqual([]);
  expect(segmentsOf(supervisor)).toEqual([]);
  expect(mounts()).toBe(before.mounts);
  expect(await madeSince(before.objects)).toEqual([]);
}

/**
 * Strikes at modelled processes until that has ended their supervisor: who is struck after the last step
 * of a run is missed by nobody.
 */
async function strike(supervisor: number, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const isOver = (): boolean => {
    for (const pid of agentsOf(supervisor)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended since.
      }
    }
    return sessionOf(supervisor).length === 0;
  };
  let over = false;
  for (let patience = 0; patience < 4 && !over; patience++) over = await eventually(isOver);
  expect(over).toBe(true);
}

describe('a check of the running kernel', () => {
  it('of which the runner is killed leaves nothing', async (context) => {
    const campaign = await start(context);
    const { runner, end } = campaign;
    runner.kill('SIGKILL');
    expect(await end).toMatchObject({ signal: 'SIGKILL' });
    await expectNothingLeft(campaign);
  }, 60_000);

  it('of which the supervisor is killed breaks, and says so', async (context) => {
    const campaign = await start(context);
    const { supervisor, end } = campaign;
    process.kill(supervisor, 'SIGKILL');
    const { code, text } = await end;
    expect(code).toBe(3);
    expect(text).toMatch(/^pinproof: The agent ended unexpectedly \(SIGKILL\)\.$/m);
    await expectNothingLeft(campaign);
  }, 60_000);

  it('of which the agent is stopped breaks after its limit, and says so', async (context) => {
    const campaign = await start(context);
    const { supervisor, end } = campaign;
    process.kill(supervisor, 'SIGSTOP');
    const began = performance.now();
    const { code, text } = await end;
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(code).toBe(3);
    expect(text).toMatch(/^pinproof: The agent did not answer within 10000 ms\.$/m);
    await expectNothingLeft(campaign);
  }, 60_000);

  it('of which the runner is killed while the agent is stopped leaves nothing', async (context) => {
    const campaign = await start(context);
    const { runner, supervisor, end } = campaign;
    process.kill(supervisor, 'SIGSTOP');
    runner.kill('SIGKILL');
    await end;
    await expectNothingLeft(campaign);
  }, 60_000);

  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    it(`of which a modelled process gets ${signal} deviates: the implementation died`, async (context) => {
      const campaign = await start(context, '--time', '15');
      const { supervisor, end } = campaign;
      await strike(supervisor, signal);
      const { code, text } = await end;
      expect(text).toMatch(/implementation-died/);
      expect(code).toBe(1);
      expect(text).toMatch(
        signal === 'SIGKILL'
          ? /process \d+ died without being asked to/
          : /did not (return|end) within/,
      );
      await expectNothingLeft(campaign);
    }, 90_000);
  }

  it('of which both processors are kept busy conforms', async (context) => {
    if (missing !== null) context.skip(missing);
    const busy = [1, 2, 3, 4].map(() =>
      spawn('timeout', ['40', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' }),
    );
    try {
      const args = [...check, '--runs', '60'];
      const { code, stdout } = await pinproof(args, { cwd: folder.path });
      expect(stdout).toMatch(/conforms/);
      expect(code).toBe(0);
    } finally {
      for (const child of busy) child.kill();
    }
  }, 120_000);

  it('conforms beside another one', async (context) => {
    if (missing !== null) context.skip(missing);
    const both = await Promise.all(
      [1, 2].map((seed) =>
        pinproof([...check, '--runs', '100', '--seed', String(seed)], { cwd: folder.path }),
      ),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
  }, 120_000);
});

describe('a table of descriptors', () => {
  const limited = (soft: string) => ['prlimit', `--nofile=${soft}`] as const;
  const needs = (context: TestContext): void => {
    if (missing !== null) context.skip(missing);
    if (spawnSync('prlimit', ['--nofile=100:', 'true']).status !== 0) context.skip('no prlimit');
  };

  it('that is merely kept small by a shell is raised', async (context) => {
    needs(context);
    const through = limited('60:4096');
    const args = [...check, '--runs', '20'];
    const { code } = await pinproof(args, { cwd: folder.path, through });
    expect(code).toBe(0);
  }, 60_000);
});
