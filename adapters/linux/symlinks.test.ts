/** Paths through symbolic links in a bpffs, on Linux 6.18. */
import { describe, expect, it } from 'vitest';
import type { Call, Step } from '../../model/vocabulary/index.ts';
import type { Adapter } from '../contract/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import {
  bind,
  get,
  makeDirectory,
  mount,
  name,
  pin,
  rename,
  shown,
  stat,
  symlink,
  unlink,
  unmount,
} from './name-calls.test-data.ts';
import {
  by,
  cgroupSetup,
  hashMap,
  last,
  needs,
  outcomes,
  setup,
  withLinux,
} from './session.test-data.ts';
import {
  attachTo,
  close,
  directory,
  link,
  load,
  loadOf,
  place,
  removeDirectory,
} from './short-calls.test-data.ts';

/** fd 3: a map, pinned at /b/x and /b/d/x. */
const links: readonly Call[] = [
  ...[hashMap, mount('/b'), pin('/b/x'), makeDirectory('/b/d'), pin('/b/d/x')],
  ...[symlink('x', '/b/pin'), symlink('/b/d', '/b/dir'), symlink('none', '/b/dangling')],
  ...[symlink('loop', '/b/loop'), symlink('x/', '/b/slash'), symlink('q.q', '/b/dot')],
  ...[symlink('../c', '/b/host'), symlink('../../file', '/b/d/file')],
];

const followed: readonly Case[] = [
  ['get of a pin', get('/b/pin'), 4],
  ['get through a directory', get('/b/dir/x'), 4],
  ['get of a directory', get('/b/dir'), 'EACCES'],
  ['get of nothing', get('/b/dangling'), 'ENOENT'],
  ['get of a loop', get('/b/loop'), 'ELOOP'],
  ['get through a loop', get('/b/loop/x'), 'ELOOP'],
  ['get through a pin', get('/b/pin/x'), 'ENOTDIR'],
  ['get with a slash', get('/b/pin/'), 'ENOTDIR'],
  ['get with a slash in the target', get('/b/slash'), 'ENOTDIR'],
  ['get of a name with a dot', get('/b/dot'), 'EPERM'],
  ['get of a file of the host', get('/b/dir/file'), 'EACCES'],
  ['stat of a directory', stat('/b/dir/'), shown('directory', 2)],
  ['stat of a pin', stat('/b/pin'), shown('file', 1)],
  ['open of a directory', directory('/b/host'), 4],
  ['open of a file as a directory', directory('/b/d/file'), 'ENOTDIR'],
  ['open of a place', place('/b/d/file'), 4],
  ['mount on a directory', mount('/b/dir'), 0],
  ['mount on nothing', mount('/b/dangling'), 'ENOENT'],
  ['bind of a pin on a file', bind('/b/pin', '/b/d/file'), 0],
  ['umount of no mount point', unmount('/b/dir'), 'EINVAL'],
  ['umount of a pin with a slash', unmount('/b/pin/'), 'ENOTDIR'],
  ['mkdir through a directory', makeDirectory('/b/dir/new'), 0],
];
itAnswersAsMeasured('symbolic links: what is followed', links, followed);

const kept: readonly Case[] = [
  ['pin', pin('/b/dangling'), 'EEXIST'],
  ['pin with a slash', pin('/b/dangling/'), 'EEXIST'],
  ['mkdir', makeDirectory('/b/dangling/'), 'EEXIST'],
  ['symlink', symlink('x', '/b/loop'), 'EEXIST'],
  ['rmdir', removeDirectory('/b/dir'), 'ENOTDIR'],
  ['rmdir with a slash', removeDirectory('/b/dir/'), 'ENOTDIR'],
  ['unlink', unlink('/b/loop'), 0],
  ['unlink with a slash', unlink('/b/dir/'), 'ENOTDIR'],
  ['another name for it', name('/b/dangling', '/b/new'), 0],
  ['another name, with a slash for its directory', name('/b/dir/', '/b/new'), 'EPERM'],
  ['another name, with a slash for nothing', name('/b/dangling/', '/b/new'), 'ENOENT'],
  ['another name, with a slash for a pin', name('/b/pin/', '/b/new'), 'ENOTDIR'],
  ['it as another name', name('/b/x', '/b/dangling'), 'EEXIST'],
  ['rename', rename('/b/loop', '/b/new'), 0],
  ['rename with a slash', rename('/b/dir/', '/b/new'), 'ENOTDIR'],
  ['rename over it', rename('/b/x', '/b/dir'), 0],
  ['rename of a directory over it', rename('/b/d', '/b/dir'), 'ENOTDIR'],
];
itAnswersAsMeasured('symbolic links: what is not followed', links, kept);

const chain = Array.from({ length: 41 }, (_, k) =>
  symlink(k === 0 ? 'x' : `l${k}`, `/b/l${k + 1}`),
);
const padding = './'.repeat(2047);
itAnswersAsMeasured(
  'long ways',
  [...links, ...chain, symlink(`${padding}x`, '/b/far'), symlink('n'.repeat(256), '/b/long')],
  [
    ['40 links', get('/b/l40'), 4],
    ['41 links', get('/b/l41'), 'ELOOP'],
    ['40 links, one of them on the way', get('/b/dir/../l39'), 4],
    ['41 links, one of them on the way', get('/b/dir/../l40'), 'ELOOP'],
    ['40 links twice in one call', bind('/b/l40', '/b/l40'), 0],
    ['a target of 4095 bytes', get('/b/far'), 4],
    ['a target with a name of 256 bytes', get('/b/long'), 'ENAMETOOLONG'],
  ],
);

describe('a watched path through symbolic links', () => {
  it('shows what it leads to in a bpffs, and else nothing', (context) =>
    withLinux(context, async (adapter) => {
      const targets = {
        ...{ map: 'x', program: '/b/p', directory: 'd', chain: 'map', up: '../c/other' },
        ...{ host: '/c/sub', file: '/file', root: '/', none: 'none', loop: 'loop', slash: 'x/' },
        ...{ null: '/dev/null', own: '/proc/self/root/b', dot: 'q.q', beyond: '../../../b/x' },
      };
      const watch = Object.keys(targets).map((at) => `/b/${at}`);
      await adapter.reset({ ...setup, watch: [...watch, '/b/directory/x', '/b/root/b/x'] });
      const answers = await adapter.play(
        by(
          1,
          ...[hashMap, load(), mount('/b'), pin('/b/x'), pin('/b/p', 4)],
          ...[makeDirectory('/b/d'), pin('/b/d/x', 4), mount('/c'), pin('/c/other')],
          ...Object.entries(targets).map(([at, target]) => symlink(target, `/b/${at}`)),
        ),
        'last',
      );
      expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
      const [map, program] = answers.map(({ object }) => object);
      const paths = last(answers).sight?.processes[0]?.paths;
      expect(paths?.map(({ path, kind, object }) => [path, kind, object])).toEqual([
        ['/b/map', 'map', map],
        ['/b/program', 'program', program],
        ['/b/directory', 'directory', 0],
        ['/b/chain', 'map', map],
        ['/b/up', 'map', map],
        ['/b/beyond', 'map', map],
        ['/b/directory/x', 'program', program],
        ['/b/root/b/x', 'map', map],
      ]);
      const instances = paths?.map(({ instance }) => instance) ?? [];
      expect(new Set(instances.filter((_, k) => k !== 4)).size).toBe(1);
      expect(instances[4]).not.toBe(instances[0]);
    }));

  it('shows what the process sees there, and not another', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, watch: ['/b/l'] });
      const answers = await adapter.play(
        [
          ...by(1, hashMap, mount('/b'), symlink('/c/m', '/b/l'), { call: 'fork' }),
          ...by(2, { call: 'unshare' }, mount('/c'), pin('/c/m')),
        ],
        'last',
      );
      const { processes } = last(answers).sight ?? {};
      expect(processes?.map(({ pid, paths }) => [pid, paths.map(({ kind }) => kind)])).toEqual([
        [1, []],
        [2, ['map']],
      ]);
    }));

  it('shows nothing of a cgroup', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      await adapter.reset({ ...cgroupSetup, watch: ['/b/l', '/b/l/cgroup.procs', '/b'] });
      const answers = await adapter.play(by(1, mount('/b'), symlink('/cgroup/a', '/b/l')), 'last');
      expect(last(answers).sight?.processes[0]?.paths.map(({ path }) => path)).toEqual(['/b']);
    }));
});

/** The steps succeed in a run of their own, and its cgroup a is fresh in the next. */
async function expectFreshAfter(adapter: Adapter, steps: readonly Step[]): Promise<void> {
  await adapter.reset(cgroupSetup);
  const answers = await adapter.play([...by(1, mount('/b')), ...steps], 'none');
  expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
  await adapter.reset(cgroupSetup);
  const next = by(1, directory('/cgroup/a'), loadOf('CGROUP_SKB'), attachTo(3, 4, 'none'));
  expect(outcomes(await adapter.play(next, 'none'))).toEqual([3, 4, 0]);
}

describe('a cgroup that is reached through symbolic links', () => {
  const ways: readonly (readonly [path: string, ...way: readonly Call[]])[] = [
    ['/b/l', symlink('/cgroup/a', '/b/l')],
    ['/b/l/a', symlink('../cgroup', '/b/l')],
    ['/b/l/cgroup/a', symlink('/', '/b/l')],
    ['/b/two', symlink('/cgroup', '/b/one'), symlink('one/a', '/b/two')],
    ['/b/n/a', symlink('/cgroup', '/b/l'), name('/b/l', '/b/k'), rename('/b/k', '/b/n')],
    ['/c/a', symlink('/cgroup', '/b/l'), bind('/b/l', '/c')],
    ['/c/l/a', symlink('/cgroup', '/b/l'), bind('/b', '/c')],
    ['/c/b/../a', bind('/cgroup', '/c')],
  ];
  for (const [path, ...way] of ways) {
    it(`is fresh in the next run, and back: ${path}`, (context) =>
      withLinux(context, async (adapter) => {
        needs(context, adapter, 'BPF_PROG_ATTACH');
        const held = [...way, directory(path), loadOf('CGROUP_SKB')];
        await expectFreshAfter(adapter, by(1, ...held, attachTo(3, 4)));
        await expectFreshAfter(adapter, by(1, ...held, link(4, 3), close(5), attachTo(3, 4)));
        await expectFreshAfter(adapter, by(1, ...way, removeOf(path)));
      }));
  }

  it('is fresh in the next run where another namespace renamed what it is mounted on', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'BPF_PROG_ATTACH');
      await expectFreshAfter(adapter, [
        ...by(1, { call: 'fork' }),
        ...by(2, { call: 'unshare' }, unmount('/cgroup'), rename('/cgroup', '/moved')),
        ...by(1, directory('/moved/a'), loadOf('CGROUP_SKB'), attachTo(3, 4)),
      ]);
    }));
});

/** A link itself cannot be removed as a directory: what it leads to can, by its name. */
const removeOf = (path: string): Call =>
  path.endsWith('/a') ? removeDirectory(path) : removeDirectory(`${path}/../a`);
