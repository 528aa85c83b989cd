import { describe, expect, it } from 'vitest';
import type { Sight } from '../../model/vocabulary/index.ts';
import { by, hashMap, last, outcomes, setup, withLinux, leftOver } from './session.test-data.ts';

const pathsOf = (sight: Sight | undefined, pid: number): readonly string[] =>
  sight?.processes.find((process) => process.pid === pid)?.paths.map(({ path }) => path) ?? [];

describe('descriptors', () => {
  it('start at 3 and take the lowest free number', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          hashMap,
          { call: 'dup', fd: 3 },
          { call: 'BPF_PROG_LOAD', mapFd: 3 },
          { call: 'close', fd: 4 },
          hashMap,
        ),
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 4, 5, 0, 4]);
      const [map, copy, program, , second] = answers.map(({ object }) => object);
      expect(copy).toBe(map);
      expect(last(answers).sight?.processes).toMatchObject([
        {
          pid: 1,
          descriptors: [
            { fd: 3, object: map },
            { fd: 4, object: second },
            { fd: 5, object: program },
          ],
        },
      ]);
      expect(last(answers).sight?.objects.map(({ id, kind }) => [id, kind])).toEqual(
        [
          [map, 'map'],
          [second, 'map'],
          [program, 'program'],
        ].sort(([a], [b]) => Number(a) - Number(b)),
      );
    }));

  it('end in EMFILE at the limit, and a pin needs none', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, descriptors: 5 });
      const answers = await adapter.play(
        by(
          1,
          { call: 'mount', target: '/b' },
          hashMap,
          hashMap,
          hashMap,
          { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
          { call: 'BPF_OBJ_GET', path: '/b/m' },
          { call: 'dup', fd: 3 },
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([0, 3, 4, 'EMFILE', 0, 'EMFILE', 'EMFILE']);
    }));
});

describe('processes', () => {
  it('inherit descriptors by fork and lose them alone', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, hashMap, { call: 'fork' }),
          ...by(2, { call: 'close', fd: 3 }, hashMap, { call: 'fork' }),
          ...by(3, { call: 'exit_group' }),
          ...by(1, { call: 'close', fd: 3 }),
        ],
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 2, 0, 3, 3, 0, 0]);
      const second = answers[3]?.object;
      expect(last(answers).alive).toEqual([second]);
      expect(
        last(answers).sight?.processes.map(({ pid, descriptors }) => [pid, descriptors]),
      ).toEqual([
        [1, []],
        [2, [{ fd: 3, object: second }]],
      ]);
    }));

  it('answer ESRCH once they have ended, as victims and as callers', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, { call: 'fork' }, { call: 'kill', pid: 2 }, { call: 'kill', pid: 2 }),
          ...by(2, hashMap),
          ...by(1, { call: 'kill', pid: 9 }, { call: 'fork' }, { call: 'kill', pid: 1 }),
          ...by(1, hashMap),
          ...by(3, { call: 'exit_group' }),
        ],
        'last',
      );
      expect(outcomes(answers)).toEqual([2, 0, 'ESRCH', 'ESRCH', 'ESRCH', 3, 0, 'ESRCH', 0]);
      expect(last(answers).sight).toEqual({ processes: [], objects: [] });
    }));
});

describe('pins', () => {
  it('survive the process that made them and hold a map with its content', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, { call: 'mount', target: '/b' }, { call: 'fork' }),
          ...by(
            2,
            hashMap,
            { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 1, value: 4_000_000_000, flag: 'BPF_ANY' },
            { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
          ),
          ...by(1, { call: 'kill', pid: 2 }),
        ],
        'last',
      );
      const map = answers[2]?.object;
      expect(last(answers).alive).toEqual([map]);
      expect(last(answers).sight?.objects).toEqual([
        { id: map, kind: 'map', content: [null, 4_000_000_000] },
      ]);
      const again = await adapter.play(
        by(
          1,
          { call: 'BPF_OBJ_GET', path: '/b/m' },
          { call: 'BPF_MAP_LOOKUP_ELEM', fd: 3, key: 1 },
          { call: 'close', fd: 3 },
          { call: 'unlink', path: '/b/m' },
        ),
        'none',
      );
      expect(outcomes(again)).toEqual([3, 4_000_000_000, 0, 0]);
      expect(again[0]?.object).toBe(map);
      expect(last(again).alive).toEqual([]);
    }));

  it('are named by path, kind and object in a sight, and only inside a bpffs', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({
        ...setup,
        watch: ['/', '/b', '/b/d', '/b/m', '/b/p', '/b/x', '/file'],
      });
      const answers = await adapter.play(
        by(
          1,
          { call: 'mount', target: '/b' },
          hashMap,
          { call: 'BPF_PROG_LOAD', mapFd: null },
          { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
          { call: 'BPF_OBJ_PIN', path: '/b/p', fd: 4 },
          { call: 'mkdir', path: '/b/d' },
        ),
        'last',
      );
      const paths = last(answers).sight?.processes[0]?.paths;
      expect(paths?.map(({ path, kind, object }) => [path, kind, object])).toEqual([
        ['/b', 'directory', 0],
        ['/b/d', 'directory', 0],
        ['/b/m', 'map', answers[1]?.object],
        ['/b/p', 'program', answers[2]?.object],
      ]);
    }));
});

describe('mounts and namespaces', () => {
  it('make an instance for every mount, and a bind shows the same one', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, watch: ['/b', '/c', '/c/sub'] });
      const instances = async (): Promise<readonly (number | undefined)[]> => {
        const { processes } = await adapter.settle();
        return ['/b', '/c'].map(
          (path) => processes[0]?.paths.find((seen) => seen.path === path)?.instance,
        );
      };
      await adapter.play(
        by(1, { call: 'mount', target: '/b' }, { call: 'mount', target: '/c' }),
        'none',
      );
      const [first, second] = await instances();
      expect(first).toBeGreaterThan(0);
      expect(second).toBeGreaterThan(Number(first));
      await adapter.play(by(1, { call: 'bind', source: '/b', target: '/c' }), 'none');
      expect(await instances()).toEqual([first, first]);
    }));

  it('keep apart what is mounted after unshare, and share what was there before', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, { call: 'mount', target: '/b' }, { call: 'fork' }),
          ...by(2, { call: 'unshare' }, { call: 'mount', target: '/c' }, hashMap),
          ...by(
            2,
            { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
            { call: 'BPF_OBJ_PIN', path: '/c/m', fd: 3 },
          ),
        ],
        'last',
      );
      const { sight } = last(answers);
      expect(pathsOf(sight, 1)).toEqual(['/b', '/b/m']);
      expect(pathsOf(sight, 2)).toEqual(['/b', '/b/m', '/c', '/c/m']);
      const namespaces = sight?.processes.map(({ namespace }) => namespace) ?? [];
      expect(new Set(namespaces).size).toBe(2);
      const after = await adapter.play(by(1, { call: 'kill', pid: 2 }), 'last');
      expect(last(after).alive).toEqual([answers[4]?.object]);
    }));
});

describe('the end of things', () => {
  it('lets a map go that only a dead program used, some time after it', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          hashMap,
          { call: 'BPF_PROG_LOAD', mapFd: 3 },
          { call: 'close', fd: 3 },
          { call: 'close', fd: 4 },
        ),
        'none',
      );
      const [map, program] = answers.map(({ object }) => object);
      expect(answers[2]?.alive).toEqual([map, program].sort((a, b) => Number(a) - Number(b)));
      expect(last(answers).alive).toEqual([map]);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('comes for everything of a run with the next reset', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, { call: 'mount', target: '/b' }, hashMap, {
          call: 'BPF_OBJ_PIN',
          path: '/b/m',
          fd: 3,
        }),
        'none',
      );
      const ids = last(answers).alive ?? [];
      expect(await adapter.alive([1_999_999_999, ...ids])).toEqual(ids);
      await adapter.reset(setup);
      expect(await adapter.alive(ids)).toEqual([]);
      const fresh = await adapter.play(by(1, { call: 'BPF_OBJ_GET', path: '/b/m' }), 'each');
      expect(outcomes(fresh)).toEqual(['ENOENT']);
      expect(last(fresh).sight).toMatchObject({ processes: [{ pid: 1, paths: [] }], objects: [] });
    }));
});
