/** Filters of tc on a device, on Linux 6.18. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { by, eventually, last, needs, outcomes, setup, withLinux } from './session.test-data.ts';
import {
  addFilter,
  close,
  create,
  deleteFilter,
  deleteQdisc,
  load,
  loadOf,
  replaceFilter,
  run,
} from './short-calls.test-data.ts';

/** Two classifiers (3, 4), a socket filter (5), a map (6); 7 is free. */
const prelude: readonly Call[] = [loadOf('SCHED_CLS'), loadOf('SCHED_CLS'), load(), create('HASH')];
const [incoming, outgoing] = ['ingress', 'egress'] as const;

const emptyCases: readonly Case[] = [
  ['add', addFilter(incoming, 3), 0],
  ['add the other way', addFilter(outgoing, 3), 0],
  ['replace', replaceFilter(incoming, 3), 0],
  ['add a closed fd', addFilter(incoming, 7), 'EBADF'],
  ['add fd -1', addFilter(incoming, -1), 'EBADF'],
  ['replace by a closed fd', replaceFilter(incoming, 7), 'EBADF'],
  ['add a map', addFilter(incoming, 6), 'EINVAL'],
  ['add /dev/null', addFilter(incoming, 0), 'EINVAL'],
  ['add a socket filter', addFilter(incoming, 5), 'EINVAL'],
  ['delete', deleteFilter(incoming), 'ENOENT'],
  ['delete the qdisc', deleteQdisc, 0],
  ['a test run', run(3), 0],
  // Where a socket of the agent's own may be for a moment.
  ...Array.from({ length: setup.descriptors + 12 }, (_, beyond): Case => {
    const fd = 8 + beyond;
    return [`add fd ${fd}, closed`, addFilter(incoming, fd), 'EBADF'];
  }),
];
itAnswersAsMeasured('calls on an empty qdisc', prelude, emptyCases);
itAnswersAsMeasured(
  'calls on a qdisc with a filter',
  [...prelude, addFilter(incoming, 3)],
  [
    ['add', addFilter(incoming, 4), 'EEXIST'],
    ['add a closed fd', addFilter(incoming, 7), 'EEXIST'],
    ['add the other way', addFilter(outgoing, 4), 0],
    ['replace', replaceFilter(incoming, 4), 0],
    ['replace by a closed fd', replaceFilter(incoming, 7), 'EBADF'],
    ['replace by a socket filter', replaceFilter(incoming, 5), 'EINVAL'],
    ['delete', deleteFilter(incoming), 0],
    ['delete the other way', deleteFilter(outgoing), 'ENOENT'],
    ['delete the qdisc', deleteQdisc, 0],
  ],
);
itAnswersAsMeasured(
  'calls without a qdisc',
  [...prelude, addFilter(incoming, 3), deleteQdisc],
  [
    ['add', addFilter(incoming, 3), 'EINVAL'],
    ['add a closed fd', addFilter(incoming, 7), 'EINVAL'],
    ['replace', replaceFilter(incoming, 3), 'EINVAL'],
    ['delete', deleteFilter(incoming), 'EINVAL'],
    ['delete the qdisc', deleteQdisc, 'EINVAL'],
  ],
);
itAnswersAsMeasured(
  'calls in a full table',
  [loadOf('SCHED_CLS'), create('HASH')],
  [
    ['add', addFilter(incoming, 3), 0],
    ['add a closed fd', addFilter(incoming, 5), 'EBADF'],
    ['delete', deleteFilter(incoming), 'ENOENT'],
    ['delete the qdisc', deleteQdisc, 0],
  ],
  { ...setup, descriptors: 5 },
);

describe('a filter', () => {
  it('holds its program, which goes, with its map, some time after the filter', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'RTM_NEWTFILTER');
      const start = [create('ARRAY'), loadOf('SCHED_CLS', 3), addFilter(incoming, 4)];
      for (const ends of [
        [deleteFilter(incoming)],
        [loadOf('SCHED_CLS'), replaceFilter(incoming, 3), close(3), deleteFilter(incoming)],
        [deleteQdisc],
      ]) {
        await adapter.reset(setup);
        const held = await adapter.play(by(1, ...start, close(3), close(4)), 'none');
        expect(last(held).alive).toHaveLength(2);
        const answers = await adapter.play(by(1, ...ends), 'none');
        expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
        const isGone = async () => (await adapter.settle()).objects.length === 0;
        expect(await eventually(isGone)).toBe(true);
      }
    }));

  it('is gone in the next run, and the qdisc is back', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'RTM_NEWTFILTER');
      for (const calls of [
        [addFilter(incoming, 3), addFilter(outgoing, 3)],
        [addFilter(incoming, 3), deleteFilter(incoming), addFilter(outgoing, 3)],
        [addFilter(outgoing, 3), deleteQdisc],
        [],
      ]) {
        await adapter.reset(setup);
        const answers = await adapter.play(by(1, loadOf('SCHED_CLS'), ...calls), 'none');
        expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
      }
    }));

  it('is seen by all processes, and by those of this adapter only', (context) =>
    withLinux(context, (other) =>
      withLinux(context, async (adapter) => {
        needs(context, adapter, 'RTM_NEWTFILTER');
        const answers = await adapter.play(
          [
            ...by(1, loadOf('SCHED_CLS'), { call: 'clone' }, { call: 'fork' }),
            ...by(2, { call: 'unshare' }, addFilter(incoming, 3)),
            ...by(3, addFilter(incoming, 3), deleteFilter(incoming)),
          ],
          'last',
        );
        expect(outcomes(answers)).toEqual([3, 2, 3, 0, 0, 'EEXIST', 0]);
        const [, added] = await other.play(
          by(1, loadOf('SCHED_CLS'), addFilter(incoming, 3)),
          'none',
        );
        expect(added?.outcome).toEqual({ ok: true, value: 0 });
      }),
    ));

  it('leaves the limit of descriptors, and the table, as they are', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'RTM_NEWTFILTER');
      for (const descriptors of [4, 5]) {
        await adapter.reset({ ...setup, descriptors });
        const answers = await adapter.play(
          by(1, loadOf('SCHED_CLS'), addFilter(incoming, 3), create('HASH'), create('HASH')),
          'last',
        );
        expect(outcomes(answers)).toEqual([3, 0, descriptors === 5 ? 4 : 'EMFILE', 'EMFILE']);
        expect(last(answers).sight?.processes[0]?.descriptors).toHaveLength(descriptors - 3);
      }
    }));

  it('is made by a new program as by the old one', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'RTM_NEWTFILTER');
      needs(context, adapter, 'execve');
      const kept: Call = { call: 'fcntl', fd: 3, command: 'F_SETFD', argument: 0 };
      const answers = await adapter.play(
        by(
          1,
          loadOf('SCHED_CLS'),
          kept,
          { call: 'execve' },
          addFilter(incoming, 3),
          create('HASH'),
        ),
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 0, 0, 0, 4]);
      expect(last(answers).sight?.processes[0]?.descriptors).toHaveLength(2);
    }));
});
