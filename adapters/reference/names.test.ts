import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';
import type { Caller } from './scenario.test-data.ts';

const kernels = ['linux-4.4', 'linux-6.18'] as const;
const nameOf = (length: number): string => 'x'.repeat(length);

/** A map behind descriptor 3, pinned as /a/m; an empty directory /a/d; a closed descriptor 5. */
function prepare(kernel: (typeof kernels)[number]): Caller {
  const caller = startScenario(createReference(kernel)).by(1);
  caller.mount('/a');
  caller.create();
  caller.pin('/a/m', 3);
  caller.mkdir('/a/d');
  return caller;
}

describe.each(kernels)('mknod under %s', (kernel) => {
  it.each([
    ['/a/n', 'S_IFREG', 'EACCES'],
    ['/a/n', 'S_IFIFO', 'EPERM'],
    ['/a/n', 'S_IFCHR', 'EPERM'],
    ['/a/m', 'S_IFREG', 'EEXIST'],
    ['/a/m/', 'S_IFIFO', 'EEXIST'],
    ['/a', 'S_IFREG', 'EEXIST'],
    ['/a/n/', 'S_IFIFO', 'ENOENT'],
    ['/a/m/n', 'S_IFREG', 'ENOTDIR'],
    [null, 'S_IFREG', 'EFAULT'],
    ['/n', 'S_IFREG', 0],
  ] as const)('of %j as %s answers %s', (path, type, result) => {
    const caller = prepare(kernel);
    expect(caller.mknod(path, type)).toBe(result);
    if (result === 0) expect(caller.stat('/n')).toMatchObject({ kind: 'file', nlink: 1 });
  });

  it('leaves no name behind', () => {
    const caller = prepare(kernel);
    caller.mknod('/a/d/n', 'S_IFREG');
    expect(caller.rmdir('/a/d')).toBe(0);
  });
});

describe.each(kernels)('pinning under %s', (kernel) => {
  it.each([
    ['/a/m', 'EEXIST'],
    ['/a/m/', 'EEXIST'],
    ['/a/d', 'EEXIST'],
    ['/a', 'EEXIST'],
    ['/a/', 'EEXIST'],
    ['/a/d/.', 'EEXIST'],
    ['/a/d/..', 'EEXIST'],
    ['/', 'EEXIST'],
    ['/f', 'EEXIST'],
    ['/a/new/', 'ENOENT'],
    ['/a/none/x', 'ENOENT'],
    ['/a/m/x', 'ENOTDIR'],
    ['/f/x', 'ENOTDIR'],
    ['/new', 'EPERM'],
    ['/new.x', 'EPERM'],
    ['/a/a.b', 'EPERM'],
    ['/a/...', 'EPERM'],
    [`/a/${nameOf(256)}`, 'ENAMETOOLONG'],
    [`/a/${'ä'.repeat(128)}`, 'ENAMETOOLONG'],
    ['', 'ENOENT'],
    [null, 'EFAULT'],
    [`/a/${nameOf(255)}`, 0],
    ['/a/d/../x', 0],
    ['a/./x', 0],
    ['/../a/d/x', 0],
  ])('at %j answers %s', (path, result) => {
    expect(prepare(kernel).pin(path, 3)).toBe(result);
  });

  it('takes paths of 4095 bytes and no longer ones', () => {
    const caller = prepare(kernel);
    expect(caller.pin(`${'/'.repeat(4092)}a/x`, 3)).toBe(0);
    expect(caller.pin(`${'/'.repeat(4093)}a/y`, 3)).toBe('ENAMETOOLONG');
  });
});

describe.each(kernels)('getting under %s', (kernel) => {
  it.each([
    ['/a/m', 4],
    ['/a/d/../m', 4],
    ['/a/m/', 'ENOTDIR'],
    ['/a/m/x', 'ENOTDIR'],
    ['/a/m/..', 'ENOTDIR'],
    ['/a/none', 'ENOENT'],
    ['/a/none/../m', 'ENOENT'],
    ['/a', 'EACCES'],
    ['/a/d/', 'EACCES'],
    ['/f', 'EACCES'],
    ['/', 'EACCES'],
    [nameOf(256), 'ENAMETOOLONG'],
    ['', 'ENOENT'],
    [null, 'EFAULT'],
  ])('%j answers %s', (path, result) => {
    expect(prepare(kernel).get(path)).toBe(result);
  });
});

describe.each(kernels)('directories under %s', (kernel) => {
  it.each([
    ['mkdir', '/a/e/', 0],
    ['mkdir', '/a/d', 'EEXIST'],
    ['mkdir', '/a/m', 'EEXIST'],
    ['mkdir', '/a/m/x', 'ENOTDIR'],
    ['mkdir', '/a/none/x', 'ENOENT'],
    ['mkdir', '/a/a.b', 'EPERM'],
    ['mkdir', '/c.d', 0],
    ['mkdir', '..', 'EEXIST'],
    ['rmdir', '/a/d/', 0],
    ['rmdir', '/a/d/.', 'EINVAL'],
    ['rmdir', '/a/d/..', 'ENOTEMPTY'],
    ['rmdir', '///', 'EBUSY'],
    ['rmdir', '/a', 'EBUSY'],
    ['rmdir', '/a/none', 'ENOENT'],
    ['rmdir', '/a/m', 'ENOTDIR'],
    ['rmdir', '/f/', 'ENOTDIR'],
    ['unlink', '/a/m', 0],
    ['unlink', '/a/m/', 'ENOTDIR'],
    ['unlink', '/a/d', 'EISDIR'],
    ['unlink', '/a/d/', 'EISDIR'],
    ['unlink', '/a/d/.', 'EISDIR'],
    ['unlink', '/', 'EISDIR'],
    ['unlink', '/a', 'EISDIR'],
    ['unlink', '/a/none/', 'ENOENT'],
    ['unlink', '/f', 0],
  ] as const)('%s %j answers %s', (call, path, result) => {
    expect(prepare(kernel)[call](path)).toBe(result);
  });

  it('are removed when nothing is in them', () => {
    const caller = prepare(kernel);
    caller.pin('/a/d/x', 3);
    expect(caller.rmdir('/a/d')).toBe('ENOTEMPTY');
    caller.unlink('/a/d/x');
    expect(caller.rmdir('/a/d')).toBe(0);
    expect(caller.get('/a/d')).toBe('ENOENT');
  });
});

describe('names with a dot', () => {
  it('are refused by every lookup in a bpffs under linux-6.18', () => {
    const caller = prepare('linux-6.18');
    expect(caller.get('/a/a.b')).toBe('EPERM');
    expect(caller.unlink('/a/a.b')).toBe('EPERM');
    expect(caller.rmdir('/a/a.b')).toBe('EPERM');
    expect(caller.pin('/a/n.o/x', 3)).toBe('EPERM');
    expect(caller.pin('/a/a.b/', 3)).toBe('EPERM');
    expect(caller.pin(`/a/.${nameOf(255)}`, 3)).toBe('EPERM');
  });

  it('are only refused to be created under linux-4.4, last of all', () => {
    const caller = prepare('linux-4.4');
    expect(caller.get('/a/a.b')).toBe('ENOENT');
    expect(caller.unlink('/a/a.b')).toBe('ENOENT');
    expect(caller.pin('/a/n.o/x', 3)).toBe('ENOENT');
    expect(caller.pin('/a/a.b/', 3)).toBe('ENOENT');
    expect(caller.pin(`/a/.${nameOf(255)}`, 3)).toBe('ENAMETOOLONG');
    expect(caller.mkdir('/a/a.b/')).toBe('EPERM');
  });
});

describe('what BPF_OBJ_PIN looks at first', () => {
  it('is the path string, then the descriptor, then the walk under linux-4.4', () => {
    const caller = prepare('linux-4.4');
    expect(caller.pin(null, 5)).toBe('EFAULT');
    expect(caller.pin('', 5)).toBe('ENOENT');
    expect(caller.pin('/a/m', 5)).toBe('EBADF');
    expect(caller.pin('/a/m', -1)).toBe('EBADF');
    expect(caller.pin('/none/x', 0)).toBe('EINVAL');
  });

  it('is the descriptor under linux-6.18, which does not tell a closed one apart', () => {
    const caller = prepare('linux-6.18');
    expect(caller.pin(null, 5)).toBe('EINVAL');
    expect(caller.pin('/a/m', 0)).toBe('EINVAL');
  });
});
