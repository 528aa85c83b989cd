/** Programs on cgroups, on Linux 6.18. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import type { Adapter } from '../contract/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { by, cgroupSetup, needs, outcomes, withLinux, leftOver } from './session.test-data.ts';
import {
  attachTo,
  close,
  create,
  detachFrom,
  directory,
  link,
  load,
  loadOf,
  place,
  progById,
  removeDirectory,
  run,
  update,
} from './short-calls.test-data.ts';

/** The cgroup a (3), two programs for cgroups (4, 5), a socket filter (6), a map (7); 8 is free. */
const prelude: readonly Call[] = [
  directory('/cgroup/a'),
  loadOf('CGROUP_SKB'),
  loadOf('CGROUP_SKB'),
  load(),
  create('HASH'),
];

const attachCases: readonly Case[] = [
  ['a program', attachTo(3, 4), 0],
  ['a program alone', attachTo(3, 4, 'none'), 0],
  ['a closed fd as program', attachTo(3, 8), 'EBADF'],
  ['a map as program', attachTo(3, 7), 'EINVAL'],
  ['a cgroup as program', attachTo(3, 3), 'EINVAL'],
  ['a socket filter', attachTo(3, 6), 'EINVAL'],
  ['a closed fd as cgroup', attachTo(8, 4), 'EBADF'],
  ['a map as cgroup', attachTo(7, 4), 'EBADF'],
  ['/dev/null as cgroup', attachTo(0, 4), 'EBADF'],
  ['both closed', attachTo(8, 9), 'EBADF'],
  ['a socket filter to a closed fd', attachTo(8, 6), 'EINVAL'],
  ['detached from an empty cgroup', detachFrom(3, 4), 'ENOENT'],
  ['detached from a closed fd', detachFrom(8, 4), 'EBADF'],
  ['detached from a map', detachFrom(7, 4), 'EBADF'],
  ['a test run', run(4), 0],
];
itAnswersAsMeasured('BPF_PROG_ATTACH and DETACH', prelude, attachCases, cgroupSetup);
itAnswersAsMeasured(
  'beside another program, calls on a cgroup',
  [...prelude, attachTo(3, 4), place('/cgroup/a'), directory('/c')],
  [
    ['the same once more', attachTo(3, 4), 'EINVAL'],
    ['another', attachTo(3, 5), 0],
    ['another, by O_PATH', attachTo(8, 5), 0],
    ['another, to a directory that is no cgroup', attachTo(9, 5), 'EBADF'],
    ['another alone', attachTo(3, 5, 'none'), 'EPERM'],
    ['detached', detachFrom(3, 4), 0],
    ['detached by O_PATH', detachFrom(8, 4), 0],
    ['another detached', detachFrom(3, 5), 'ENOENT'],
    ['a closed fd detached', detachFrom(3, 10), 'EINVAL'],
    ['a socket filter detached', detachFrom(3, 6), 'EINVAL'],
  ],
  cgroupSetup,
);
itAnswersAsMeasured(
  'when a program is there alone, calls on a cgroup',
  [...prelude, attachTo(3, 4, 'none')],
  [
    ['the same once more', attachTo(3, 4, 'none'), 0],
    ['another in its place', attachTo(3, 5, 'none'), 0],
    ['another beside it', attachTo(3, 5), 'EPERM'],
    ['a link', link(5, 3), 'EPERM'],
    ['detached by any fd', detachFrom(3, 15), 0],
  ],
  cgroupSetup,
);
itAnswersAsMeasured(
  'when a cgroup was removed, calls on it',
  [...prelude, attachTo(3, 4), removeDirectory('/cgroup/a')],
  [
    ['attach', attachTo(3, 5), 'ENOENT'],
    ['attach a socket filter', attachTo(3, 6), 'EINVAL'],
    ['detach', detachFrom(3, 4), 'ENOENT'],
    ['link', link(4, 3), 'ENOENT'],
    ['open', directory('/cgroup/a'), 'ENOENT'],
    ['remove', removeDirectory('/cgroup/a'), 'ENOENT'],
    ['open the other', directory('/cgroup/b'), 8],
  ],
  cgroupSetup,
);
itAnswersAsMeasured(
  'paths below /cgroup',
  [],
  [
    ['a cgroup', directory('/cgroup/a'), 3],
    ['its place', place('/cgroup/b'), 3],
    ['none', directory('/cgroup/c'), 'ENOENT'],
    ['none below', directory('/cgroup/a/c'), 'ENOENT'],
    ['a name too long', directory(`/cgroup/${'n'.repeat(256)}`), 'ENOENT'],
  ],
  cgroupSetup,
);
const tables: readonly Call[] = [
  create('PROG_ARRAY'),
  loadOf('SCHED_CLS'),
  load(),
  update(3, 0, 4),
];
itAnswersAsMeasured('a program array of classifiers', tables, [
  ['another type', update(3, 1, 5), 'EINVAL'],
  ['the same type', update(3, 1, 4), 0],
  ['a load of another type', load(3), 'EINVAL'],
  ['a load of another type for cgroups', loadOf('CGROUP_SKB', 3), 'EINVAL'],
  ['a load of the same type', loadOf('SCHED_CLS', 3), 6],
]);

/** Plays on, and tells what is alive then. */
async function aliveAfter(adapter: Adapter, ...calls: readonly Call[]): Promise<number> {
  const answers = await adapter.play(by(1, ...calls), 'none');
  expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
  return answers.at(-1)?.alive?.length ?? -1;
}

describe('a cgroup', () => {
  it('holds what is attached to it, until that is detached', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      await adapter.reset(cgroupSetup);
      expect(await aliveAfter(adapter, ...prelude.slice(0, 3), attachTo(3, 4), close(4))).toBe(2);
      expect(await aliveAfter(adapter, attachTo(3, 5), close(5))).toBe(2);
      const [first] = await adapter.play(by(1, progById(1)), 'none');
      expect(first?.outcome).toEqual({ ok: true, value: 4 });
      expect(await aliveAfter(adapter, close(4))).toBe(2);
      await adapter.play(by(1, progById(1)), 'none');
      expect(await aliveAfter(adapter, detachFrom(3, 4), close(4))).toBe(1);
    }));

  it('lets a program go at once that another takes the place of', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      await adapter.reset(cgroupSetup);
      expect(
        await aliveAfter(adapter, ...prelude.slice(0, 3), attachTo(3, 4, 'none'), close(4)),
      ).toBe(2);
      expect(await aliveAfter(adapter, attachTo(3, 5, 'none'))).toBe(1);
    }));

  it('lets go of all, with the maps that these use, some time after it was removed', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      await adapter.reset(cgroupSetup);
      await adapter.play(
        by(1, directory('/cgroup/a'), create('ARRAY'), loadOf('CGROUP_SKB', 4), attachTo(3, 5)),
        'none',
      );
      expect(await aliveAfter(adapter, close(4), close(5))).toBe(2);
      expect(await aliveAfter(adapter, removeDirectory('/cgroup/a'))).toBe(2);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('is fresh in the next run, whatever was done to it', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      const opened = by(1, ...prelude.slice(0, 3), directory('/cgroup/b'));
      for (const calls of [
        [attachTo(3, 4, 'none')],
        [attachTo(3, 4), { call: 'fork' }],
        [link(4, 3), attachTo(6, 5)],
        [attachTo(3, 4), removeDirectory('/cgroup/a')],
        [],
      ] as const satisfies readonly (readonly Call[])[]) {
        await adapter.reset(cgroupSetup);
        const answers = await adapter.play([...opened, ...by(1, ...calls)], 'none');
        expect(outcomes(answers).slice(0, 4)).toEqual([3, 4, 5, 6]);
        expect(answers.slice(4).filter(({ outcome }) => !outcome.ok)).toEqual([]);
      }
    }));

  it('is back in the next run, when all that was done was to remove it', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      for (const path of ['/cgroup/a', '/cgroup/b/', '/b/../cgroup//a']) {
        await adapter.reset(cgroupSetup);
        expect(outcomes(await adapter.play(by(1, removeDirectory(path)), 'none'))).toEqual([0]);
      }
      await adapter.reset(cgroupSetup);
      const found = await adapter.play(by(1, place('/cgroup/a'), place('/cgroup/b')), 'none');
      expect(outcomes(found)).toEqual([3, 4]);
    }));

  it('is there in the runs that ask for it, under the names that they ask for', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      const worlds = [['a', 'b'], ['x'], [], ['b', 'x'], ['a', 'b']];
      for (const names of worlds) {
        const host = ['/cgroup/', ...names.map((name) => `/cgroup/${name}/`)];
        await adapter.reset({ ...cgroupSetup, host });
        const found = await adapter.play(
          by(1, ...['a', 'b', 'x'].map((name) => place(`/cgroup/${name}`))),
          'none',
        );
        expect(found.map(({ outcome }) => outcome.ok)).toEqual(
          ['a', 'b', 'x'].map((name) => names.includes(name)),
        );
        await adapter.reset({ ...cgroupSetup, host: ['/b/'] });
        expect(outcomes(await adapter.play(by(1, place('/cgroup')), 'none'))).toEqual(['ENOENT']);
        // Two that nobody touches.
        await adapter.reset(cgroupSetup);
        await adapter.play(by(1, create('HASH')), 'none');
      }
    }));

  it('makes room for those of the next run, however many the last one had', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      const namesOf = (letter: string): readonly string[] =>
        Array.from({ length: 10 }, (_, index) => `/cgroup/${letter}${index}`);
      // Nobody touches any.
      for (const letter of ['a', 'b', 'c']) {
        const host = ['/cgroup/', ...namesOf(letter).map((name) => `${name}/`)];
        await adapter.reset({ ...cgroupSetup, host });
        await adapter.play(by(1, create('HASH')), 'none');
      }
      const found = await adapter.play(by(1, ...namesOf('c').map(place)), 'none');
      expect(outcomes(found)).toEqual(namesOf('c').map((_, index) => 4 + index));
    }));

  it('belongs to one adapter: two do not see what the other attaches', (context) =>
    withLinux(context, (other) =>
      withLinux(context, async (adapter) => {
        needs(context, adapter, 'BPF_PROG_ATTACH');
        const steps = by(1, directory('/cgroup/a'), loadOf('CGROUP_SKB'), attachTo(3, 4, 'none'));
        for (const one of [other, adapter]) {
          await one.reset(cgroupSetup);
          expect(outcomes(await one.play(steps, 'none'))).toEqual([3, 4, 0]);
        }
        expect(outcomes(await other.play(by(1, attachTo(3, 4)), 'none'))).toEqual(['EPERM']);
      }),
    ));
});
