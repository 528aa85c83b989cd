import { describe, expect, it } from 'vitest';
import { directory, shownAt, startTree, symlinkKernels } from './trees.test-data.ts';

const noReplace = 'RENAME_NOREPLACE';
const exchange = 'RENAME_EXCHANGE';
const whiteout = 'RENAME_WHITEOUT';
const both = 'RENAME_NOREPLACE|RENAME_EXCHANGE';

describe.each(symlinkKernels)('renameat2 under %s', (kernel) => {
  it.each([
    [both, null, null, 'EINVAL'],
    [noReplace, '/a/m', '/a/n', 0],
    [noReplace, '/a/m', '/a/o', 'EEXIST'],
    [noReplace, '/a/m', '/a/m', 'EEXIST'],
    [noReplace, '/a/m/', '/a/o/', 'EEXIST'],
    [noReplace, '/a/d', '/a/d/s', 'EEXIST'],
    [noReplace, '/a/d', '/a/d/n', 'EINVAL'],
    [noReplace, '/a/none', '/a/o', 'ENOENT'],
    [noReplace, '/a/m', '/a/.', 'EEXIST'],
    [noReplace, '/a/.', '/a/.', 'EBUSY'],
    [noReplace, '/a/m', '/b/o', 'EXDEV'],
    [noReplace, '/a/m', '/a/a.b', 'EPERM'],
    [noReplace, '/a/m', '/a/n/', 'ENOTDIR'],
    [exchange, '/a/m', '/a/o', 0],
    [exchange, '/a/m', '/a/d/', 0],
    [exchange, '/a/d', '/a/m', 0],
    [exchange, '/a/d/s', '/a/e', 0],
    [exchange, '/a/m', '/a/m', 0],
    [exchange, '/a/m', '/a/none', 'ENOENT'],
    [exchange, '/a/m', '/a/none/', 'ENOENT'],
    [exchange, '/a/none', '/a/m', 'ENOENT'],
    [exchange, '/a/m', '/a/.', 'EBUSY'],
    [exchange, '/a/m', '/a/a.b', 'EPERM'],
    [exchange, '/a/m', '/a/o/', 'ENOTDIR'],
    [exchange, '/a/d', '/a/o/', 'ENOTDIR'],
    [exchange, '/a/m/', '/a/d', 'ENOTDIR'],
    [exchange, '/a/d', '/a/d/s', 'EINVAL'],
    [exchange, '/a/d/s', '/a/d', 'EINVAL'],
    [whiteout, '/a/m', '/a/n', 'EINVAL'],
    [whiteout, '/a/m', '/a/o', 'EINVAL'],
    [whiteout, '/a/none', '/a/o', 'ENOENT'],
    [whiteout, '/a/m', '/a/d', 'EISDIR'],
    [whiteout, '/a/e', '/a/d', 'EINVAL'],
    [whiteout, '/a/m', '/a/m', 0],
  ] as const)('with %s from %j to %j answers %s', (flag, from, to, result) => {
    expect(startTree(kernel).caller.renameWith(flag, from, to)).toBe(result);
  });

  it('exchanges two names, and all holds stay', () => {
    const tree = startTree(kernel);
    const { run, caller } = tree;
    const before = run.sight();
    const object = shownAt(tree, '/a/m');
    expect(caller.renameWith(exchange, '/a/m', '/a/o')).toBe(0);
    expect(shownAt(tree, '/a/m')).not.toBe(object);
    expect(run.sight().objects).toEqual(before.objects);
    caller.renameWith(exchange, '/a/o', '/a/m');
    expect(run.sight()).toEqual(before);
  });

  it('exchanges a pin and a directory with what is in it, which other directories count then', () => {
    const { caller } = startTree(kernel);
    expect(caller.renameWith(exchange, '/a/d', '/a/m')).toBe(0);
    expect(caller.get('/a/d')).toBe(5);
    expect(caller.get('/a/m/s/../p')).toBe(6);
    expect(caller.renameWith(exchange, '/a/m/s', '/a/d')).toBe(0);
    expect(caller.stat('/a/m')).toEqual(directory(2));
    expect(caller.stat('/a')).toEqual(directory(5));
    expect(caller.stat('/a/d/..')).toEqual(directory(5));
    expect(caller.get('/a/m/s')).toBe(7);
  });

  it('counts directories right whichever of the two is one', () => {
    for (const [from, to] of [
      ['/a/m', '/a/d/s'],
      ['/a/d/s', '/a/m'],
    ] as const) {
      const { caller } = startTree(kernel);
      expect(caller.renameWith(exchange, from, to)).toBe(0);
      expect(caller.stat('/a')).toEqual(directory(5));
      expect(caller.stat('/a/d')).toEqual(directory(2));
    }
    const { caller } = startTree(kernel);
    caller.renameWith(exchange, '/a/d/s', '/a/e');
    expect([caller.stat('/a'), caller.stat('/a/d')]).toEqual([directory(4), directory(3)]);
  });

  it('does not exchange two names of an inode, and refuses to move one to the other', () => {
    const { run, caller } = startTree(kernel);
    caller.hardLink('/a/m', '/a/n');
    const before = run.sight();
    expect(caller.renameWith(exchange, '/a/m', '/a/n')).toBe(0);
    expect(caller.renameWith(noReplace, '/a/m', '/a/n')).toBe('EEXIST');
    expect(run.sight()).toEqual(before);
  });

  it('minds mounts before a flag that is not for it', () => {
    const { caller } = startTree(kernel);
    caller.bind('/f', '/a/m');
    for (const flag of [noReplace, whiteout] as const) {
      expect(caller.renameWith(flag, '/a/m', '/a/n')).toBe('EBUSY');
    }
    expect(caller.renameWith(exchange, '/a/m', '/a/o')).toBe('EBUSY');
    expect(caller.renameWith(exchange, '/a/o', '/a/m')).toBe('EBUSY');
  });
});

describe.each(['linux-4.6', 'linux-4.7'] as const)('renameat2 under %s', (kernel) => {
  it('takes no flag, which is found out before what is mounted', () => {
    const { caller } = startTree(kernel);
    caller.bind('/f', '/a/m');
    for (const flag of [noReplace, whiteout, both] as const) {
      expect(caller.renameWith(flag, '/a/m', '/a/n')).toBe('EINVAL');
    }
    expect(caller.renameWith(exchange, '/a/m', '/a/o')).toBe('EINVAL');
    expect(caller.renameWith(noReplace, '/a/m', '/a/o')).toBe('EEXIST');
    expect(caller.renameWith(exchange, '/a/m', '/a/n')).toBe('ENOENT');
    expect(caller.renameWith(exchange, '/a/m', '/a/m')).toBe(0);
    expect(caller.renameWith(whiteout, '/a/m', '/a/d')).toBe('EISDIR');
  });
});

describe('renameat2 under linux-4.4', () => {
  it('is refused as rename is, but for flags that exclude each other', () => {
    const { caller } = startTree('linux-4.4');
    expect(caller.renameWith(both, '/a/m', '/a/n')).toBe('EINVAL');
    expect(caller.renameWith(noReplace, '/a/m', '/a/n')).toBe('EPERM');
    expect(caller.renameWith(exchange, '/a/m', '/a/o')).toBe('EPERM');
    expect(caller.renameWith(whiteout, '/a/m', '/a/o')).toBe('EPERM');
  });
});
