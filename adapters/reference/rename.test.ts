import { describe, expect, it } from 'vitest';
import {
  directory,
  file,
  plainKernels,
  renamingKernels,
  shownAt,
  startTree,
  tooLong,
} from './trees.test-data.ts';

describe.each(renamingKernels)('rename under %s', (kernel) => {
  it.each([
    [null, '/a/n', 'EFAULT'],
    ['', '/a/n', 'ENOENT'],
    ['/a/none/x', null, 'ENOENT'],
    ['/a/m/x', null, 'ENOTDIR'],
    ['/a/none', null, 'EFAULT'],
    ['/a/m', 'x'.repeat(4096), 'ENAMETOOLONG'],
    ['/a/m', '', 'ENOENT'],
    ['/a/.', '/a/none/x', 'ENOENT'],
    ['/a/.', '/b/n', 'EXDEV'],
    ['/a/m', '/b/.', 'EXDEV'],
    ['/a/none', '/b/n', 'EXDEV'],
    ['/a/m', '/b/m', 'EXDEV'],
    ['/a/m', '/c/n', 'EXDEV'],
    ['/a', '/a/n', 'EXDEV'],
    ['/', '/a/n', 'EXDEV'],
    ['/a/.', '/a/n', 'EBUSY'],
    ['/a/d/..', '/a/n', 'EBUSY'],
    ['/a/none', '/a/.', 'EBUSY'],
    ['/a/m', '/a/..', 'EBUSY'],
    [`/a/${tooLong}`, '/a/a.b', 'ENAMETOOLONG'],
    ['/a/none', '/a/a.b', 'ENOENT'],
    ['/a/none/', '/a/m', 'ENOENT'],
    ['/a/m/', `/a/${tooLong}`, 'ENAMETOOLONG'],
    ['/a/m', '/a/a.b', 'EPERM'],
    ['/a/d', '/a/a.b', 'EPERM'],
    ['/a/m/', '/a/n', 'ENOTDIR'],
    ['/a/m', '/a/n/', 'ENOTDIR'],
    ['/a/m', '/a/d/', 'ENOTDIR'],
    ['/a/m', '/a/m/', 'ENOTDIR'],
    ['/a/d', '/a/d/n', 'EINVAL'],
    ['/a/d', '/a/d/s/n', 'EINVAL'],
    ['/a/d', '/a/d/p', 'EINVAL'],
    ['/a/d/s', '/a/d', 'ENOTEMPTY'],
    ['/a/d/p', '/a/d', 'ENOTEMPTY'],
    ['/a/d', '/a/m', 'ENOTDIR'],
    ['/a/m', '/a/d', 'EISDIR'],
    ['/a/m', '/a/e', 'EISDIR'],
    ['/a/e', '/a/d', 'ENOTEMPTY'],
    ['/a/m', '/a/m', 0],
    ['/a/d', '/a/d', 0],
    ['/a/d/', '/a/n/', 0],
    ['/a/d/', '/a/e/', 0],
    ['/a/m', '/a/o', 0],
    ['/a/m', '/a/d/s/n', 0],
  ])('from %j to %j answers %s', (from, to, result) => {
    expect(startTree(kernel).caller.rename(from, to)).toBe(result);
  });

  it('changes nothing when it fails, nor from one name of an inode to another', () => {
    const { run, caller } = startTree(kernel);
    caller.hardLink('/a/m', '/a/n');
    const before = run.sight();
    for (const [from, to] of [
      ['/a/m', '/a/a.b'],
      ['/a/m', '/a/d'],
      ['/a/e', '/a/d'],
      ['/a/m', '/a/n'],
      ['/a/n', '/a/m'],
    ] as const) {
      caller.rename(from, to);
      expect(run.sight()).toEqual(before);
      expect(caller.stat('/a/m')).toEqual(file(2));
      expect(caller.stat('/a/n')).toEqual(file(2));
    }
  });

  it('gives a pin another name, by all mounts that show it', () => {
    const tree = startTree(kernel);
    const { caller } = tree;
    const object = shownAt(tree, '/a/m');
    expect(caller.rename('/a/m', '/a/d/n')).toBe(0);
    expect(caller.get('/a/m')).toBe('ENOENT');
    expect(caller.get('/b/d/n')).toBe(5);
    expect(caller.rename('/b/d/n', '/b/m')).toBe(0);
    expect(shownAt(tree, '/a/m')).toBe(object);
  });

  it('moves a directory with all that is in it', () => {
    const { caller } = startTree(kernel);
    expect(caller.rename('/a/d', '/a/e/n')).toBe(0);
    expect(caller.get('/a/e/n/p')).toBe(5);
    expect(caller.get('/a/e/n/s/../../../m')).toBe(6);
    expect(caller.stat('/a/d')).toBe('ENOENT');
    expect([caller.stat('/a'), caller.stat('/a/e')]).toEqual([directory(3), directory(3)]);
    expect(caller.stat('/a/e/n')).toEqual(directory(3));
  });

  it('lets go of the object whose last name is replaced, as unlink does', () => {
    const { run, caller } = startTree(kernel);
    caller.close(4);
    expect(caller.rename('/a/m', '/a/o')).toBe(0);
    expect(run.sight()).toMatchObject({ pending: kernel === 'linux-6.1' ? 1 : 0 });
    expect(run.settle().objects).toMatchObject([{ refcnt: 3, holders: { inodes: 2 } }]);
  });

  it('keeps the object whose name is replaced by another name, or by a mount', () => {
    const { run, caller } = startTree(kernel);
    caller.close(4);
    caller.hardLink('/a/o', '/a/n');
    caller.rename('/a/m', '/a/o');
    expect(caller.stat('/a/n')).toEqual(file(1));
    caller.bind('/a/n', '/f');
    caller.rename('/a/o', '/a/n');
    expect(caller.stat('/f')).toEqual(file(0));
    expect(run.settle().objects).toHaveLength(2);
    caller.umount('/f');
    expect(run.settle().objects).toHaveLength(1);
  });

  it('replaces an empty directory, which is then a removed one', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/e', '/c');
    expect(caller.rename('/a/d/s', '/a/e')).toBe(0);
    expect(caller.stat('/c')).toEqual(directory(0));
    expect(caller.pin('/c/x', 3)).toBe('ENOENT');
    expect([caller.stat('/a'), caller.stat('/a/d')]).toEqual([directory(4), directory(2)]);
    expect(caller.pin('/a/e/x', 3)).toBe(0);
    expect(caller.rename('/a/e/x', '/c/x')).toBe('EXDEV');
  });

  it('finds nothing in a directory that was removed', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/e', '/c');
    caller.rmdir('/a/e');
    expect(caller.rename('/c/x', '/c/y')).toBe('ENOENT');
    expect(caller.rename('/c/.', '/c/y')).toBe('EBUSY');
    expect(caller.rename('/a/m', '/c/y')).toBe('EXDEV');
  });
});

describe('a name with a dot that is to be renamed', () => {
  it('is refused by the lookup, or just missing', () => {
    expect(startTree('linux-6.18').caller.rename('/a/a.b', '/a/n')).toBe('EPERM');
    expect(startTree('linux-4.7').caller.rename('/a/a.b', '/a/n')).toBe('EPERM');
    expect(startTree('linux-4.6').caller.rename('/a/a.b', '/a/n')).toBe('ENOENT');
  });

  it('is refused as a new name by the lookup, or at last, but before the new name is emptied', () => {
    const { caller } = startTree('linux-4.6');
    expect(caller.rename('/a/m/', '/a/a.b')).toBe('ENOTDIR');
    caller.bind('/f', '/a/m');
    expect(caller.rename('/a/m', '/a/a.b')).toBe('EBUSY');
    expect(startTree('linux-4.7').caller.rename('/a/m/', '/a/a.b')).toBe('EPERM');
  });
});

describe.each(plainKernels)('rename under %s', (kernel) => {
  it('is not there in a bpffs, which is found out before what is mounted or inside', () => {
    const { caller } = startTree(kernel);
    caller.bind('/c', '/a/e');
    expect(caller.rename('/a/m', '/a/n')).toBe('EPERM');
    expect(caller.rename('/a/m', '/a/o')).toBe('EPERM');
    expect(caller.rename('/a/e', '/a/d')).toBe('EPERM');
    expect(caller.rename('/a/m', '/a/m')).toBe(0);
    expect(caller.rename('/a/m', '/a/d')).toBe('EISDIR');
    expect(caller.rename('/a/none', '/a/n')).toBe('ENOENT');
    expect(caller.rename('/a/m', '/b/n')).toBe('EXDEV');
    expect(caller.get('/a/m')).toBe(5);
  });
});
