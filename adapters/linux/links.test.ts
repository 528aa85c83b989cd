/** Links, on Linux 6.18. */
import { describe, expect, it } from 'vitest';
import { infoValue, type Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { get, pin } from './name-calls.test-data.ts';
import {
  by,
  cgroupSetup,
  last,
  needs,
  outcomes,
  withLinux,
  leftOver,
} from './session.test-data.ts';
import {
  attach,
  attachTo,
  close,
  create,
  detachFrom,
  detachLink,
  directory,
  freeze,
  info,
  link,
  linkById,
  load,
  loadOf,
  lookup,
  mapById,
  nextLink,
  nextMap,
  nextProg,
  pair,
  progById,
  removeDirectory,
  run,
  update,
} from './short-calls.test-data.ts';

const attached = infoValue({ kind: 'link', state: 'attached' });
const defunct = infoValue({ kind: 'link', state: 'defunct' });

/** A cgroup (3), a program 1 for it (4), a link 2 (5), a socket filter 3 (6), a map 4 (7). */
const prelude: readonly Call[] = [
  directory('/cgroup/a'),
  loadOf('CGROUP_SKB'),
  link(4, 3),
  load(),
  create('PROG_ARRAY'),
  { call: 'mount', target: '/b' },
];

const createCases: readonly Case[] = [
  ['the same program once more', link(4, 3), 8],
  ['a closed fd as program', link(8, 3), 'EBADF'],
  ['a map as program', link(7, 3), 'EINVAL'],
  ['a link as program', link(5, 3), 'EINVAL'],
  ['a socket filter', link(6, 3), 'EINVAL'],
  ['a socket filter and a closed fd', link(6, 8), 'EINVAL'],
  ['a closed fd as cgroup', link(4, 8), 'EBADF'],
  ['/dev/null as cgroup', link(4, 0), 'EBADF'],
  ['a map as cgroup', link(4, 7), 'EBADF'],
  ['its program beside it', attachTo(3, 4), 0],
  ['its program alone', attachTo(3, 4, 'none'), 'EPERM'],
  ['its program detached', detachFrom(3, 4), 'ENOENT'],
];
itAnswersAsMeasured('BPF_LINK_CREATE, and beside a link', prelude, createCases, cgroupSetup);
itAnswersAsMeasured(
  'in a full table, BPF_LINK_CREATE',
  [...prelude.slice(0, 2), attachTo(3, 4, 'none'), load()],
  [
    ['a program on a cgroup of one', link(4, 3), 'EMFILE'],
    ['a socket filter', link(5, 3), 'EINVAL'],
    ['a closed fd', link(4, 9), 'EBADF'],
  ],
  { ...cgroupSetup, descriptors: 6 },
);
itAnswersAsMeasured(
  'a link',
  prelude,
  [
    ['detached', detachLink(5), 0],
    ['a closed fd detached', detachLink(8), 'EBADF'],
    ['a map detached', detachLink(7), 'EINVAL'],
    ['a program detached', detachLink(4), 'EINVAL'],
    ['/dev/null detached', detachLink(0), 'EINVAL'],
    ['asked for information', info(5), attached],
    ['its flags', { call: 'fcntl', fd: 5, command: 'F_GETFD', argument: 0 }, 1],
    ['what it is for', { call: 'fcntl', fd: 5, command: 'F_GETFL', argument: 0 }, 0],
    ['run', run(5), 'EINVAL'],
    ['as a map of a program', load(5), 'EINVAL'],
    ['in a slot', update(7, 0, 5), 'EINVAL'],
    ['looked up', lookup(5, 0), 'EINVAL'],
    ['frozen', freeze(5), 'EINVAL'],
    ['as an inner map', create('ARRAY_OF_MAPS', { innerFd: 5 }), 'EINVAL'],
    ['as a filter', attach(0, 5), 'ENOTSOCK'],
    ['by id', linkById(2), 8],
    ['a program as a link by id', linkById(1), 'ENOENT'],
    ['none by id', linkById(5), 'ENOENT'],
    ['as a program by id', progById(2), 'ENOENT'],
    ['as a map by id', mapById(2), 'ENOENT'],
    ['a map behind it', mapById(4), 8],
    ['the first by id', nextLink(0), 2],
    ['the next behind its program', nextLink(1), 2],
    ['the next behind it', nextLink(2), 'ENOENT'],
    ['the next program behind it', nextProg(2), 3],
    ['the next map behind it', nextMap(0), 4],
  ],
  cgroupSetup,
);
itAnswersAsMeasured(
  'programs for cgroups and links as filters of sockets',
  [...prelude, pair],
  [
    ['a program', attach(8, 4), 'EINVAL'],
    ['a link', attach(8, 5), 'EINVAL'],
    ['a socket filter', attach(8, 6), 0],
  ],
  cgroupSetup,
);

describe('a link', () => {
  it('is an object of its own kind: by descriptor, by path, among what is alive', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      await adapter.reset(cgroupSetup);
      const answers = await adapter.play(by(1, ...prelude, pin('/b/m', 5), close(5)), 'last');
      const object = answers[2]?.object;
      const { sight } = last(answers);
      expect(sight?.processes[0]?.paths).toContainEqual(
        expect.objectContaining({ path: '/b/m', kind: 'link', object }),
      );
      expect(sight?.objects).toContainEqual({ id: object, kind: 'link' });
      expect(last(answers).alive).toHaveLength(4);
      const [got, ...others] = await adapter.play(by(1, get('/b/m'), info(5)), 'last');
      expect(got?.object).toBe(object);
      expect(outcomes(others)).toEqual([attached]);
      expect(last(others).sight?.processes[0]?.descriptors).toContainEqual({ fd: 5, object });
      expect(await adapter.alive([object ?? 0])).toEqual([object]);
    }));

  it('goes with the last descriptor, and its program with it, at once', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      await adapter.reset(cgroupSetup);
      const answers = await adapter.play(
        by(1, ...prelude.slice(0, 3), close(4), { call: 'dup', fd: 5 }, close(5), close(4)),
        'none',
      );
      expect(answers.map(({ alive }) => alive?.length)).toEqual([0, 1, 2, 2, 2, 2, 0]);
      expect(outcomes(await adapter.play(by(1, nextLink(0), linkById(2)), 'none'))).toEqual([
        'ENOENT',
        'ENOENT',
      ]);
    }));

  it('that only a pin held goes some time after the unlink, but can be opened no more', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      for (let times = 0; times < 10; times += 1) {
        await adapter.reset(cgroupSetup);
        await adapter.play(
          by(1, ...prelude.slice(0, 3), ...prelude.slice(5), pin('/b/m', 5)),
          'none',
        );
        await adapter.play(by(1, close(4), close(5)), 'none');
        const gone = await adapter.play(
          by(1, { call: 'unlink', path: '/b/m' }, linkById(2)),
          'none',
        );
        expect(outcomes(gone)).toEqual([0, 'ENOENT']);
        expect(await leftOver(adapter)).toEqual([]);
      }
    }));

  it('is defunct once detached: it holds its program, and the cgroup is empty', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      await adapter.reset(cgroupSetup);
      const answers = await adapter.play(
        by(
          1,
          ...prelude.slice(0, 3),
          detachLink(5),
          detachLink(5),
          info(5),
          attachTo(3, 4, 'none'),
        ),
        'none',
      );
      expect(outcomes(answers).slice(3)).toEqual([0, 0, defunct, 0]);
      const after = await adapter.play(by(1, detachFrom(3, 4), close(4)), 'none');
      expect(last(after).alive).toHaveLength(2);
    }));

  it('is defunct some time after its cgroup was removed', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      await adapter.reset(cgroupSetup);
      await adapter.play(by(1, ...prelude.slice(0, 3), removeDirectory('/cgroup/a')), 'none');
      await adapter.settle();
      const answers = await adapter.play(by(1, info(5), detachLink(5), close(4), close(5)), 'none');
      expect(outcomes(answers)).toEqual([defunct, 0, 0, 0]);
      expect(answers.map(({ alive }) => alive?.length)).toEqual([2, 2, 2, 0]);
    }));

  it('can be sent, and lives on an exec', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_LINK_CREATE');
      needs(context, adapter, 'execve');
      await adapter.reset(cgroupSetup);
      const answers = await adapter.play(
        by(
          1,
          ...prelude.slice(0, 3),
          { call: 'fcntl', fd: 5, command: 'F_SETFD', argument: 0 },
          { call: 'execve' },
          info(5),
          detachLink(5),
          info(5),
        ),
        'last',
      );
      expect(outcomes(answers).slice(4)).toEqual([0, attached, 0, defunct]);
      expect(last(answers).alive).toHaveLength(2);
      const sent = await adapter.play(
        by(1, pair, { call: 'sendmsg', fd: 4, fds: [5] }, close(5)),
        'none',
      );
      expect(last(sent).alive).toHaveLength(2);
      await adapter.play(by(1, close(4), close(6)), 'none');
      expect(await leftOver(adapter)).toEqual([]);
    }));
});
