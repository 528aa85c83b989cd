import { describe, expect, it } from 'vitest';
import { callNames, mapTypeNames } from '../model/vocabulary/index.ts';
import { decodeRun } from './decode.ts';
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
