import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { releases } from './releases.ts';
import type { KernelName } from './releases.ts';
import { plainSetup, startScenario } from './scenario.test-data.ts';

const kernels: readonly KernelName[] = [
  'seed-2015',
  'linux-4.4',
  'linux-4.6',
  'linux-4.7',
  'linux-6.1',
  'linux-6.12',
  'linux-6.18',
];

/** A map behind 3 that is pinned at /a/m. */
function startPinned(kernel: KernelName) {
  const run = startScenario(createReference(kernel));
  run.by(1).mount('/a');
  run.by(1).create();
  run.by(1).pin('/a/m', 3);
  return { run, caller: run.by(1) };
}

/** The kernels for which something is so. */
const those = (holds: (kernel: KernelName) => boolean) => kernels.filter(holds);

const before = (end: KernelName) => kernels.slice(0, kernels.indexOf(end));

describe('releases', () => {
  it('are the ones above', () => {
    expect(Object.keys(releases)).toEqual(kernels);
  });

  it('before 4.7 have one instance for each namespace', () => {
    const single = those((kernel) => {
      const { caller } = startPinned(kernel);
      caller.mount('/b');
      return caller.get('/b/m') === 4;
    });
    expect(single).toEqual(before('linux-4.7'));
  });

  it('before 4.7 look at a dot in a name after everything else', () => {
    const late = those((kernel) => startPinned(kernel).caller.get('/a/x.y') === 'ENOENT');
    expect(late).toEqual(before('linux-4.7'));
  });

  it('before 6.1 read the path of a pin first, and tell a closed descriptor', () => {
    const pathFirst = those((kernel) => startPinned(kernel).caller.pin(null, 9) === 'EFAULT');
    expect(pathFirst).toEqual(before('linux-6.1'));
    const tellClosed = those((kernel) => startPinned(kernel).caller.pin('/a/m', 9) === 'EBADF');
    expect(tellClosed).toEqual(before('linux-6.1'));
  });

  it('before 6.1 ignore a slash behind what is unmounted, and bind what is removed', () => {
    const lenient = those((kernel) => {
      const { caller } = startPinned(kernel);
      caller.bind('/a/m', '/f');
      caller.unlink('/a/m');
      return caller.bind('/f', '/g') === 0 && caller.umount('/g/') === 0;
    });
    expect(lenient).toEqual(before('linux-6.1'));
  });

  it('before 6.1 put the map of a program together with its pin', () => {
    const together = those((kernel) => {
      const { run, caller } = startPinned(kernel);
      caller.load(3);
      caller.pin('/a/d', 4);
      for (const fd of [3, 4]) caller.close(fd);
      caller.unlink('/a/m');
      caller.unlink('/a/d');
      return run.alive() === 0;
    });
    expect(together).toEqual(before('linux-6.1'));
  });

  it('from 6.1 on, up to 6.12, put what was pinned after a grace period', () => {
    const late = those((kernel) => {
      const { run, caller } = startPinned(kernel);
      caller.close(3);
      caller.unlink('/a/m');
      const { objects, pending } = run.sight();
      expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
      return objects.length === 1 && pending === 1;
    });
    expect(late).toEqual(['linux-6.1', 'linux-6.12']);
  });
});

describe('what was pinned and is to be put after a grace period', () => {
  it('has its user until then', () => {
    const { run, caller } = startPinned('linux-6.12');
    caller.close(3);
    caller.umount('/a');
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 1, holders: { inodes: 1 } });
    expect(run.object(0)).not.toHaveProperty('content');
  });

  it('is put when the call returns if effects are not deferred', () => {
    const adapter = createReference('linux-6.12', {}, 'after-each-call');
    const run = startScenario(adapter, plainSetup);
    run.by(1).mount('/a');
    run.by(1).create('BPF_MAP_TYPE_PROG_ARRAY');
    run.by(1).load(3);
    run.by(1).update(3, 0, 4);
    run.by(1).pin('/a/m', 3);
    for (const fd of [3, 4]) run.by(1).close(fd);
    expect(run.alive()).toBe(2);
    run.by(1).unlink('/a/m');
    expect(run.alive()).toBe(0);
  });
});
