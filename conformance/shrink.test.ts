import { describe, expect, it } from 'vitest';
import { callNames, mapTypeNames } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import { decodeRun } from './decode.ts';
import { planSteps } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { seededChoices } from './seeded-choices.ts';
import { campaignHost } from './setup.ts';
import { shrinkRun } from './shrink.ts';
import { specify } from './specify.ts';

/** Without cgroups, which rmdir would remove without further ado. */
const host = campaignHost.filter((path) => !path.startsWith('/cgroup'));
const world = specify('linux-6.18', { host }).makeWorld();
const all = new Set([...callNames, ...mapTypeNames]);

/** Sees the deviation behind the first step of this call that succeeds. */
function succeeds(name: string) {
  return (run: readonly PlannedStep[]): Promise<number | null> => {
    const at = run.findIndex(({ step, outcome }) => step.call.call === name && outcome.ok);
    return Promise.resolve(at === -1 ? null : at + 1);
  };
}

function runWith(name: string): readonly PlannedStep[] {
  for (let number = 0; number < 200; number++) {
    const { steps } = decodeRun(world, seededChoices(5, number, 60), all);
    if (steps.some(({ step, outcome }) => step.call.call === name && outcome.ok)) return steps;
  }
  throw new Error(`no run in which ${name} succeeds`);
}

const callsOf = (run: readonly PlannedStep[]) => run.map(({ step }) => step.call.call);

describe('shrinking', () => {
  it('leaves only what the deviation needs', async () => {
    const short = await shrinkRun(world, runWith('BPF_OBJ_GET'), succeeds('BPF_OBJ_GET'), 2000);
    expect(callsOf(short).at(-1)).toBe('BPF_OBJ_GET');
    expect(callsOf(short).slice(0, -1).sort()).toEqual(
      callsOf(short).includes('BPF_MAP_CREATE')
        ? ['BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'mount']
        : ['BPF_OBJ_PIN', 'BPF_PROG_LOAD', 'mount'],
    );
    expect(short.every(({ step }) => step.pid === 1)).toBe(true);
  });

  it('ends with a run from which no step can be removed', async () => {
    const reproduces = succeeds('rmdir');
    const short = await shrinkRun(world, runWith('rmdir'), reproduces, 2000);
    expect(callsOf(short)).toEqual(['mount', 'mkdir', 'rmdir']);
  });

  it('makes arguments simpler', async () => {
    const short = await shrinkRun(world, runWith('umount2'), succeeds('umount2'), 2000);
    expect(short.map(({ step }) => step.call)).toMatchObject([
      { call: 'mount' },
      { call: 'umount2', flag: 'none' },
    ]);
  });

  it('makes the names of a rename simpler, and what a symbolic link holds', async () => {
    const map = { type: 'BPF_MAP_TYPE_HASH', keySize: 4, valueSize: 4, maxEntries: 1 } as const;
    const calls: readonly Call[] = [
      { call: 'mount', target: '/mnt/a' },
      { call: 'mkdir', path: '/mnt/a/d' },
      { call: 'BPF_MAP_CREATE', ...map },
      { call: 'BPF_OBJ_PIN', path: '/mnt/a/d/x', fd: 3 },
      { call: 'symlink', target: '/mnt/a/d/x', path: '/mnt/a/l' },
      { call: 'rename', from: '/mnt/a/d/x', to: '/mnt/a/d/y' },
    ];
    const run = planSteps(
      world,
      calls.map((call) => ({ pid: 1, call })),
    );
    const bothSucceed = async (played: readonly PlannedStep[]): Promise<number | null> =>
      (await succeeds('symlink')(played)) && (await succeeds('rename')(played));
    const short = await shrinkRun(world, run, bothSucceed, 2000);
    expect(callsOf(short)).not.toContain('mkdir');
    const texts = short.map(({ step }) => JSON.stringify(step.call));
    expect(texts.filter((text) => text.includes('/mnt/a/d/'))).toEqual([]);
  });

  it('stops when its attempts are used up', async () => {
    let played = 0;
    const run = runWith('rmdir');
    const short = await shrinkRun(
      world,
      run,
      (candidate) => {
        played++;
        return succeeds('rmdir')(candidate);
      },
      3,
    );
    expect(played).toBeLessThanOrEqual(3);
    expect(short.length).toBeLessThanOrEqual(run.length);
  });
});
