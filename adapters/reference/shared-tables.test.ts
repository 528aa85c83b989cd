import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

const start = () => startScenario(createReference('linux-6.18'));

describe('a table of descriptors that is shared', () => {
  it('is one for both: what one opens or closes, the other has or has not', () => {
    const run = start();
    const [parent, child] = [run.by(1), run.by(2)];
    expect(parent.clone()).toBe(2);
    expect(child.create()).toBe(3);
    expect(parent.update(3, 0, 1)).toBe(0);
    expect(run.process(1)?.descriptors).toEqual(run.process(2)?.descriptors);
    expect(run.object(0)).toMatchObject({ refcnt: 1, holders: { descriptions: 1 } });
    expect(parent.close(3)).toBe(0);
    expect(child.close(3)).toBe('EBADF');
    expect(run.alive()).toBe(0);
  });

  it('outlives each of those who use it but the last', () => {
    const run = start();
    run.by(1).create();
    run.by(1).clone();
    run.by(1).exit();
    expect(run.by(2).lookup(3, 0)).toBe('ENOENT');
    run.by(2).exit();
    expect(run.alive()).toBe(0);
  });

  it('is copied for the child of a fork', () => {
    const run = start();
    run.by(1).create();
    run.by(1).clone();
    expect(run.by(2).fork()).toBe(3);
    run.by(1).close(3);
    expect(run.by(2).close(3)).toBe('EBADF');
    expect(run.by(3).close(3)).toBe(0);
  });

  it('is left by the one who execs, with what survives; the other keeps all', () => {
    const run = start();
    const [parent, child] = [run.by(1), run.by(2)];
    parent.create();
    parent.clone();
    child.dup(3);
    expect(child.exec()).toBe(0);
    expect(run.process(1)?.descriptors.map(({ fd }) => fd)).toEqual([3, 4]);
    expect(run.process(2)?.descriptors.map(({ fd }) => fd)).toEqual([4]);
    child.close(4);
    expect(parent.close(4)).toBe(0);
    parent.exit();
    expect(run.alive()).toBe(0);
  });

  it('leaves the mount namespaces apart', () => {
    const run = start();
    run.by(1).clone();
    run.by(2).unshare();
    run.by(2).mount('/a');
    run.by(2).create();
    expect(run.by(2).pin('/a/m', 3)).toBe(0);
    expect(run.by(1).get('/a/m')).toBe('ENOENT');
  });
});

describe('execve', () => {
  it('closes descriptors of objects as they were opened, and not their duplicates', () => {
    const run = start();
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.load();
    expect(caller.get('/a/m')).toBe(5);
    caller.dup(4);
    caller.fcntl(4, 'F_DUPFD_CLOEXEC');
    caller.exec();
    expect(run.process(1)?.descriptors.map(({ fd }) => fd)).toEqual([6]);
    expect(run.object(0)).toMatchObject({ refcnt: 1, holders: { inodes: 1 } });
    expect(run.object(1)).toMatchObject({ refcnt: 1, holders: { descriptions: 1 } });
  });

  it('goes by the flag as it was set last', () => {
    const run = start();
    const caller = run.by(1);
    caller.create();
    caller.create();
    caller.dup(4);
    caller.fcntl(3, 'F_SETFD', 0);
    caller.fcntl(5, 'F_SETFD', 1);
    caller.fork();
    caller.exec();
    expect(run.process(1)?.descriptors.map(({ fd }) => fd)).toEqual([3]);
    run.by(2).exec();
    expect(run.process(2)?.descriptors.map(({ fd }) => fd)).toEqual([3]);
    expect(run.alive()).toBe(1);
  });

  it('keeps 0, 1 and 2', () => {
    const caller = start().by(1);
    caller.exec();
    expect(caller.dup(0)).toBe(3);
  });
});
