import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';
import { file, plainKernels, renamingKernels, startTree, tooLong } from './trees.test-data.ts';

describe.each(renamingKernels)('link under %s', (kernel) => {
  it.each([
    [null, '/a/n', 'EFAULT'],
    ['', '/a/n', 'ENOENT'],
    ['x'.repeat(4096), '/a/n', 'ENAMETOOLONG'],
    ['/a/none', null, 'ENOENT'],
    ['/a/none', '/a/m', 'ENOENT'],
    ['/a/none/m', '/a/n', 'ENOENT'],
    ['/a/m/', '/a/n', 'ENOTDIR'],
    ['/a/m', null, 'EFAULT'],
    ['/a/m', '', 'ENOENT'],
    ['/a/m', '/a/none/n', 'ENOENT'],
    ['/a/m', '/a/o/n', 'ENOTDIR'],
    ['/a/m', '/a/o', 'EEXIST'],
    ['/a/m', '/a/m', 'EEXIST'],
    ['/a/m', '/a/d/', 'EEXIST'],
    ['/a/m', '/a/.', 'EEXIST'],
    ['/a/m', '/a/d/..', 'EEXIST'],
    ['/a/m', '/', 'EEXIST'],
    ['/a/m', '/a', 'EEXIST'],
    ['/a/m', `/a/${tooLong}`, 'ENAMETOOLONG'],
    ['/a/m', '/a/n/', 'ENOENT'],
    ['/a/m', '/a/a.b', 'EPERM'],
    ['/a/m', '/b/n', 'EXDEV'],
    ['/a/m', '/b/m', 'EEXIST'],
    ['/a/m', '/c/n', 'EXDEV'],
    ['/f', '/a/n', 'EXDEV'],
    ['/f', '/a/m', 'EEXIST'],
    ['/a/d', '/b/n', 'EXDEV'],
    ['/a/d', '/a/m', 'EEXIST'],
    ['/a/d', '/a/n', 'EPERM'],
    ['/a/d/', '/a/n', 'EPERM'],
    ['/a', '/a/n', 'EPERM'],
    ['/a/m', '/a/n', 0],
    ['/a/d/../m', '/a/d/s/n', 0],
  ])('from %j to %j answers %s', (from, to, result) => {
    const { caller } = startTree(kernel);
    expect(caller.hardLink(from, to)).toBe(result);
    expect(caller.stat('/a/m')).toEqual(file(result === 0 ? 2 : 1));
  });

  it('makes one more name of an inode, which holds its object once', () => {
    const { run, caller } = startTree(kernel);
    const before = run.object(0);
    caller.hardLink('/a/m', '/a/d/n');
    expect(run.object(0)).toEqual(before);
    expect(before).toMatchObject({ refcnt: 3, holders: { inodes: 2 } });
    expect(caller.get('/a/d/n')).toBe(5);
    caller.update(3, 0, 7);
    expect(caller.lookup(5, 0)).toBe(7);
    expect([caller.stat('/a/m'), caller.stat('/a/d/n')]).toEqual([file(2), file(2)]);
  });

  it('lets the object go with the last name, in whichever order they are removed', () => {
    for (const [first, last] of [
      ['/a/o', '/a/n'],
      ['/a/n', '/a/o'],
    ] as const) {
      const { run, caller } = startTree(kernel);
      caller.hardLink('/a/o', '/a/n');
      caller.close(4);
      expect(caller.unlink(first)).toBe(0);
      expect(run.settle().objects[1]).toMatchObject({ refcnt: 1, holders: { inodes: 1 } });
      expect(caller.stat(last)).toEqual(file(1));
      expect(caller.get(first)).toBe('ENOENT');
      expect(caller.unlink(last)).toBe(0);
      expect(run.settle().objects).toHaveLength(1);
    }
  });

  it('leaves a mount on one name alone when another is removed', () => {
    const { caller } = startTree(kernel);
    caller.hardLink('/a/m', '/a/n');
    caller.bind('/f', '/a/m');
    expect(caller.unlink('/a/m')).toBe('EBUSY');
    expect(caller.get('/a/m')).toBe('EACCES');
    expect(caller.get('/a/n')).toBe(5);
    expect(caller.unlink('/a/n')).toBe(0);
    expect(caller.umount('/a/m')).toBe(0);
    expect(caller.get('/a/m')).toBe(6);
  });

  it('holds by a mount whose root is a name that is gone, besides the names that are left', () => {
    const { run, caller } = startTree(kernel);
    caller.hardLink('/a/o', '/a/n');
    caller.bind('/a/o', '/f');
    caller.close(4);
    caller.unlink('/a/o');
    expect(caller.stat('/f')).toEqual(file(1));
    caller.unlink('/a/n');
    expect(caller.stat('/f')).toEqual(file(0));
    expect(run.settle().objects[1]).toMatchObject({ holders: { inodes: 1 } });
    expect(caller.hardLink('/f', '/a/back')).toBe('EXDEV');
    caller.umount('/f');
    expect(run.settle().objects).toHaveLength(1);
  });

  it('drops an inode of two names once with its file system', () => {
    const run = startScenario(createReference(kernel));
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.hardLink('/a/m', '/a/n');
    caller.umount('/a');
    expect(run.settle().objects).toMatchObject([{ refcnt: 1, usercnt: 1, holders: { inodes: 0 } }]);
  });

  it('makes no name in a directory that was removed', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/e', '/c');
    caller.rmdir('/a/e');
    expect(caller.hardLink('/a/m', '/c/n')).toBe('ENOENT');
  });
});

describe.each(plainKernels)('link under %s', (kernel) => {
  it('is not there in a bpffs, which is found out last', () => {
    const { caller } = startTree(kernel);
    expect(caller.hardLink('/a/m', '/a/n')).toBe('EPERM');
    expect(caller.hardLink('/a/m', '/a/o')).toBe('EEXIST');
    expect(caller.hardLink('/a/m', '/b/n')).toBe('EXDEV');
    expect(caller.hardLink('/a/m', '/a/n/')).toBe('ENOENT');
    expect(caller.get('/a/n')).toBe('ENOENT');
  });
});
