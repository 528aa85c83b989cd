import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

const start = (kernel: 'linux-4.4' | 'linux-6.18') => startScenario(createReference(kernel));

describe.each(['linux-4.4', 'linux-6.18'] as const)('mounting under %s', (kernel) => {
  it.each([
    [null, 'EFAULT'],
    ['', 'ENOENT'],
    ['/none', 'ENOENT'],
    ['/f', 'ENOTDIR'],
    ['/f/x', 'ENOTDIR'],
    ['/a/', 0],
  ])('on %j answers %s', (target, result) => {
    expect(start(kernel).by(1).mount(target)).toBe(result);
  });

  it.each([
    ['x'.repeat(4096), '/none', 'EINVAL'],
    [null, '/none', 'ENOENT'],
    [null, '/a', 'EINVAL'],
    ['', '/a', 'EINVAL'],
    ['/none', '/a', 'ENOENT'],
    [`/${'x'.repeat(300)}`, '/a', 'ENAMETOOLONG'],
    ['/f', '/a', 'ENOTDIR'],
    ['/a', '/f', 'ENOTDIR'],
    ['/a', '/b', 0],
    ['/f', '/g', 0],
  ])('%j on %j answers %s', (source, target, result) => {
    expect(start(kernel).by(1).bind(source, target)).toBe(result);
  });

  it('takes what is unmounted to be the root of a mount, and not of the namespace', () => {
    const caller = start(kernel).by(1);
    caller.mount('/a');
    caller.mkdir('/a/d');
    expect(caller.umount(null)).toBe('EFAULT');
    expect(caller.umount('/none')).toBe('ENOENT');
    expect(caller.umount('/b')).toBe('EINVAL');
    expect(caller.umount('/a/d')).toBe('EINVAL');
    expect(caller.umount('/')).toBe('EINVAL');
    expect(caller.detach('/')).toBe('EINVAL');
    expect(caller.umount('/a')).toBe(0);
    expect(caller.umount('/a')).toBe('EINVAL');
  });

  it('leaves the root of the namespace where it is, below what is mounted over it', () => {
    const caller = start(kernel).by(1);
    expect(caller.mount('/')).toBe(0);
    expect(caller.mkdir('/x')).toBe(0);
    expect(caller.mkdir('/../y')).toBe(0);
    expect(caller.mount('/y')).toBe('ENOENT');
    expect(caller.umount('/')).toBe(0);
    expect(caller.umount('/')).toBe('EINVAL');
  });

  it('makes a mount busy while others are attached to it, and a lazy umount takes them along', () => {
    const caller = start(kernel).by(1);
    caller.mount('/a');
    caller.mkdir('/a/d');
    caller.bind('/b', '/a/d');
    expect(caller.umount('/a')).toBe('EBUSY');
    expect(caller.detach('/a')).toBe(0);
    expect(caller.get('/a/d')).toBe('ENOENT');
    expect(caller.umount('/a/d')).toBe('ENOENT');
  });

  it('makes a name busy wherever it is seen in the namespace', () => {
    const caller = start(kernel).by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.mkdir('/a/d');
    caller.bind('/a', '/b');
    caller.bind('/c', '/a/d');
    caller.bind('/a/m', '/a/m');
    expect(caller.pin('/b/d/x', 3)).toBe(0);
    expect(caller.rmdir('/a/d')).toBe('EBUSY');
    expect(caller.rmdir('/b/d')).toBe('EBUSY');
    expect(caller.unlink('/b/m')).toBe('EBUSY');
    expect(caller.umount('/b/d')).toBe('EINVAL');
  });

  it('takes mounts away, with all below, when another namespace removes the name under them', () => {
    const run = start(kernel);
    const [parent, child] = [run.by(1), run.by(2)];
    parent.mount('/a');
    parent.mkdir('/a/d');
    parent.fork();
    child.unshare();
    child.bind('/b', '/a/d');
    child.mkdir('/b/e');
    child.mount('/a/d/e');
    child.create();
    child.pin('/a/d/e/m', 3);
    child.close(3);
    // Under linux-4.4 the instance is found by nobody else: the child is alone in its namespace.
    expect(run.alive()).toBe(1);
    expect(parent.rmdir('/a/d')).toBe(0);
    expect(child.get('/a/d')).toBe('ENOENT');
    expect(run.alive()).toBe(0);
  });

  it('takes a mount away once, even if it is below another on the same name', () => {
    const run = start(kernel);
    const [parent, child] = [run.by(1), run.by(2)];
    parent.mount('/a');
    parent.mkdir('/a/d');
    parent.create();
    parent.pin('/a/m', 3);
    parent.close(3);
    parent.fork();
    child.unshare();
    child.bind('/a', '/a/d');
    expect(child.bind('/a', '/a/d/d')).toBe(0);
    expect(parent.rmdir('/a/d')).toBe(0);
    child.exit();
    expect(run.alive()).toBe(1);
    expect(parent.get('/a/m')).toBe(3);
  });
});

describe.each(['linux-4.4', 'linux-6.18'] as const)('a removed name under %s', (kernel) => {
  it('keeps its object while it is the root of a bind mount', () => {
    const run = start(kernel);
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.close(3);
    expect(caller.bind('/a/m', '/f')).toBe(0);
    expect(caller.unlink('/a/m')).toBe(0);
    expect(caller.umount('/a')).toBe(0);
    expect(run.object(0)?.holders).toMatchObject({ inodes: 1 });
    expect(caller.get('/f')).toBe(3);
    caller.close(3);
    expect(caller.umount('/f')).toBe(0);
    expect(run.alive()).toBe(0);
  });

  it('lets nothing be created, looked up or mounted in it', () => {
    const caller = start(kernel).by(1);
    caller.mount('/a');
    caller.create();
    caller.mkdir('/a/d');
    caller.bind('/a/d', '/b');
    caller.rmdir('/a/d');
    expect(caller.pin('/b/x', 3)).toBe('ENOENT');
    expect(caller.mkdir('/b/a.b')).toBe('ENOENT');
    expect(caller.get('/b/x')).toBe('ENOENT');
    expect(caller.get('/b')).toBe('EACCES');
    expect(caller.pin('/b/.', 3)).toBe('EEXIST');
    expect(caller.mount('/b')).toBe('ENOENT');
    expect(caller.bind('/f', '/b')).toBe('ENOENT');
    expect(caller.bind('/none', '/b')).toBe('ENOENT');
    expect(caller.umount('/b')).toBe(0);
  });
});

describe('what differs between the kernels', () => {
  it('is whether a removed name can be bound once more', () => {
    for (const [kernel, result] of [
      ['linux-4.4', 0],
      ['linux-6.18', 'ENOENT'],
    ] as const) {
      const caller = start(kernel).by(1);
      caller.mount('/a');
      caller.mkdir('/a/d');
      caller.bind('/a/d', '/b');
      caller.rmdir('/a/d');
      expect(caller.bind('/b', '/f')).toBe('ENOTDIR');
      expect(caller.bind('/b', '/c')).toBe(result);
    }
  });

  it('is whether umount2 minds a slash after a file', () => {
    for (const [kernel, result] of [
      ['linux-4.4', 'EINVAL'],
      ['linux-6.18', 'ENOTDIR'],
    ] as const) {
      expect(start(kernel).by(1).umount('/f/')).toBe(result);
    }
  });
});
