import { describe, expect, it } from 'vitest';
import { accessFlagNames, callNames, mapTypeNames } from '../model/vocabulary/index.ts';
import type { CallName } from '../model/vocabulary/index.ts';
import { decodeRun } from './decode.ts';
import { planSteps } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { plainOf } from './raw-calls.ts';
import { seededChoices } from './seeded-choices.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();
const all = new Set([...callNames, ...mapTypeNames, ...accessFlagNames]);
const plans = Array.from({ length: 150 }, (_, number) =>
  decodeRun(world, seededChoices(11, number, 40), all),
);

/** Steps of a call that succeed. */
const ofCall =
  (name: CallName) =>
  ({ step, outcome }: PlannedStep): boolean =>
    step.call.call === name && outcome.ok;

describe('seeded choices', () => {
  it('are the same for the same seed and number, and others for others', () => {
    expect(seededChoices(1, 2, 3)).toEqual(seededChoices(1, 2, 3));
    expect(seededChoices(1, 3, 3)).not.toEqual(seededChoices(1, 2, 3));
    expect(seededChoices(2, 2, 3)).not.toEqual(seededChoices(1, 2, 3));
  });

  it('begin a longer run as a shorter one', () => {
    expect(seededChoices(1, 2, 9).slice(0, 3)).toEqual(seededChoices(1, 2, 3));
  });
});

describe('a decoded run', () => {
  it('is the same for the same choices', () => {
    const again = decodeRun(world, seededChoices(11, 5, 40), all);
    expect(again).toEqual(plans[5]);
  });

  it('is made of steps that the model answers as planned, and of no step that meets a bound', () => {
    for (const { steps } of plans) {
      expect(
        planSteps(
          world,
          steps.map(({ step }) => step),
        ),
      ).toEqual(steps);
    }
  });

  it('ends with no process running', () => {
    for (const { steps } of plans) {
      planSteps(
        world,
        steps.map(({ step }) => step),
      );
      expect(world.observe([]).running.includes(1)).toBe(false);
    }
  });

  it('makes every call succeed and fail in some run', () => {
    const outcomes = plans.flatMap(({ steps }) =>
      steps.map(({ step, outcome }) => `${step.call.call} ${outcome.ok ? 'succeeds' : 'fails'}`),
    );
    const unshares = ['unshare', 'unshare-user'];
    const neverFails = ['exit_group', 'fork', 'clone', 'execve', 'umask', ...unshares];
    // Where these would succeed, they would change the host tree.
    const neverSucceeds = ['mknod', 'setxattr'];
    for (const name of callNames) {
      if (!neverSucceeds.includes(name)) expect(outcomes).toContain(`${name} succeeds`);
      if (!neverFails.includes(name)) expect(outcomes).toContain(`${name} fails`);
    }
  });

  it('is about pins, their names, mounts and forks more often than not', () => {
    const names = plans.flatMap(({ steps, chosen }) =>
      steps.slice(0, chosen).map(({ step }) => plainOf(step.call).call),
    );
    const core = new Set<CallName>([
      ...(['BPF_OBJ_PIN', 'BPF_OBJ_GET', 'unlink', 'mkdir', 'rmdir'] as const),
      ...(['link', 'rename', 'renameat2', 'symlink'] as const),
      ...([
        'mount',
        'bind',
        'move',
        'set-propagation',
        'umount2',
        'unshare',
        'unshare-user',
        'fork',
      ] as const),
    ]);
    expect(names.filter((name) => core.has(name)).length).toBeGreaterThan(names.length / 2);
  });

  it.each<[string, (planned: PlannedStep) => boolean, number]>([
    ['fills a slot', ({ value, outcome }) => value === 'descriptor' && outcome.ok, 12],
    ['runs a program', ofCall('BPF_PROG_TEST_RUN'), 40],
    ['receives a message', ofCall('recvmsg'), 20],
    ['attaches a filter', ofCall('SO_ATTACH_BPF'), 15],
    ['execs', ofCall('execve'), 40],
    ['shares a table', ofCall('clone'), 40],
    ['copies a descriptor to a number', ofCall('dup2'), 30],
    ['attaches a program to a cgroup', ofCall('BPF_PROG_ATTACH'), 9],
    ['attaches a program by a link', ofCall('BPF_LINK_CREATE'), 12],
    ['opens a link by its id', ofCall('BPF_LINK_GET_FD_BY_ID'), 4],
    ['attaches a classifier', ofCall('RTM_NEWTFILTER'), 9],
    ['restricts a descriptor', ({ step }) => 'access' in step.call, 20],
    ['opens a pin', ({ outcome }) => !outcome.ok && outcome.errno === 'EIO', 1],
    ['gives a pin another name', ofCall('link'), 2],
    ['moves a name', ofCall('rename'), 6],
    ['makes a symbolic link', ofCall('symlink'), 6],
    ['looks at a name', ofCall('stat'), 4],
  ])('%s often enough', (_, isSuch, least) => {
    expect(plans.filter(({ steps }) => steps.some(isSuch)).length).toBeGreaterThanOrEqual(least);
  });

  it('runs out of descriptors now and then', () => {
    const errors = plans.flatMap(({ steps }) => steps.map(({ outcome }) => outcome));
    expect(errors).toContainEqual({ ok: false, errno: 'EMFILE' });
  });

  it('leaves out programs for cgroups where nothing is attached to one, and says so', () => {
    const attaching: readonly CallName[] = ['BPF_PROG_ATTACH', 'BPF_LINK_CREATE'];
    const declared = new Set(callNames.filter((name) => !attaching.includes(name)));
    const runs = plans.map((_, number) =>
      decodeRun(world, seededChoices(11, number, 40), declared),
    );
    const reasons = runs.flatMap(({ undeclared }) => [...undeclared.keys()]);
    expect(reasons).toContain('neither BPF_PROG_ATTACH nor BPF_LINK_CREATE is declared');
    expect(reasons).not.toContain('BPF_PROG_LOAD is not declared');
  });

  it('restricts no descriptor of an adapter that does not declare it', () => {
    const runs = plans.map((_, number) =>
      decodeRun(world, seededChoices(11, number, 40), new Set(callNames)),
    );
    const calls = runs.flatMap(({ steps }) => steps.map(({ step }) => step.call));
    expect(calls.some((call) => 'access' in call)).toBe(false);
  });

  it('leaves out calls that are not declared, and counts them', () => {
    const declared = new Set(callNames.filter((name) => name !== 'mount' && name !== 'fork'));
    const { steps, undeclared } = decodeRun(world, seededChoices(11, 0, 40), declared);
    expect(steps.some(({ step }) => ['mount', 'fork'].includes(step.call.call))).toBe(false);
    expect(undeclared.get('mount is not declared')).toBeGreaterThan(0);
  });
});
