/** Runs that are asked for in one message. */
import { describe, expect, it } from 'vitest';
import type { Answer, RunToPlay } from '../contract/index.ts';
import { failing, withScript } from './scripted-agent.test-data.ts';
import { by, hashMap, outcomes, setup, withLinux } from './session.test-data.ts';

const run = (...steps: Parameters<typeof by>): RunToPlay => ({
  steps: by(...steps),
  sights: 'none',
});

describe('runs that are asked for together', () => {
  it('start from nothing each, and each gives the sights that it wants', (context) =>
    withLinux(context, async (adapter) => {
      const pinning = by(1, { call: 'mount', target: '/b' }, hashMap, {
        call: 'BPF_OBJ_PIN',
        path: '/b/m',
        fd: 3,
      });
      const played = await adapter.playRuns?.(setup, [
        { steps: pinning, sights: 'none' },
        { steps: pinning, sights: 'last' },
        { steps: [], sights: 'none' },
        { steps: pinning, sights: 'each' },
      ]);
      expect(played?.failure).toBeUndefined();
      const answers = played?.answers ?? [];
      expect(answers.map(outcomes)).toEqual([[0, 3, 0], [0, 3, 0], [], [0, 3, 0]]);
      const seen = (answer: Answer): boolean => answer.sight !== undefined;
      expect(answers.map((some) => some.map(seen))).toEqual([
        [false, false, false],
        [false, false, true],
        [],
        [true, true, true],
      ]);
      // What is asked next is asked of the last of them.
      expect((await adapter.settle()).objects).toHaveLength(1);
    }));

  it('are as good as those that are asked for one by one', (context) =>
    withLinux(context, async (adapter) => {
      const runs = [
        run(1, hashMap, { call: 'dup', fd: 3 }, { call: 'close', fd: 9 }),
        run(1, { call: 'fork' }, { call: 'exit_group' }),
        run(2, hashMap),
      ];
      const together = await adapter.playRuns?.(setup, runs);
      const alone: (readonly Answer[])[] = [];
      for (const { steps, sights } of runs) {
        await adapter.reset(setup);
        alone.push(await adapter.play(steps, sights));
      }
      expect(together?.answers.map(outcomes)).toEqual(alone.map(outcomes));
    }));

  it('keep the answers before the one that broke off, and the next runs are another matter', (context) =>
    withLinux(context, async (adapter) => {
      const sound = run(1, hashMap);
      const nameless = run(1, { call: 'mkdir', path: 'a\0b' });
      await expect(adapter.playRuns?.(setup, [sound, nameless])).rejects.toThrow(/NUL/);
      const played = await adapter.playRuns?.(setup, [sound, sound]);
      expect(played?.answers.map(outcomes)).toEqual([[3], [3]]);
    }));

  it('may take longer together than the next answer may', (context) =>
    withLinux(
      context,
      async (adapter) => {
        const execs = Array.from({ length: 20 }, () => ({ call: 'execve' }) as const);
        const long = run(1, ...execs);
        const played = await adapter.playRuns?.(
          setup,
          Array.from({ length: 90 }, () => long),
        );
        expect(played?.failure).toBeUndefined();
        expect(played?.answers).toHaveLength(90);
      },
      { messageMs: 1000 },
    ));
});

describe('an agent that is asked for several runs', () => {
  it('may take its time for many answers, if it tells of one after the other', () =>
    withScript(
      'read a; for k in 1 2 3 4; do sleep 0.2; echo 0; done; exec cat >/dev/null',
      async (adapter) => {
        const three = [1, 2, 3].map(() => ({ steps: [], sights: 'none' as const }));
        expect(await adapter.playRuns?.(setup, three)).toEqual({ answers: [[], [], []] });
      },
    ));

  it('has answered the runs before the one in which it failed', () =>
    withScript(
      'read a; echo 0; echo 0 0 0 0 5; echo 0; echo fail implementation it hung; exec cat',
      async (adapter) => {
        const run = { steps: by(1, hashMap), sights: 'none' } as const;
        const played = await adapter.playRuns?.(setup, [run, run, run]);
        expect(played?.answers).toMatchObject([[{ outcome: { ok: true, value: 0 } }]]);
        expect(played?.failure).toEqual(failing('implementation', /it hung/));
      },
    ));
});
