import { describe, expect, it } from 'vitest';
import {
  directory,
  file,
  plainKernels,
  renamingKernels,
  startTree,
  tooLong,
} from './trees.test-data.ts';

describe.each([...plainKernels, ...renamingKernels])('stat under %s', (kernel) => {
  it.each([
    ['/a', directory(4)],
    ['/a/', directory(4)],
    ['/b', directory(4)],
    ['/a/d', directory(3)],
    ['/a/d/s/..', directory(3)],
    ['/a/e/.', directory(2)],
    ['/a/m', file(1)],
    ['/a/m/', 'ENOTDIR'],
    ['/a/m/x', 'ENOTDIR'],
    ['/a/none', 'ENOENT'],
    [`/a/${tooLong}`, 'ENAMETOOLONG'],
    ['', 'ENOENT'],
    [null, 'EFAULT'],
    ['x'.repeat(4096), 'ENAMETOOLONG'],
  ])('shows of %j %j', (path, shown) => {
    expect(startTree(kernel).caller.stat(path)).toEqual(shown);
  });

  it('counts directories as they come and go, and nothing else', () => {
    const { caller } = startTree(kernel);
    caller.mkdir('/a/e/x');
    caller.pin('/a/e/y', 3);
    expect(caller.stat('/a/e')).toEqual(directory(3));
    caller.rmdir('/a/e/x');
    caller.unlink('/a/e/y');
    expect(caller.stat('/a/e')).toEqual(directory(2));
    expect(caller.stat('/a')).toEqual(directory(4));
  });

  it('shows what was removed without a name, where it is the root of a mount', () => {
    const { caller } = startTree(kernel);
    caller.bind('/a/e', '/c');
    caller.bind('/a/o', '/f');
    caller.rmdir('/a/e');
    caller.unlink('/a/o');
    expect(caller.stat('/c')).toEqual(directory(0));
    expect(caller.stat('/f')).toEqual(file(0));
    expect(caller.stat('/a')).toEqual(directory(3));
  });
});

describe('names with a dot', () => {
  it('are refused by the lookup, or just missing', () => {
    expect(startTree('linux-6.18').caller.stat('/a/a.b')).toBe('EPERM');
    expect(startTree('linux-4.6').caller.stat('/a/a.b')).toBe('ENOENT');
  });
});
