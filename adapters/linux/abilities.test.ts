/** An agent that is told what to do without, whoever starts it. */
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { check, specify } from '../../conformance/index.ts';
import type { Call } from '../../model/vocabulary/index.ts';
import type { Adapter } from '../contract/index.ts';
import { linuxAdapter } from './adapter.ts';
import { readyAgent } from './agent-binary.ts';
import { probeLinux } from './index.ts';
import { observedWithout, type Ability } from './lacks.ts';
import { by, hashMap, outcomes, setup, withLinux } from './session.test-data.ts';
import { Supervisor } from './supervisor.ts';
import { mountWithout, withWrapper } from './wrapped-agent.test-data.ts';

async function withOut(
  context: TestContext,
  without: readonly string[],
  use: (adapter: Adapter) => Promise<void>,
): Promise<void> {
  const permission = await probeLinux();
  const agent = await readyAgent({});
  if (!permission.permitted) context.skip(permission.reason);
  if ('missing' in agent) context.skip(agent.missing);
  // Also what no adapter would say, as another version of it might.
  const abilities = without as readonly Ability[];
  const supervisor = new Supervisor(agent.binary, { callMs: 5000, messageMs: 10_000 }, abilities);
  const adapter = linuxAdapter(supervisor, { ...permission, without: abilities });
  try {
    await adapter.reset(setup);
    await use(adapter);
  } finally {
    await adapter.close();
  }
}

const refusing = (message: RegExp): unknown =>
  expect.objectContaining({ blame: 'harness', message: expect.stringMatching(message) as unknown });

describe('a run without a tree of its own', () => {
  it('has descriptors, and objects that live and die', (context) =>
    withOut(context, ['tree'], async (adapter) => {
      const steps = by(1, hashMap, { call: 'fork' }, { call: 'close', fd: 3 });
      const answers = await adapter.play([...steps, ...by(2, { call: 'exit_group' })], 'each');
      expect(outcomes(answers)).toEqual([3, 2, 0, 0]);
      expect(answers.map(({ alive }) => alive?.length)).toEqual([1, 1, 1, 0]);
      expect(answers[2]?.sight?.processes).toMatchObject([
        { pid: 1, descriptors: [], paths: [] },
        { pid: 2, descriptors: [{ fd: 3 }], paths: [] },
      ]);
    }));

  const folder = mkdtempSync(join(tmpdir(), 'pinproof-'));
  for (const call of [
    { call: 'rmdir', path: folder },
    { call: 'chdir', path: '/' },
    { call: 'BPF_OBJ_GET', path: '/sys/fs/bpf/x' },
    { call: 'fchdir', fd: 0 },
    { call: 'unshare' },
    { call: 'execve' },
    { call: 'open-namespace', pid: 1 },
    { call: 'setns', fd: 3 },
  ] as const satisfies readonly Call[]) {
    it(`never reaches the machine's by ${call.call}`, (context) =>
      withOut(context, ['tree'], async (adapter) => {
        const played = adapter.play(by(1, call), 'none');
        await expect(played).rejects.toEqual(refusing(/no tree of its own/));
        expect(existsSync(folder)).toBe(true);
      }));
  }

  it('keeps the machine as it is', () => {
    rmdirSync(folder);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a run that may not list objects', () => {
  it('says nothing of which are alive, and asks for none by id', (context) =>
    withOut(context, ['ids'], async (adapter) => {
      const [answer] = await adapter.play(by(1, hashMap), 'each');
      expect(answer).not.toHaveProperty('alive');
      expect(answer?.object).toBeGreaterThan(0);
      expect(answer?.sight?.objects).toEqual([]);
      const played = adapter.play(by(1, { call: 'BPF_MAP_GET_NEXT_ID', id: 0 }), 'none');
      await expect(played).rejects.toEqual(refusing(/may not ask for objects by id/));
    }));
});

describe('a run that cannot look through the roots of its processes', () => {
  it('shows no paths, and has them', (context) =>
    withOut(context, ['views'], async (adapter) => {
      const steps = by(
        1,
        { call: 'mount', target: '/b' },
        hashMap,
        { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
        { call: 'BPF_OBJ_GET', path: '/b/m' },
      );
      const answers = await adapter.play(steps, 'each');
      expect(outcomes(answers)).toEqual([0, 3, 0, 4]);
      expect(answers[3]?.sight?.processes[0]?.paths).toEqual([]);
    }));
});

it('an agent that is to do without what it does not know of does not start', (context) =>
  withOut(context, ['everything'], async (adapter) => {
    const played = adapter.play(by(1, hashMap), 'none');
    await expect(played).rejects.toEqual(refusing(/to do without: everything/));
  }));

describe('a kernel without bpffs', () => {
  const noBpffs = mountWithout('bpf');

  it('is checked by what descriptors alone can show', (context) =>
    withWrapper('mount', noBpffs, async (options) => {
      const whole = await probeLinux();
      if (!whole.permitted || whole.without.length > 0) context.skip('this machine lacks more');
      await withLinux(
        context,
        async (adapter) => {
          const reason = /^calls on paths, .*: this kernel has no bpf file system: one built with/;
          expect(adapter.hello.lacks?.BPF_OBJ_PIN).toMatch(reason);
          expect(adapter.hello.observes).toEqual(observedWithout(['tree']));
          const size = { runs: 60, length: 20, seed: 1, phase: 'random' } as const;
          const result = await check(adapter, specify('linux-6.18'), size);
          expect(result.verdict).toBe('conforms');
          expect(result.skipped).toEqual(
            expect.arrayContaining([
              { of: adapter.hello.lacks?.BPF_OBJ_PIN, count: expect.any(Number) as unknown },
            ]),
          );
        },
        options,
      );
    }));
});

describe('a table of descriptors that is too small for the agent', () => {
  const atMostHundred = `
    #include <sys/resource.h>
    int __wrap_getrlimit(int what, struct rlimit *limit) {
      *limit = (struct rlimit){100, 100};
      return 0;
    }`;

  it('is said, with the mend', (context) =>
    withWrapper('getrlimit', atMostHundred, async (options) => {
      if (!(await probeLinux()).permitted) context.skip('this machine lacks more');
      expect(await probeLinux(options)).toEqual({
        permitted: false,
        reason:
          'The limit of open files is too low for the agent, which needs 128: raise it (ulimit -n 1024).',
      });
    }));
});
