import { describe, expect, it } from 'vitest';
import { directory, renamingKernels, startTree } from './trees.test-data.ts';
import type { TreeRun } from './trees.test-data.ts';

/** The tree, and a second process in a mount namespace of its own. */
function startTwo(kernel: Parameters<typeof startTree>[0]) {
  const tree: TreeRun = startTree(kernel);
  tree.caller.fork();
  const other = tree.run.by(2);
  other.unshare();
  return { ...tree, other };
}

describe.each(renamingKernels)('a name with a mount on it under %s', (kernel) => {
  it('is not renamed nor replaced in the namespace of the mount, wherever it is seen', () => {
    const { caller } = startTree(kernel);
    caller.bind('/c', '/a/e');
    caller.bind('/f', '/a/o');
    for (const root of ['/a', '/b']) {
      expect(caller.rename(`${root}/e`, `${root}/n`)).toBe('EBUSY');
      expect(caller.rename(`${root}/d/s`, `${root}/e`)).toBe('EBUSY');
      expect(caller.rename(`${root}/o`, `${root}/n`)).toBe('EBUSY');
      expect(caller.rename(`${root}/m`, `${root}/o`)).toBe('EBUSY');
      expect(caller.rename(`${root}/m`, `${root}/e`)).toBe('EISDIR');
      expect(caller.rename(`${root}/e`, `${root}/e`)).toBe(0);
      expect(caller.rename(`${root}/e/`, `${root}/d`)).toBe('EBUSY');
    }
  });

  it('takes the mount along when another namespace renames it', () => {
    const { caller, other } = startTwo(kernel);
    other.bind('/a/d', '/a/e');
    other.bind('/a/m', '/a/o');
    expect(caller.rename('/a/e', '/a/d/n')).toBe(0);
    expect(caller.rename('/a/o', '/a/q')).toBe(0);
    expect(other.get('/a/e/p')).toBe('ENOENT');
    expect(other.get('/a/d/n/p')).toBe(5);
    expect(other.get('/a/d/n/../../m')).toBe(6);
    expect(caller.get('/a/d/n/p')).toBe('ENOENT');
    expect(other.umount('/a/d/n')).toBe(0);
    expect(other.umount('/a/q')).toBe(0);
  });

  it('loses the mount when another namespace replaces it', () => {
    const { run, caller, other } = startTwo(kernel);
    other.bind('/c', '/a/e');
    other.bind('/f', '/a/o');
    other.mkdir('/c/x');
    other.mount('/a/e/x');
    other.create();
    other.pin('/a/e/x/in', 5);
    other.close(5);
    expect(run.alive()).toBe(3);
    expect(caller.rename('/a/d/s', '/a/e')).toBe(0);
    expect(caller.rename('/a/m', '/a/o')).toBe(0);
    expect(run.settle().objects).toHaveLength(2);
    expect(other.umount('/a/e')).toBe('EINVAL');
    expect(other.umount('/a/o')).toBe('EINVAL');
    expect(other.get('/a/o')).toBe(5);
  });

  it('is moved with the directory that it is in, out of a mount of a part of the tree too', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/d', '/c');
    caller.bind('/f', '/c/p');
    caller.bind('/a/e', '/c/s');
    expect(caller.rename('/a/d', '/a/x')).toBe(0);
    expect(caller.get('/c/p')).toBe('EACCES');
    expect(caller.rename('/a/x/p', '/a/p')).toBe('EBUSY');
    expect(caller.mkdir('/c/s/t')).toBe(0);
    expect(caller.stat('/a/e/t')).toEqual(directory(2));
    expect(caller.umount('/c')).toBe('EBUSY');
  });

  it('hides a mount in a directory that moves out of the mount it is seen by, until it is back', () => {
    const { caller } = startTree(kernel);
    caller.mkdir('/a/d/s/t');
    caller.bind('/a/d', '/c');
    caller.bind('/a/e', '/c/s/t');
    caller.pin('/c/s/t/in', 3);
    expect(caller.rename('/a/d/s', '/a/s')).toBe(0);
    expect(caller.get('/c/s/t/in')).toBe('ENOENT');
    expect(caller.get('/a/s/t/in')).toBe('ENOENT');
    expect(caller.umount('/a/s/t')).toBe('EINVAL');
    expect(caller.umount('/c')).toBe('EBUSY');
    expect(caller.rename('/a/s', '/a/d/n')).toBe(0);
    expect(caller.get('/c/n/t/in')).toBe(5);
    expect(caller.umount('/c/n/t')).toBe(0);
  });

  it('is the root of a mount all the same when it has another name', () => {
    const { run, caller } = startTree(kernel);
    caller.bind('/a/o', '/f');
    caller.bind('/a/d', '/c');
    caller.close(4);
    caller.rename('/a/o', '/a/n');
    caller.rename('/a/d', '/a/e');
    expect(caller.get('/f')).toBe(4);
    expect(caller.get('/c/p')).toBe(5);
    expect(caller.unlink('/a/n')).toBe(0);
    expect(run.object(1)).toMatchObject({ holders: { inodes: 1 } });
  });
});

describe.each(['linux-6.1', 'linux-6.18'] as const)('RENAME_EXCHANGE under %s', (kernel) => {
  it('takes along what other namespaces have mounted on either name', () => {
    const { caller, other } = startTwo(kernel);
    other.bind('/a/d', '/a/e');
    other.bind('/f', '/a/o');
    expect(caller.renameWith('RENAME_EXCHANGE', '/a/o', '/a/e')).toBe(0);
    expect(other.get('/a/o/p')).toBe(5);
    expect(other.get('/a/e')).toBe('EACCES');
    expect(other.umount('/a/e')).toBe(0);
    expect(other.get('/a/e')).toBe(6);
  });
});
