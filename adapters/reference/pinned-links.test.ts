import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { attached, defunct, startLinked } from './attachments.test-data.ts';
import type { KernelName } from './releases.ts';
import { recent, startScenario } from './scenario.test-data.ts';

/** A link pinned at /a/m; its program and itself have no descriptor. */
function startPinned(kernel: KernelName) {
  const { run, caller } = startLinked(kernel);
  caller.mount('/a');
  caller.pin('/a/m', 5);
  for (const fd of [4, 5]) caller.close(fd);
  return { run, caller };
}

describe.each(recent)('a pinned link under %s', (kernel) => {
  it('is held by its inode, and shown there', () => {
    const { run } = startPinned(kernel);
    const [program, link] = run.settle().objects;
    expect(program).toMatchObject({ refcnt: 1, holders: { links: 1 } });
    expect(link).toMatchObject({ refcnt: 1, holders: { inodes: 1, descriptions: 0 } });
    expect(run.process(1)?.paths).toMatchObject([
      { path: '/a', kind: 'directory' },
      { path: '/a/m', kind: 'link', object: link?.id },
    ]);
  });

  it('is got, again and again', () => {
    const { run, caller } = startPinned(kernel);
    expect([caller.get('/a/m'), caller.get('/a/m')]).toEqual([4, 5]);
    expect(run.object(1)).toMatchObject({ refcnt: 3, holders: { descriptions: 2, inodes: 1 } });
    expect([4, 5].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([1, 1]);
    expect(caller.info(4)).toEqual(attached);
    expect(caller.detachLink(4)).toBe(0);
    expect(caller.info(5)).toEqual(defunct);
    while (typeof caller.dup(0) === 'number');
    const before = run.sight();
    expect(caller.get('/a/m')).toBe('EMFILE');
    expect(run.sight()).toEqual(before);
  });

  it('survives its cgroup', () => {
    const { run, caller } = startPinned(kernel);
    caller.rmdir('/cgroup/a');
    expect(run.settle().objects).toMatchObject([{ refcnt: 1 }, { refcnt: 1 }]);
    expect(caller.get('/a/m')).toBe(4);
    expect(caller.info(4)).toEqual(defunct);
  });

  it.each(['unlink', 'umount', 'exit'] as const)('goes some time after %s', (end) => {
    const { run, caller } = startPinned(kernel);
    if (end === 'exit') caller.exit();
    else caller[end](end === 'unlink' ? '/a/m' : '/a');
    expect(run.sight()).toMatchObject({
      objects: [{ kind: 'program', refcnt: 1, holders: { links: 1 } }, { kind: 'link' }],
      pending: 1,
    });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
  });

  it('goes at once when its descriptor is closed last', () => {
    const { run, caller } = startPinned(kernel);
    caller.get('/a/m');
    caller.unlink('/a/m');
    run.settle();
    caller.close(4);
    expect(run.sight()).toMatchObject({ objects: [], pending: 0 });
  });

  it('is gone when the call returns if effects are not deferred', () => {
    const adapter = createReference(kernel, {}, 'after-each-call');
    const host = ['/a/', '/cgroup/', '/cgroup/a/'];
    const run = startScenario(adapter, { host, watch: [], descriptors: 8 });
    const caller = run.by(1);
    caller.open('/cgroup/a', 'O_PATH');
    caller.loadOf('BPF_PROG_TYPE_CGROUP_SKB');
    caller.link(4, 3);
    caller.mount('/a');
    caller.pin('/a/m', 5);
    for (const fd of [4, 5]) caller.close(fd);
    caller.unlink('/a/m');
    expect(run.alive()).toBe(0);
  });
});

describe('a link whose last pin is gone', () => {
  it('has no reference, is listed and still attached, and opened by nobody', () => {
    const { run, caller } = startPinned('linux-6.18');
    caller.unlink('/a/m');
    expect(run.object(1)).toMatchObject({
      refcnt: 0,
      holders: { descriptions: 0, inodes: 0, links: 0 },
    });
    expect(caller.nextLink(0)).toBe(2);
    expect(caller.linkById(2)).toBe('ENOENT');
    expect(caller.detachFrom(3, 9)).toBe('EINVAL');
    run.settle();
    expect(caller.nextLink(0)).toBe('ENOENT');
    expect(caller.detachFrom(3, 9)).toBe('ENOENT');
  });

  it.each(['linux-6.1', 'linux-6.12'] as const)('is held for a grace period by %s', (kernel) => {
    const { run, caller } = startPinned(kernel);
    caller.unlink('/a/m');
    expect(run.object(1)).toMatchObject({ refcnt: 1, holders: { inodes: 1 } });
    expect(caller.linkById(2)).toBe(4);
    expect(run.settle().objects).toMatchObject([{}, { refcnt: 1, holders: { inodes: 0 } }]);
    expect(caller.info(4)).toEqual(attached);
  });

  it('does not keep its cgroup from being removed', () => {
    const { run, caller } = startPinned('linux-6.18');
    caller.unlink('/a/m');
    expect(caller.rmdir('/cgroup/a')).toBe(0);
    expect(run.sight()).toMatchObject({ objects: [{ refcnt: 1 }, {}], pending: 2 });
    expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
  });
});

describe.each(recent)('ids of links under %s', (kernel) => {
  it('are numbered together with those of maps and programs', () => {
    const { run, caller } = startLinked(kernel);
    caller.create();
    caller.link(4, 3);
    expect([0, 1, 2, 4].map(caller.nextLink)).toEqual([2, 2, 4, 'ENOENT']);
    expect([caller.nextProg(0), caller.nextMap(0)]).toEqual([1, 3]);
    expect(caller.linkById(4)).toBe(8);
    expect([0, 1, 3, 9].map(caller.linkById)).toEqual(Array<string>(4).fill('ENOENT'));
    expect(run.object(3)).toMatchObject({ refcnt: 2, holders: { descriptions: 2 } });
    expect(caller.fcntl(8, 'F_GETFD')).toBe(1);
  });

  it('are never given twice, and lead nowhere once the link is closed', () => {
    const { caller } = startLinked(kernel);
    caller.close(5);
    expect([caller.linkById(2), caller.nextLink(0)]).toEqual(['ENOENT', 'ENOENT']);
    caller.link(4, 3);
    expect([caller.linkById(2), caller.nextLink(0)]).toEqual(['ENOENT', 3]);
  });

  it('need a descriptor only where there is a link', () => {
    const { run, caller } = startLinked(kernel);
    while (typeof caller.dup(0) === 'number');
    const before = run.sight();
    expect([2, 1].map(caller.linkById)).toEqual(['EMFILE', 'ENOENT']);
    expect(run.sight()).toEqual(before);
  });

  it('are not used up by a call that attaches nothing', () => {
    const { caller } = startLinked(kernel);
    caller.close(5);
    caller.attachTo(3, 4);
    expect(caller.link(4, 3)).toBe('EPERM');
    caller.detachFrom(3, 4);
    caller.link(4, 3);
    expect(caller.nextLink(0)).toBe(3);
  });
});
