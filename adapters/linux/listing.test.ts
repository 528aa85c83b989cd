/** readdir: the names in a directory, and its errors in order, on Linux 6.18. */
import { describe, expect, it } from 'vitest';
import { fail, listed, type Call, type Outcome, type Path } from '../../model/vocabulary/index.ts';
import { by, last, setup, withLinux } from './session.test-data.ts';
import { create } from './short-calls.test-data.ts';

const mount = (target: string): Call => ({ call: 'mount', target });
const pin = (path: string): Call => ({ call: 'BPF_OBJ_PIN', path, fd: 3 });
const mkdir = (path: string): Call => ({ call: 'mkdir', path });

const long = 'n'.repeat(255);
const many = Array.from({ length: 40 }, (_, k) => `/b/d/${String(k).padStart(255, 'm')}`);

const prelude: readonly Call[] = [
  mount('/b'),
  create('HASH'),
  pin('/b/m'),
  pin(`/b/${long}`),
  pin('/b/\u00e4 \n\u{1f600}'),
  mkdir('/b/d'),
  mkdir('/b/gone'),
  { call: 'bind', source: '/b/gone', target: '/c' },
  { call: 'rmdir', path: '/b/gone' },
  { call: 'symlink', target: 'd', path: '/b/l' },
];

const inRoot = ['d', 'l', 'm', long, '\u00e4 \n\u{1f600}'];

const cases: readonly (readonly [string, Path, readonly Call[], Outcome])[] = [
  ['the root of an instance, without what the kernel put there', '/b', [], listed(inRoot)],
  ['a directory without names', '/b/d', [], listed([])],
  ['a link to a directory', '/b/l', [pin('/b/d/x')], listed(['x'])],
  ['a directory that something is mounted on', '/b/d', [pin('/b/d/x'), mount('/b/d')], listed([])],
  ['more than one look gives', '/b/d', many.map(pin), listed(many.map((path) => path.slice(5)))],
  ['a directory that was removed', '/c', [], fail('ENOENT')],
  ['a pin', '/b/m', [], fail('ENOTDIR')],
  ['nothing', '/b/none', [], fail('ENOENT')],
  ['a name with a dot', '/b/q.q', [], fail('EPERM')],
  ['a path that is NULL', null, [], fail('EFAULT')],
];

describe('readdir on the running kernel', () => {
  it('shows the names in a directory', (context) =>
    withLinux(context, async (adapter) => {
      const answered: [string, Outcome][] = [];
      for (const [what, path, more] of cases) {
        await adapter.reset(setup);
        const calls: readonly Call[] = [...prelude, ...more, { call: 'readdir', path }];
        const answers = await adapter.play(by(1, ...calls), 'none');
        expect(answers.slice(0, -1).filter(({ outcome }) => !outcome.ok)).toEqual([]);
        answered.push([what, last(answers).outcome]);
      }
      expect(answered).toEqual(cases.map(([what, , , expected]) => [what, expected]));
    }));

  it('wants a descriptor before it walks, and leaves none open', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, descriptors: 5 });
      const list = (path: Path): Call => ({ call: 'readdir', path });
      const dup: Call = { call: 'dup', fd: 3 };
      const calls = [...prelude, list('/b/d'), list('/b/d'), dup, list('/none'), list('')];
      const answers = await adapter.play(by(1, ...calls), 'none');
      const told = answers.slice(prelude.length).map(({ outcome }) => outcome);
      const [none, full, empty] = [listed([]), fail('EMFILE'), fail('ENOENT')];
      expect(told).toEqual([none, none, { ok: true, value: 4 }, full, empty]);
    }));
});
