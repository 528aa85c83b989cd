import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { schedCls } from './attachments.test-data.ts';
import type { KernelName } from './releases.ts';
import { plainSetup, startScenario } from './scenario.test-data.ts';

const kernels = ['seed-2015', 'linux-4.4', 'linux-4.7', 'linux-6.1', 'linux-6.18'] as const;

/** A map behind 3, a program for a qdisc that uses it behind 4, another program behind 5. */
function start(kernel: KernelName) {
  const run = startScenario(createReference(kernel), { ...plainSetup, descriptors: 12 });
  const caller = run.by(1);
  caller.create();
  caller.loadOf(schedCls, 3);
  caller.loadOf(schedCls);
  return { run, caller };
}

describe.each(kernels)('a filter of a qdisc under %s', (kernel) => {
  it('is a program of its type', () => {
    const { caller } = start(kernel);
    caller.load();
    caller.open('/f', 'O_PATH');
    for (const set of [caller.addFilter, caller.replaceFilter]) {
      expect([9, 7].map((fd) => set('ingress', fd))).toEqual(['EBADF', 'EBADF']);
      expect([0, 3, 6].map((fd) => set('ingress', fd))).toEqual(Array<string>(3).fill('EINVAL'));
    }
    expect(caller.delFilter('ingress')).toBe('ENOENT');
    expect(caller.addFilter('ingress', 4)).toBe(0);
  });

  it('is one for each direction, and in the way of another', () => {
    const { run, caller } = start(kernel);
    expect(caller.addFilter('ingress', 4)).toBe(0);
    expect(caller.addFilter('ingress', 9)).toBe('EEXIST');
    expect(caller.addFilter('egress', 9)).toBe('EBADF');
    expect(caller.addFilter('egress', 4)).toBe(0);
    expect(run.object(1)).toMatchObject({ refcnt: 3, holders: { attachments: 2 } });
    expect(caller.delFilter('ingress')).toBe(0);
    expect(caller.delFilter('ingress')).toBe('ENOENT');
    expect(caller.addFilter('ingress', 5)).toBe(0);
    expect(caller.delFilter('egress')).toBe(0);
  });

  it('keeps its program alive, until some time after it is deleted', () => {
    const { run, caller } = start(kernel);
    caller.addFilter('egress', 4);
    for (const fd of [3, 4, 5]) caller.close(fd);
    expect(run.settle().objects).toMatchObject([
      { kind: 'map', refcnt: 1 },
      { kind: 'program', refcnt: 1, holders: { attachments: 1, descriptions: 0 } },
    ]);
    caller.delFilter('egress');
    expect(run.sight()).toMatchObject({
      objects: [{}, { refcnt: 1, holders: { attachments: 1 } }],
      pending: 1,
    });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
  });

  it('is replaced by another, or by itself, and the old one goes some time later', () => {
    const { run, caller } = start(kernel);
    expect(caller.replaceFilter('ingress', 4)).toBe(0);
    expect(caller.replaceFilter('ingress', 9)).toBe('EBADF');
    expect(caller.replaceFilter('ingress', 5)).toBe(0);
    expect(caller.replaceFilter('ingress', 5)).toBe(0);
    expect(run.sight()).toMatchObject({
      objects: [{}, { refcnt: 2 }, { refcnt: 3, holders: { attachments: 2 } }],
      pending: 2,
    });
    expect(run.settle().objects).toMatchObject([{}, { refcnt: 1 }, { refcnt: 2 }]);
  });

  it('is there for all processes, and stays when they are gone', () => {
    const { run, caller } = start(kernel);
    caller.fork();
    run.by(2).unshare();
    expect(run.by(2).addFilter('ingress', 4)).toBe(0);
    expect(caller.addFilter('ingress', 4)).toBe('EEXIST');
    caller.exit();
    run.by(2).exit();
    expect(run.settle().objects).toMatchObject([{}, { refcnt: 1, holders: { attachments: 1 } }]);
  });

  it('ends with its qdisc, which is deleted once', () => {
    const { run, caller } = start(kernel);
    caller.addFilter('ingress', 4);
    caller.addFilter('egress', 5);
    for (const fd of [3, 4, 5]) caller.close(fd);
    expect(caller.delQdisc()).toBe(0);
    expect(run.sight()).toMatchObject({ objects: [{}, {}, {}], pending: 2 });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
    expect(caller.delQdisc()).toBe('EINVAL');
    expect(caller.delFilter('ingress')).toBe('EINVAL');
    expect(caller.addFilter('ingress', 9)).toBe('EINVAL');
    expect(caller.replaceFilter('egress', 9)).toBe('EINVAL');
  });

  it('goes with the run, and the next one has none', () => {
    const adapter = createReference(kernel);
    const run = startScenario(adapter);
    run.by(1).loadOf(schedCls);
    run.by(1).addFilter('ingress', 3);
    const ids = run.sight().objects.map(({ id }) => id);
    const next = startScenario(adapter);
    expect(adapter.alive(ids)).toEqual([]);
    expect(next.by(1).delFilter('ingress')).toBe('ENOENT');
  });
});
