import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

const start = (kernel: 'linux-4.4' | 'linux-6.18') => startScenario(createReference(kernel));

describe('a fresh mount under linux-4.4', () => {
  it('shows the instance that the namespace already has', () => {
    const run = start('linux-4.4');
    const caller = run.by(1);
    caller.mount('/a');
    caller.mount('/b');
    caller.create();
    caller.pin('/a/m', 3);
    expect(caller.get('/b/m')).toBe(4);
    const instances = run.process(1)?.paths.map((path) => path.instance);
    expect(new Set(instances).size).toBe(1);
  });

  it('is refused where a mount of the same instance is on top', () => {
    const run = start('linux-4.4');
    const caller = run.by(1);
    caller.mount('/a');
    caller.mkdir('/a/d');
    expect(caller.mount('/a')).toBe('EBUSY');
    expect(caller.bind('/a/d', '/b')).toBe(0);
    expect(caller.mount('/b')).toBe('EBUSY');
    expect(caller.mount('/a/d')).toBe(0);
    expect(caller.mount('/a/d')).toBe('EBUSY');
  });

  it('finds an instance again that only a copy in another namespace kept alive', () => {
    const run = start('linux-4.4');
    const [parent, child] = [run.by(1), run.by(2)];
    parent.mount('/a');
    parent.create();
    parent.pin('/a/m', 3);
    parent.fork();
    child.unshare();
    parent.umount('/a');
    parent.mount('/a');
    expect(parent.get('/a/m')).toBe(4);
    expect(child.mount('/b')).toBe(0);
    expect(child.get('/b/m')).toBe('ENOENT');
  });

  it('starts empty once all mounts of the instance are gone', () => {
    const run = start('linux-4.4');
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.umount('/a');
    caller.mount('/a');
    expect(caller.get('/a/m')).toBe('ENOENT');
  });

  it('never finds the instance of a namespace that has ended', () => {
    const run = start('linux-4.4');
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.unshare();
    caller.mount('/b');
    expect(caller.get('/a/m')).toBe(4);
    expect(caller.get('/b/m')).toBe('ENOENT');
  });
});

describe('a fresh mount under linux-6.18', () => {
  it('shows a new instance and stacks on an old one', () => {
    const run = start('linux-6.18');
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    expect(caller.mount('/b')).toBe(0);
    expect(caller.get('/b/m')).toBe('ENOENT');
    expect(caller.mount('/a')).toBe(0);
    expect(caller.get('/a/m')).toBe('ENOENT');
    expect(caller.umount('/a')).toBe(0);
    expect(caller.get('/a/m')).toBe(4);
  });

  it('does not find an instance again that a copy kept alive', () => {
    const run = start('linux-6.18');
    run.by(1).mount('/a');
    run.by(1).create();
    run.by(1).pin('/a/m', 3);
    run.by(1).fork();
    run.by(2).unshare();
    run.by(1).umount('/a');
    run.by(1).mount('/a');
    expect(run.by(1).get('/a/m')).toBe('ENOENT');
    expect(run.by(2).get('/a/m')).toBe(4);
  });
});

describe.each(['linux-4.4', 'linux-6.18'] as const)('namespaces under %s', (kernel) => {
  it('share the instances they were copied with, in both directions', () => {
    const run = start(kernel);
    const [parent, child] = [run.by(1), run.by(2)];
    parent.mount('/a');
    parent.create();
    parent.fork();
    expect(child.unshare()).toBe(0);
    parent.pin('/a/m', 3);
    expect(child.get('/a/m')).toBe(4);
    child.unlink('/a/m');
    expect(parent.get('/a/m')).toBe('ENOENT');
    expect(run.process(1)?.namespace).not.toBe(run.process(2)?.namespace);
  });

  it('keep an instance alive until the last of them has unmounted it or ended', () => {
    const run = start(kernel);
    const [parent, child] = [run.by(1), run.by(2)];
    parent.fork();
    child.unshare();
    child.mount('/a');
    child.create();
    child.pin('/a/m', 3);
    expect(parent.get('/a/m')).toBe('ENOENT');
    child.close(3);
    expect(run.alive()).toBe(1);
    parent.kill(2);
    expect(run.alive()).toBe(0);
  });

  it('release the pins of an instance with its last mount, lazily detached or not', () => {
    const run = start(kernel);
    const caller = run.by(1);
    caller.mount('/a');
    caller.bind('/a', '/b');
    caller.create();
    caller.pin('/a/m', 3);
    caller.close(3);
    expect(caller.umount('/a')).toBe(0);
    expect(caller.get('/b/m')).toBe(3);
    caller.close(3);
    expect(caller.detach('/b')).toBe(0);
    expect(run.alive()).toBe(0);
  });
});
