import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import {
  attached,
  cgroupSkb,
  defunct,
  multi,
  startLinked,
  startWithCgroup,
  withCgroups,
} from './attachments.test-data.ts';
import { old, recent, startScenario } from './scenario.test-data.ts';

describe.each(old)('under %s', (kernel) => {
  it('nothing is attached to a cgroup', () => {
    const caller = startScenario(createReference(kernel), withCgroups).by(1);
    caller.open('/cgroup/a', 'O_DIRECTORY');
    caller.load();
    expect(caller.attachTo(3, 4)).toBe('EINVAL');
    expect(caller.attachTo(9, 9)).toBe('EINVAL');
    expect(caller.detachFrom(9, 9)).toBe('EINVAL');
  });
});

describe.each(recent)('a program of a cgroup under %s', (kernel) => {
  it('is looked at first, then the cgroup', () => {
    const { caller } = startWithCgroup(kernel);
    caller.load();
    caller.create();
    caller.open('/f', 'O_PATH');
    caller.open('/a', 'O_DIRECTORY');
    expect([9, 7].map((fd) => caller.attachTo(9, fd))).toEqual(['EBADF', 'EBADF']);
    expect([0, 3, 5, 6].map((fd) => caller.attachTo(9, fd))).toEqual(
      Array<string>(4).fill('EINVAL'),
    );
    expect([9, 0, 4, 7, 8].map((fd) => caller.attachTo(fd, 4))).toEqual(
      Array<string>(5).fill('EBADF'),
    );
    expect(caller.attachTo(3, 4)).toBe(0);
  });

  it('is held by it, through a mere place too, until it is detached', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.open('/cgroup/a', 'O_PATH');
    expect(caller.attachTo(5, 4)).toBe(0);
    for (const fd of [3, 4]) caller.close(fd);
    expect(run.settle().objects).toMatchObject([
      { kind: 'program', refcnt: 1, holders: { attachments: 1, links: 0, descriptions: 0 } },
    ]);
    expect(caller.detachFrom(5, 9)).toBe(0);
    expect(run.sight()).toMatchObject({ objects: [], pending: 0 });
  });

  it('stays when all processes are gone', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.attachTo(3, 4);
    caller.exit();
    expect(run.settle().objects).toMatchObject([{ refcnt: 1, holders: { attachments: 1 } }]);
  });

  it('goes with the run', () => {
    const adapter = createReference(kernel);
    const run = startScenario(adapter, withCgroups);
    run.by(1).open('/cgroup/a', 'O_DIRECTORY');
    run.by(1).create();
    run.by(1).loadOf(cgroupSkb, 4);
    run.by(1).attachTo(3, 5);
    const ids = run.sight().objects.map(({ id }) => id);
    adapter.reset(withCgroups);
    expect(adapter.alive(ids)).toEqual([]);
  });

  it('that is the only one is replaced by the next, and let go at once', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.attachTo(3, 4);
    caller.loadOf(cgroupSkb);
    expect(caller.attachTo(3, 5)).toBe(0);
    expect(caller.attachTo(3, 5)).toBe(0);
    expect(run.sight()).toMatchObject({
      objects: [{ refcnt: 1 }, { refcnt: 2, holders: { attachments: 1 } }],
      pending: 0,
    });
    caller.close(4);
    expect(run.alive()).toBe(1);
  });

  it('lets go of its map later', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.create();
    caller.loadOf(cgroupSkb, 5);
    caller.attachTo(3, 6);
    for (const fd of [4, 5, 6]) caller.close(fd);
    caller.detachFrom(3, 9);
    expect(run.sight()).toMatchObject({ objects: [{ kind: 'map', refcnt: 1 }], pending: 1 });
    expect(run.settle().objects).toEqual([]);
  });

  it('is beside others once each, and in many cgroups', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.open('/cgroup/b', 'O_PATH');
    caller.loadOf(cgroupSkb);
    expect(caller.attachTo(3, 4, multi)).toBe(0);
    expect(caller.attachTo(3, 4, multi)).toBe('EINVAL');
    expect(caller.attachTo(3, 6, multi)).toBe(0);
    expect(caller.attachTo(5, 4)).toBe(0);
    expect(run.object(0)).toMatchObject({ refcnt: 3, holders: { attachments: 2 } });
    expect(caller.detachFrom(3, 4)).toBe(0);
    expect(caller.detachFrom(3, 4)).toBe('ENOENT');
    expect(run.sight().objects).toMatchObject([
      { refcnt: 2, holders: { attachments: 1 } },
      { refcnt: 2, holders: { attachments: 1 } },
    ]);
  });

  it('is attached in the mode of those that are there, until none is', () => {
    const { caller } = startWithCgroup(kernel);
    caller.attachTo(3, 4);
    expect(caller.attachTo(3, 4, multi)).toBe('EPERM');
    caller.detachFrom(3, 4);
    expect(caller.attachTo(3, 4, multi)).toBe(0);
    expect(caller.attachTo(3, 4)).toBe('EPERM');
    caller.detachFrom(3, 4);
    expect(caller.attachTo(3, 4)).toBe(0);
  });

  it('is detached by name where there are more', () => {
    const { caller } = startWithCgroup(kernel);
    caller.load();
    caller.loadOf(cgroupSkb);
    expect(caller.detachFrom(3, 4)).toBe('ENOENT');
    expect(caller.detachFrom(9, 4)).toBe('EBADF');
    expect(caller.detachFrom(4, 4)).toBe('EBADF');
    caller.attachTo(3, 4, multi);
    expect([9, 0, 3, 5].map((fd) => caller.detachFrom(3, fd))).toEqual(
      Array<string>(4).fill('EINVAL'),
    );
    expect(caller.detachFrom(3, 6)).toBe('ENOENT');
    expect(caller.detachFrom(3, 4)).toBe(0);
  });
});

describe.each(recent)('a cgroup that was removed, under %s', (kernel) => {
  it('is no target any more', () => {
    const { caller } = startWithCgroup(kernel);
    caller.load();
    caller.attachTo(3, 4, multi);
    caller.rmdir('/cgroup/a');
    expect(caller.attachTo(3, 4, multi)).toBe('ENOENT');
    expect(caller.attachTo(3, 5)).toBe('EINVAL');
    expect(caller.detachFrom(3, 4)).toBe('ENOENT');
    expect(caller.link(4, 3)).toBe('ENOENT');
  });

  it('lets go of its programs some time later', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.attachTo(3, 4);
    caller.close(4);
    expect(caller.rmdir('/cgroup/a')).toBe(0);
    expect(run.sight()).toMatchObject({
      objects: [{ refcnt: 1, holders: { attachments: 1 } }],
      pending: 1,
    });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
  });

  it('leaves its links defunct some time later, with their programs', () => {
    const { run, caller } = startLinked(kernel);
    caller.rmdir('/cgroup/a');
    expect(caller.info(5)).toEqual(attached);
    expect(run.sight().pending).toBe(1);
    const program = { kind: 'program', refcnt: 2, holders: { links: 1 } };
    expect(run.settle()).toMatchObject({ objects: [program, { refcnt: 1 }], pending: 0 });
    expect(caller.info(5)).toEqual(defunct);
    expect(caller.detachLink(5)).toBe(0);
    caller.close(5);
    expect(run.sight().objects).toMatchObject([{ refcnt: 1, holders: { links: 0 } }]);
  });

  it('may lose its links before that', () => {
    const { run, caller } = startLinked(kernel);
    caller.link(4, 3);
    caller.rmdir('/cgroup/a');
    expect(caller.detachLink(5)).toBe(0);
    expect(caller.info(5)).toEqual(defunct);
    caller.close(6);
    expect(run.sight()).toMatchObject({ objects: [{ refcnt: 2 }, { refcnt: 1 }], pending: 1 });
    expect(run.settle()).toMatchObject({ objects: [{ refcnt: 2 }, { refcnt: 1 }], pending: 0 });
  });
});
