import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call, Step } from '../../model/vocabulary/index.ts';
import { fail, succeed } from '../../model/vocabulary/index.ts';
import { createExec } from './index.ts';

const script = join(import.meta.dirname, 'example', 'pins.py');
const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const skipped = hasPython ? '' : ' (SKIPPED: there is no python3)';

const setup = {
  host: ['/mnt/', '/mnt/a/', '/file'],
  watch: ['/mnt/a', '/mnt/a/m', '/file'],
  descriptors: 6,
};
const steps = (...calls: readonly Call[]): readonly Step[] =>
  calls.map((call) => ({ pid: 1, call }));
const create = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_ARRAY',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
} as const;

describe.skipIf(!hasPython)(`the example in Python${skipped}`, () => {
  it('says what it is, plays a run and shows what came of it', async () => {
    const adapter = await createExec(`python3 '${script}'`);
    try {
      expect(adapter.hello).toMatchObject({ name: 'pins.py', descriptors: 'lowest' });
      await adapter.reset(setup);
      const made = await adapter.play(
        steps({ call: 'mount', target: '/mnt/a' }, create, { call: 'dup', fd: 3 }),
        'none',
      );
      expect(made).toEqual([
        { outcome: succeed(0), alive: [] },
        { outcome: succeed(3), alive: [1], object: 1 },
        { outcome: succeed(4), alive: [1], object: 1 },
      ]);
      const pinned = await adapter.play(
        steps(
          { call: 'BPF_OBJ_PIN', path: '/mnt/a/m', fd: 3 },
          { call: 'close', fd: 3 },
          { call: 'close', fd: 4 },
          { call: 'BPF_OBJ_GET', path: '/mnt/a/m' },
        ),
        'last',
      );
      expect(pinned[3]).toEqual({
        outcome: succeed(3),
        alive: [1],
        object: 1,
        sight: {
          processes: [
            {
              pid: 1,
              namespace: 1,
              descriptors: [{ fd: 3, object: 1 }],
              paths: [
                { path: '/mnt/a', kind: 'directory', instance: 1, object: 0 },
                { path: '/mnt/a/m', kind: 'map', instance: 1, object: 1 },
              ],
            },
          ],
          objects: [{ id: 1, kind: 'map' }],
        },
      });
      await adapter.play(steps({ call: 'unlink', path: '/mnt/a/m' }), 'each');
      expect((await adapter.settle()).objects).toEqual([{ id: 1, kind: 'map' }]);
      await adapter.play(steps({ call: 'close', fd: 3 }), 'none');
      expect(await adapter.alive([1])).toEqual([]);
      await adapter.reset(setup);
      expect((await adapter.settle()).objects).toEqual([]);
    } finally {
      await adapter.close();
    }
  });

  it('answers errors as linux-6.18 does', async () => {
    const adapter = await createExec(`python3 '${script}'`);
    const name = 'x'.repeat(256);
    const mount = { call: 'mount', target: '/mnt/a' } as const;
    const pin = (path: string | null, fd = 3): Call => ({ call: 'BPF_OBJ_PIN', path, fd });
    const get = (path: string | null): Call => ({ call: 'BPF_OBJ_GET', path });
    const cases: readonly (readonly [Call, string])[] = [
      [mount, 'ok'],
      [create, 'ok'],
      [pin('/mnt/a/m'), 'ok'],
      [pin('/mnt/a/m'), 'EEXIST'],
      [pin('/mnt/a/m', 5), 'EINVAL'],
      [pin(null, 5), 'EINVAL'],
      [pin(null), 'EFAULT'],
      [pin(''), 'ENOENT'],
      [pin('/mnt/a/n/'), 'ENOENT'],
      [pin('/mnt/a/..'), 'EEXIST'],
      [pin('/mnt/a/a.b'), 'EPERM'],
      [pin(`/mnt/a/${name}`), 'ENAMETOOLONG'],
      [pin('/mnt/n'), 'EPERM'],
      [get('/mnt/a/m/x'), 'ENOTDIR'],
      [get('/mnt/a'), 'EACCES'],
      [get('/file'), 'EACCES'],
      [get('/mnt/a/n.o'), 'EPERM'],
      [{ call: 'unlink', path: '/mnt/a' }, 'EISDIR'],
      [{ call: 'unlink', path: '/mnt/a/m/' }, 'ENOTDIR'],
      [{ call: 'mount', target: '/file' }, 'ENOTDIR'],
      [{ call: 'dup', fd: 4 }, 'EBADF'],
      [{ call: 'dup', fd: 3 }, 'ok'],
      [{ call: 'dup', fd: 3 }, 'ok'],
      [{ call: 'dup', fd: 3 }, 'EMFILE'],
      [get('/mnt/a/m'), 'EMFILE'],
      [{ ...create, maxEntries: 0 }, 'EINVAL'],
      [mount, 'ok'],
      [get('/mnt/a/m'), 'ENOENT'],
    ];
    try {
      await adapter.reset(setup);
      const answers = await adapter.play(steps(...cases.map(([call]) => call)), 'none');
      expect(answers.map(({ outcome }) => (outcome.ok ? 'ok' : outcome.errno))).toEqual(
        cases.map(([, errno]) => errno),
      );
      const [stranger] = await adapter.play([{ pid: 2, call: { call: 'close', fd: 3 } }], 'none');
      expect(stranger?.outcome).toEqual(fail('ESRCH'));
    } finally {
      await adapter.close();
    }
  });

  it('is what the worked example of the documentation shows', () => {
    const lines = readFileSync(join(import.meta.dirname, 'PROTOCOL.md'), 'utf8').split('\n');
    const told = (mark: string): unknown[] =>
      lines
        .filter((line) => line.startsWith(mark))
        .map((line): unknown => JSON.parse(line.slice(2)));
    const input = told('> {').map((message) => `${JSON.stringify(message)}\n`);
    const { stdout } = spawnSync('python3', [script], { input: input.join(''), encoding: 'utf8' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(answers).toEqual(told('< {'));
  });
});
