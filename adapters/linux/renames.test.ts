/** What a rename does: to pins and their objects, and to mounts in other namespaces. */
import { describe, expect, it } from 'vitest';
import type { Call, Sight, Step } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured } from './cases.test-data.ts';
import {
  bind,
  exchange,
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
import { by, hashMap, last, outcomes, setup, withLinux, leftOver } from './session.test-data.ts';
import { close, create } from './short-calls.test-data.ts';

const watch = ['/b', '/b/x', '/b/y', '/b/d', '/b/e', '/b/n', '/b/d/in', '/b/e/in', '/b/n/in'];

/** What a process sees, without the root of the instance; `*` for what is not of that instance. */
function seen(sight: Sight | undefined, pid: number): string {
  const paths = sight?.processes.find((process) => process.pid === pid)?.paths ?? [];
  const [root] = paths;
  return paths
    .slice(1)
    .map(({ path, instance }) => `${path}${instance === root?.instance ? '' : '*'}`)
    .join(' ');
}

describe('the object of a pin', () => {
  it('is held as long as one of its names is there', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          ...[mount('/b'), hashMap, pin('/b/x'), close(3), name('/b/x', '/b/y')],
          ...[unlink('/b/x'), get('/b/y'), close(3), unlink('/b/y')],
        ),
        'none',
      );
      const map = answers[1]?.object;
      expect(outcomes(answers)).toEqual([0, 3, 0, 0, 0, 0, 3, 0, 0]);
      expect(answers[6]?.object).toBe(map);
      expect(answers[7]?.alive).toEqual([map]);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('is let go with the last name, by a rename over it', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, watch });
      const answers = await adapter.play(
        by(
          1,
          ...[mount('/b'), hashMap, create('ARRAY'), pin('/b/x'), pin('/b/y', 4)],
          ...[close(3), close(4), rename('/b/x', '/b/y')],
        ),
        'none',
      );
      const { objects, processes } = await adapter.settle();
      expect(objects.map(({ id }) => id)).toEqual([answers[1]?.object]);
      expect(processes[0]?.paths).toMatchObject([
        { path: '/b', kind: 'directory' },
        { path: '/b/y', kind: 'map', object: answers[1]?.object },
      ]);
    }));

  it('changes places by an exchange, also with a symbolic link', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, watch });
      const answers = await adapter.play(
        by(
          1,
          ...[mount('/b'), hashMap, pin('/b/x'), symlink('n', '/b/y'), makeDirectory('/b/n')],
          exchange('/b/x', '/b/y'),
        ),
        'last',
      );
      expect(last(answers).sight?.processes[0]?.paths).toMatchObject([
        { path: '/b', kind: 'directory' },
        { path: '/b/x', kind: 'directory' },
        { path: '/b/y', kind: 'map', object: answers[1]?.object },
        { path: '/b/n', kind: 'directory' },
      ]);
    }));
});

/** Process 2, in a namespace of its own, has a bpffs with a pin on /b/d. */
const mounted: readonly Step[] = [
  ...by(1, mount('/b'), hashMap, makeDirectory('/b/d'), makeDirectory('/b/e')),
  ...by(1, pin('/b/x'), pin('/b/y'), { call: 'fork' }),
  ...by(2, { call: 'unshare' }, mount('/b/d'), pin('/b/d/in')),
];

describe('a mount in another namespace', () => {
  const cases = [
    ['moves along', [rename('/b/d', '/b/n')], '/b/x /b/y /b/e /b/n* /b/n/in*'],
    ['goes with what is renamed over', [rename('/b/e', '/b/d')], '/b/x /b/y /b/d'],
    ['moves along over what is there', [rename('/b/d', '/b/e')], '/b/x /b/y /b/e* /b/e/in*'],
    [
      'stays on what it is on in an exchange',
      [exchange('/b/d', '/b/e')],
      '/b/x /b/y /b/d /b/e* /b/e/in*',
    ],
    [
      'stays on what it is on in an exchange the other way round',
      [exchange('/b/x', '/b/d')],
      '/b/x* /b/y /b/d /b/e',
    ],
    [
      'is out of reach in what moved under it',
      [rename('/b/e', '/b/d/n'), rename('/b/d', '/b/n')],
      '/b/x /b/y /b/n* /b/n/in*',
    ],
  ] as const;
  for (const [what, renames, expected] of cases) {
    it(what, (context) =>
      withLinux(context, async (adapter) => {
        await adapter.reset({ ...setup, watch });
        const answers = await adapter.play([...mounted, ...by(1, ...renames)], 'last');
        expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
        expect(seen(last(answers).sight, 2)).toBe(expected);
      }),
    );
  }

  it('stays where a rename does nothing', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, watch });
      const answers = await adapter.play(
        [
          ...by(1, mount('/b'), hashMap, pin('/b/x'), name('/b/x', '/b/y'), mount('/c')),
          ...by(1, pin('/c/m'), { call: 'fork' }),
          ...by(2, { call: 'unshare' }, bind('/c/m', '/b/y')),
          ...by(1, rename('/b/x', '/b/y')),
        ],
        'last',
      );
      expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
      expect(seen(last(answers).sight, 2)).toBe('/b/x /b/y*');
    }));

  it('does not keep another namespace from it, but its own', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [...mounted, ...by(2, rename('/b/d', '/b/n')), ...by(1, rename('/b/d', '/b/n'))],
        'none',
      );
      expect(outcomes(answers.slice(-2))).toEqual(['EBUSY', 0]);
    }));
});

/** /c shows /b/d, and a mount on /c/s/u is there by that way only. */
const twice: readonly Call[] = [
  ...[mount('/b'), makeDirectory('/b/d'), makeDirectory('/b/d/s'), makeDirectory('/b/d/s/u')],
  ...[bind('/b/d', '/c'), mount('/c/s/u'), makeDirectory('/c/s/u/in')],
];
itAnswersAsMeasured('where an instance is mounted twice, calls', twice, [
  ['rename of the root of a mount', rename('/b/d', '/b/n'), 0],
  ['rename of what a mount is below', rename('/c/s', '/c/t'), 0],
  ['rename of what a mount is on by the other way', rename('/b/d/s/u', '/b/n'), 'EBUSY'],
  ['rename from one way to the other', rename('/c/s', '/b/d/t'), 'EXDEV'],
  ['link from one way to the other', name('/c/s', '/b/d/t'), 'EXDEV'],
]);
itAnswersAsMeasured(
  'of a mount that was moved out of reach, calls',
  [...twice, rename('/b/d/s', '/b/t')],
  [
    ['stat of where it was', stat('/c/s'), 'ENOENT'],
    ['stat of where it is not', stat('/b/t/u/in'), 'ENOENT'],
    ['umount of its parent', unmount('/c'), 'EBUSY'],
    ['rename of what it is on', rename('/b/t/u', '/b/u'), 'EBUSY'],
    ['rename of what it is below', rename('/b/t', '/b/d/s'), 0],
  ],
);
itAnswersAsMeasured(
  'of a mount that was moved out of reach and back, calls',
  [...twice, rename('/b/d/s', '/b/t'), rename('/b/t', '/b/d/r')],
  [
    ['stat', stat('/c/r/u/in'), shown('directory', 2)],
    ['umount', unmount('/c/r/u'), 0],
  ],
);
itAnswersAsMeasured(
  'of a directory that was renamed over and is still mounted, calls',
  [...twice.slice(0, 4), bind('/b/d/s/u', '/c'), makeDirectory('/b/n'), rename('/b/n', '/b/d/s/u')],
  [
    ['stat', stat('/c'), shown('directory', 0)],
    ['stat of what took its place', stat('/b/d/s/u'), shown('directory', 2)],
    ['stat of the directory of both', stat('/b/d/s'), shown('directory', 3)],
    ['stat of where that was', stat('/b'), shown('directory', 3)],
    ['mkdir', makeDirectory('/c/n'), 'ENOENT'],
    ['umount', unmount('/c'), 0],
  ],
);
