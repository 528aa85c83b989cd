import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

describe.each(['linux-4.4', 'linux-6.18'] as const)('holding objects under %s', (kernel) => {
  const start = () => startScenario(createReference(kernel));

  it('keeps a pinned map and its content after the exit of the process that made it', () => {
    const run = start();
    const [parent, child] = [run.by(1), run.by(2)];
    parent.mount('/a');
    expect(parent.fork()).toBe(2);
    expect(child.create()).toBe(3);
    child.update(3, 1, 42);
    expect(child.pin('/a/m', 3)).toBe(0);
    expect(child.exit()).toBe(0);
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 1, content: [null, 42] });
    expect(parent.get('/a/m')).toBe(3);
    expect(parent.lookup(3, 1)).toBe(42);
  });

  it('lets a map die with its last descriptor, in whichever process that is', () => {
    const run = start();
    const [parent, child] = [run.by(1), run.by(2)];
    parent.create();
    parent.fork();
    parent.close(3);
    expect(run.object(0)?.holders).toEqual({
      descriptions: 1,
      inodes: 0,
      programs: 0,
      slots: 0,
      attachments: 0,
      links: 0,
    });
    expect(child.lookup(3, 0)).toBe('ENOENT');
    expect(parent.kill(2)).toBe(0);
    expect(run.alive()).toBe(0);
  });

  it('counts files and inodes, but neither duplicates nor forked copies of descriptors', () => {
    const run = start();
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.dup(3);
    caller.fork();
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 1 });
    caller.pin('/a/m', 4);
    caller.pin('/a/n', 4);
    caller.get('/a/m');
    expect(run.object(0)).toMatchObject({
      refcnt: 4,
      usercnt: 4,
      holders: { descriptions: 2, inodes: 2, programs: 0 },
    });
  });

  it('counts a program as a holder of its map, but not as a user', () => {
    const run = start();
    run.by(1).create();
    run.by(1).load(3);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 1 });
    expect(run.object(1)).toMatchObject({ kind: 'program', refcnt: 1 });
    run.by(1).close(3);
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 0 });
    expect(run.object(0)).not.toHaveProperty('content');
  });

  it('keeps a descriptor usable after the pin it was got from is unlinked', () => {
    const run = start();
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    expect(caller.get('/a/m')).toBe(4);
    caller.close(3);
    expect(caller.unlink('/a/m')).toBe(0);
    expect(caller.update(4, 0, 7)).toBe(0);
    caller.close(4);
    expect(run.alive()).toBe(0);
  });

  it('fails with EMFILE at the limit and leaks nothing, while pinning needs no descriptor', () => {
    const run = startScenario(createReference(kernel), {
      host: ['/a/'],
      watch: [],
      descriptors: 4,
    });
    const caller = run.by(1);
    caller.mount('/a');
    expect(caller.create()).toBe(3);
    expect(caller.pin('/a/m', 3)).toBe(0);
    const before = run.sight();
    expect(caller.create()).toBe('EMFILE');
    expect(caller.load(3)).toBe('EMFILE');
    expect(caller.get('/a/m')).toBe('EMFILE');
    expect(caller.dup(3)).toBe('EMFILE');
    expect(run.sight()).toEqual(before);
  });

  it('gives the lowest free descriptor, 0 to 2 included once they are closed', () => {
    const run = start();
    const caller = run.by(1);
    expect(caller.dup(0)).toBe(3);
    expect(caller.close(1)).toBe(0);
    expect(caller.create()).toBe(1);
    expect(caller.close(7)).toBe('EBADF');
    expect(caller.dup(7)).toBe('EBADF');
  });

  it('answers ESRCH to a signal to, and to a step by, a process that does not run', () => {
    const run = start();
    expect(run.by(1).kill(2)).toBe('ESRCH');
    run.by(1).fork();
    run.by(2).exit();
    expect(run.by(1).kill(2)).toBe('ESRCH');
    expect(run.by(2).create()).toBe('ESRCH');
    expect(run.by(1).fork()).toBe(3);
  });
});

describe('the map of a program that is gone', () => {
  function startWithProgram(kernel: 'linux-4.4' | 'linux-6.18', deferral?: 'after-each-call') {
    const adapter = createReference(kernel, {}, deferral);
    const run = startScenario(adapter);
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.load(3);
    caller.close(3);
    return { adapter, run, caller };
  }

  it('is released some time after a descriptor was the last holder', () => {
    for (const kernel of ['linux-4.4', 'linux-6.18'] as const) {
      const { adapter, run, caller } = startWithProgram(kernel);
      caller.close(4);
      expect(run.sight()).toMatchObject({ objects: [{ kind: 'map', refcnt: 1 }], pending: 1 });
      expect(adapter.settle()).toMatchObject({ objects: [], pending: 0 });
    }
  });

  it('is released at once by an unlinked pin under linux-4.4, later under linux-6.18', () => {
    for (const [kernel, pending] of [
      ['linux-4.4', 0],
      ['linux-6.18', 1],
    ] as const) {
      const { run, caller } = startWithProgram(kernel);
      caller.pin('/a/m', 4);
      caller.close(4);
      caller.unlink('/a/m');
      expect(run.sight()).toMatchObject({ pending });
      expect(run.alive()).toBe(pending);
    }
  });

  it('is gone when the call returns if effects are not deferred', () => {
    const { run, caller } = startWithProgram('linux-6.18', 'after-each-call');
    caller.close(4);
    expect(run.alive()).toBe(0);
  });
});
