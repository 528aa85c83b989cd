import { describe, expect, it } from 'vitest';
import {
  directory,
  file,
  plainKernels,
  startTree,
  symlinkKernels,
  tooLong,
} from './trees.test-data.ts';
import type { TreeRun } from './trees.test-data.ts';

/** The tree, with symbolic links that lead to a pin, to a directory, nowhere, and to themselves. */
function startLinks(kernel: Parameters<typeof startTree>[0]): TreeRun {
  const tree = startTree(kernel);
  for (const [target, path] of [
    ['m', '/a/l'],
    ['m/', '/a/slash'],
    ['d', '/a/ld'],
    ['none', '/a/lost'],
    ['loop', '/a/loop'],
    ['../ld/../m', '/a/d/up'],
    ['/a/m', '/a/e/root'],
    ['/', '/a/top'],
    ['a.b', '/a/dotted'],
    [tooLong, '/a/long'],
  ] as const) {
    expect(tree.caller.symlink(target, path)).toBe(0);
  }
  return tree;
}

describe.each(symlinkKernels)('symlink under %s', (kernel) => {
  it.each([
    [null, null, 'EFAULT'],
    ['', null, 'ENOENT'],
    ['x'.repeat(4096), null, 'ENAMETOOLONG'],
    ['m', null, 'EFAULT'],
    ['m', '', 'ENOENT'],
    ['m', '/a/none/n', 'ENOENT'],
    ['m', '/a/m/n', 'ENOTDIR'],
    ['m', '/a/.', 'EEXIST'],
    ['m', '/', 'EEXIST'],
    ['m', '/a/m', 'EEXIST'],
    ['m', '/a/l', 'EEXIST'],
    ['m', '/a/lost', 'EEXIST'],
    ['m', '/a/lost/', 'EEXIST'],
    ['m', '/a/d/', 'EEXIST'],
    ['m', '/a/n/', 'ENOENT'],
    ['m', '/a/a.b', 'EPERM'],
    ['m', `/a/${tooLong}`, 'ENAMETOOLONG'],
    ['a.b', '/a/n', 0],
    ['x'.repeat(4095), '/a/n', 0],
    ['m', '/a/ld/n', 0],
  ])('to %j at %j answers %s', (target, path, result) => {
    expect(startLinks(kernel).caller.symlink(target, path)).toBe(result);
  });

  it('makes a name that holds nothing, and is no directory', () => {
    const { run, caller } = startTree(kernel);
    const before = run.sight().objects;
    caller.symlink('m', '/a/l');
    expect(run.sight().objects).toEqual(before);
    expect(caller.stat('/a')).toEqual(directory(4));
    caller.unlink('/a/m');
    expect(caller.get('/a/l')).toBe('ENOENT');
    caller.pin('/a/m', 4);
    expect(caller.get('/a/l')).toBe(5);
  });

  it('makes no name in a directory that was removed', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/e', '/c');
    caller.rmdir('/a/e');
    expect(caller.symlink('m', '/c/n')).toBe('ENOENT');
  });
});

describe.each(symlinkKernels)('a symbolic link under %s', (kernel) => {
  it.each([
    ['/a/l', 5],
    ['/a/l/', 'ENOTDIR'],
    ['/a/l/x', 'ENOTDIR'],
    ['/a/slash', 'ENOTDIR'],
    ['/a/ld/p', 5],
    ['/a/ld/up', 5],
    ['/a/d/up', 5],
    ['/b/d/up', 5],
    ['/a/e/root', 5],
    ['/a/top/a/top/a/l', 5],
    ['/a/top', 'EACCES'],
    ['/a/ld', 'EACCES'],
    ['/a/ld/', 'EACCES'],
    ['/a/ld/..', 'EACCES'],
    ['/a/lost', 'ENOENT'],
    ['/a/lost/', 'ENOENT'],
    ['/a/lost/..', 'ENOENT'],
    ['/a/loop', 'ELOOP'],
    ['/a/loop/x', 'ELOOP'],
    ['/a/dotted', 'EPERM'],
    ['/a/long', 'ENAMETOOLONG'],
  ])('leads BPF_OBJ_GET of %j to %s', (path, result) => {
    expect(startLinks(kernel).caller.get(path)).toBe(result);
  });

  it('leads stat and open to what is there', () => {
    const { caller } = startLinks(kernel);
    expect(caller.stat('/a/l')).toEqual(file(1));
    expect(caller.stat('/a/ld')).toEqual(directory(3));
    expect(caller.stat('/a/l/')).toBe('ENOTDIR');
    expect(caller.stat('/a/loop')).toBe('ELOOP');
    expect(caller.open('/a/l', 'O_RDWR')).toBe('EIO');
    expect(caller.open('/a/l', 'O_DIRECTORY')).toBe('ENOTDIR');
    expect(caller.open('/a/ld', 'O_RDWR')).toBe('EISDIR');
    expect(caller.open('/a/lost', 'O_PATH')).toBe('ENOENT');
    expect(caller.open('/a/ld', 'O_DIRECTORY')).toBe(5);
    expect(caller.open('/a/l', 'O_PATH')).toBe(6);
  });

  it('leads mounts to what is there', () => {
    const { caller } = startLinks(kernel);
    expect(caller.mount('/a/l')).toBe('ENOTDIR');
    expect(caller.mount('/a/lost')).toBe('ENOENT');
    expect(caller.mount('/a/ld')).toBe(0);
    expect(caller.get('/a/d/p')).toBe('ENOENT');
    expect(caller.rmdir('/a/d')).toBe('EBUSY');
    expect(caller.rmdir('/a/ld')).toBe('ENOTDIR');
    expect(caller.umount('/a/ld/')).toBe(0);
    expect(caller.bind('/f', '/a/l')).toBe(0);
    expect(caller.unlink('/a/m')).toBe('EBUSY');
    expect(caller.get('/a/l')).toBe('EACCES');
    expect(caller.umount('/a/l')).toBe(0);
    expect(caller.umount('/a/l')).toBe('EINVAL');
    expect(caller.umount('/a/l/')).toBe('ENOTDIR');
    expect(caller.bind('/a/l', '/f')).toBe(0);
    expect(caller.get('/f')).toBe(5);
    expect(caller.bind('/a/l/', '/g')).toBe('ENOTDIR');
    expect(caller.bind('/a/ld', '/c')).toBe(0);
    expect(caller.get('/c/p')).toBe(6);
    // From the root of the bind mount, `..` is the directory it is mounted in.
    expect(caller.get('/c/up')).toBe('ENOENT');
  });

  it('is a name like others to calls that make, remove or rename names', () => {
    const { caller } = startLinks(kernel);
    for (const path of ['/a/l', '/a/lost', '/a/lost/', '/a/ld', '/a/loop']) {
      expect(caller.pin(path, 3)).toBe('EEXIST');
      expect(caller.mkdir(path)).toBe('EEXIST');
      expect(caller.rmdir(path)).toBe('ENOTDIR');
      expect(caller.hardLink('/a/m', path)).toBe('EEXIST');
      expect(caller.unlink(`${path}/`)).toBe('ENOTDIR');
      expect(caller.rename(`${path}/`, '/a/n')).toBe('ENOTDIR');
      expect(caller.rename('/a/d', path)).toBe('ENOTDIR');
    }
    expect(caller.rename('/a/ld', '/a/d')).toBe('EISDIR');
    expect(caller.unlink('/a/ld')).toBe(0);
    expect(caller.stat('/a/d')).toEqual(directory(3));
    expect(caller.rename('/a/l', '/a/d/m')).toBe(0);
    expect(caller.get('/a/d/m')).toBe('ELOOP');
    expect(caller.rename('/a/d/m', '/a/m')).toBe(0);
    expect(caller.get('/a/m')).toBe('ELOOP');
  });

  it('gets one more name itself, unless a slash behind it asks for what it leads to', () => {
    const { caller } = startLinks(kernel);
    expect(caller.hardLink('/a/l/', '/a/n')).toBe('ENOTDIR');
    expect(caller.hardLink('/a/ld/', '/a/n')).toBe('EPERM');
    expect(caller.hardLink('/a/lost/', '/a/n')).toBe('ENOENT');
    expect(caller.hardLink('/a/loop/', '/a/n')).toBe('ELOOP');
    expect(caller.hardLink('/a/ld/up', '/a/e/n')).toBe(0);
    expect(caller.get('/a/e/n')).toBe(5);
    expect(caller.rename('/a/e/n', '/a/d/up')).toBe(0);
    expect(caller.stat('/a/m')).toEqual(file(1));
    caller.unlink('/a/d/up');
    expect(caller.get('/a/e/n')).toBe(6);
  });

  it('leads new names to the directory they are made in', () => {
    const { caller } = startLinks(kernel);
    expect(caller.pin('/a/ld/n', 3)).toBe(0);
    expect(caller.mkdir('/a/ld/k')).toBe(0);
    expect(caller.rename('/a/ld/n', '/a/top/a/n')).toBe(0);
    expect(caller.unlink('/a/ld/p')).toBe(0);
    expect(caller.get('/a/n')).toBe(5);
    expect(caller.stat('/a/d')).toEqual(directory(4));
    expect(caller.pin('/a/l/n', 3)).toBe('ENOTDIR');
    expect(caller.pin('/a/lost/n', 3)).toBe('ENOENT');
    expect(caller.hardLink('/a/m', '/b/e/../ld/n')).toBe('EXDEV');
    expect(caller.rename('/a/ld/s', '/a/d/s/n')).toBe('EINVAL');
  });

  it('is followed 40 times in a walk, one behind or inside another', () => {
    const { caller } = startTree(kernel);
    caller.symlink('m', '/a/c1');
    for (let n = 2; n <= 41; n += 1) caller.symlink(`c${String(n - 1)}`, `/a/c${String(n)}`);
    expect(caller.get('/a/c40')).toBe(5);
    expect(caller.get('/a/c41')).toBe('ELOOP');
    caller.symlink('.', '/a/dot');
    const dots = (count: number) => `/a${'/dot'.repeat(count)}`;
    expect(caller.get(`${dots(40)}/m`)).toBe(6);
    expect(caller.get(`${dots(41)}/m`)).toBe('ELOOP');
    expect(caller.get(`${dots(39)}/c2`)).toBe('ELOOP');
    expect(caller.pin(`${dots(41)}/m`, 3)).toBe('ELOOP');
    expect(caller.unlink(dots(41))).toBe(0);
  });

  it('shows in a sight what it leads to', () => {
    const { run, caller } = startTree(kernel);
    const [m, d] = ['/a/m', '/a/d'].map((path) =>
      run.process(1)?.paths.find((each) => each.path === path),
    );
    expect(m).toMatchObject({ kind: 'map' });
    caller.rename('/a/m', '/a/x');
    caller.rename('/a/d', '/a/y');
    caller.symlink('x', '/a/m');
    caller.symlink('y', '/a/d');
    expect(run.process(1)?.paths).toContainEqual(m);
    expect(run.process(1)?.paths).toContainEqual(d);
    expect(run.process(1)?.paths).not.toContainEqual(expect.objectContaining({ path: '/a/m/' }));
    caller.unlink('/a/x');
    expect(run.process(1)?.paths.map(({ path }) => path)).not.toContain('/a/m');
  });

  it('goes with its file system, as anything there', () => {
    const { run, caller } = startLinks(kernel);
    caller.umount('/b');
    expect(caller.umount('/a')).toBe(0);
    expect(run.settle().objects).toMatchObject([{ refcnt: 1 }, { refcnt: 1 }]);
  });

  it('has its absolute target below the root of the namespace, whatever is mounted over that', () => {
    const { caller } = startLinks(kernel);
    caller.mount('/');
    expect(caller.get('/a/top/a/m')).toBe(5);
    expect(caller.get('/a/e/root')).toBe(6);
  });
});

describe.each([...plainKernels, 'linux-4.6', 'linux-4.7'] as const)(
  'symlink under %s',
  (kernel) => {
    it('is not there in a bpffs, which is found out last', () => {
      const { caller } = startTree(kernel);
      expect(caller.symlink('m', '/a/n')).toBe('EPERM');
      expect(caller.symlink('m', '/a/m')).toBe('EEXIST');
      expect(caller.symlink('m', '/a/n/')).toBe('ENOENT');
      expect(caller.symlink('', '/a/n')).toBe('ENOENT');
      expect(caller.get('/a/n')).toBe('ENOENT');
    });
  },
);
