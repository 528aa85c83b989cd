import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import { linuxAdapter } from './adapter.ts';
import { withCacheHome } from './cache-home.test-data.ts';
import { failing, machine, withScript } from './scripted-agent.test-data.ts';
import { Supervisor } from './supervisor.ts';
import {
  agentProcesses,
  agentsOf,
  by,
  eventually,
  hashMap,
  onlyOne,
  setup,
  withLinux,
} from './session.test-data.ts';

describe('an agent of which we cannot trust the answers', () => {
  for (const [what, script, message] of [
    ['says nothing', 'exec sleep 100', /did not answer within 300 ms/],
    ['ends at once', 'exit 3', /ended unexpectedly \(status 3\)/],
    ['answers words', 'read a; read b; echo 0; echo hello; exec cat >/dev/null', /"hello"/],
    [
      'answers too little',
      'read a; read b; echo 0; echo 0 0 2 8; exec cat >/dev/null',
      /too little/,
    ],
    [
      'answers an unknown error',
      'read a; read b; echo 0; echo -29 0 0 0 5; exec cat >/dev/null',
      /29/,
    ],
    [
      'answers a count without end',
      'read a; read b; echo 0; echo 0 0 9007199254740991; exec cat >/dev/null',
      /too little/,
    ],
    [
      'answers a count below 0',
      'read a; read b; echo 0; echo 0 0 -1 0; exec cat >/dev/null',
      /-1 where a count belongs/,
    ],
    ['answers without end', 'exec cat /dev/zero', /an answer of more than 67108864 bytes|300 ms/],
    ['fails', 'read a; echo 0; echo; echo fail harness no more; exec cat >/dev/null', /no more\.$/],
  ] as const) {
    it(`and that ${what} is a failure of the harness`, () =>
      withScript(script, async (adapter) => {
        await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
          failing('harness', message),
        );
      }));
  }

  it('is not trusted any more once it has answered what nobody asked', () =>
    withScript(
      'read a; read b; echo 0; echo 0 0 0 0 5; echo 0 0 0 0; exec cat',
      async (adapter) => {
        await adapter.play(by(1, hashMap), 'none');
        // Longer than the script takes to say more.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await expect(adapter.alive([])).rejects.toEqual(
          failing('harness', /answered what nobody asked \("0 0 0 0"\)/),
        );
      },
    ));

  it('is blamed on the implementation if the agent says so, for good', () =>
    withScript('read a; echo fail implementation it hung; exec cat', async (adapter) => {
      await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('implementation', /it hung/),
      );
      await expect(adapter.alive([2])).rejects.toEqual(failing('implementation', /it hung/));
    }));

  it('is a failure of the harness if it does not exist', () =>
    withScript(
      '',
      async (adapter) => {
        await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
          failing('harness', /could not be started/),
        );
      },
      'none',
    ));

  it('is killed if it does not end when it is closed, which is said', () =>
    withScript('trap "" TERM; exec sleep 100', async (adapter) => {
      await expect(adapter.close()).rejects.toEqual(
        failing('harness', /^The agent did not end within 300 ms and was killed: what it had to/),
      );
      await expect(adapter.alive([])).rejects.toEqual(failing('harness', /was closed/));
    }));

  it('is not waited for without end by who closes it, though it cannot be seen to end', () =>
    // What it has started keeps the channel open.
    withScript('sleep 5 & exec sleep 100', async (adapter) => {
      const began = performance.now();
      await expect(adapter.close()).rejects.toEqual(failing('harness', /did not end within/));
      expect(performance.now() - began).toBeLessThan(4000);
    }));

  it('that has failed before is closed without another word', () =>
    withScript('exec sleep 100', async (adapter) => {
      await expect(adapter.alive([])).rejects.toEqual(failing('harness', /did not answer/));
      await adapter.close();
    }));

  it('is not asked before there is a run, nor twice at once, nor for what C cannot say', () =>
    withScript('exec sleep 100', async (adapter) => {
      await expect(adapter.play(by(1, { call: 'mkdir', path: 'a\0b' }), 'none')).rejects.toEqual(
        failing('harness', /NUL/),
      );
      const first = adapter.alive([]);
      await expect(adapter.alive([])).rejects.toEqual(failing('harness', /twice at once/));
      await expect(first).rejects.toEqual(failing('harness', /did not answer/));
      const unused = linuxAdapter(new Supervisor('/none', { callMs: 1, messageMs: 1 }), machine);
      await expect(unused.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('harness', /reset comes first/),
      );
      await unused.close();
    }));
});

describe('a modelled process', () => {
  const stopping = (context: TestContext, call: Call, sentence: RegExp): Promise<void> =>
    withLinux(
      context,
      async (adapter) => {
        await adapter.play(by(1, { call: 'fork' }), 'none');
        const supervisor = onlyOne(agentsOf(process.pid));
        const processes = agentsOf(supervisor);
        expect(processes).toHaveLength(2);
        for (const pid of processes) {
          process.kill(pid, 'SIGSTOP');
        }
        await expect(adapter.play(by(1, call), 'none')).rejects.toEqual(
          failing('implementation', sentence),
        );
        const gone = (): boolean => agentProcesses().every(({ pid }) => !processes.includes(pid));
        expect(await eventually(gone)).toBe(true);
      },
      { callMs: 200 },
    );

  it('that does not come back from a call is killed, and the implementation blamed', (context) =>
    stopping(context, hashMap, /process 1 did not return within/));

  it('that does not end when it exits is killed, and the implementation blamed', (context) =>
    stopping(context, { call: 'exit_group' }, /process 1 did not end within/));

  it('that dies without being asked to ends the run, and the next one is another matter', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(by(1, hashMap), 'none');
      process.kill(onlyOne(agentsOf(onlyOne(agentsOf(process.pid)))), 'SIGKILL');
      await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('implementation', /process 1 died/),
      );
      expect(await adapter.alive([])).toEqual([]);
      await adapter.reset(setup);
      expect(await adapter.play(by(1, hashMap), 'none')).toMatchObject([{ outcome: { ok: true } }]);
    }));

  it('that dies is no reason to start what lies in the place of the agent by then', (context) =>
    withCacheHome((cacheHome) =>
      withLinux(
        context,
        async (adapter) => {
          await adapter.play(by(1, hashMap), 'none');
          process.kill(onlyOne(agentsOf(onlyOne(agentsOf(process.pid)))), 'SIGKILL');
          await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
            failing('implementation', /process 1 died/),
          );
          const cache = join(cacheHome, 'pinproof');
          for (const name of readdirSync(cache)) appendFileSync(join(cache, name), 'more');
          expect(() => adapter.reset(setup)).toThrow(
            /^The compiled agent, .*, was changed or removed since it was started: run pinproof again/,
          );
          rmSync(cache, { recursive: true });
          expect(() => adapter.reset(setup)).toThrow(/was changed or removed/);
        },
        { cacheHome },
      ),
    ));

  it('that dies is no reason to play on after our own agent has been killed', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(by(1, hashMap), 'none');
      process.kill(onlyOne(agentsOf(process.pid)), 'SIGKILL');
      await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('harness', /SIGKILL/),
      );
      await adapter.reset(setup);
      await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('harness', /SIGKILL/),
      );
    }));

  it('cannot be started in a world that cannot be made', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, host: ['/a/b/'] });
      await expect(adapter.play(by(1, hashMap), 'none')).rejects.toEqual(
        failing('harness', /make \/a\/b\//),
      );
    }));
});
