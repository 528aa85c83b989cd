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
  it('there are no links', () => {
    const { caller } = startWithCgroup(kernel);
    expect(caller.link(9, 9)).toBe('EINVAL');
    expect(caller.detachLink(9)).toBe('EINVAL');
    expect([caller.linkById(1), caller.nextLink(0)]).toEqual(['EINVAL', 'EINVAL']);
  });
});

describe.each(recent)('a link under %s', (kernel) => {
  it('is an object that holds its program, and is held by its descriptor', () => {
    const { run, caller } = startLinked(kernel);
    const [program, link] = run.sight().objects;
    expect(program).toMatchObject({ refcnt: 2, holders: { links: 1, attachments: 0 } });
    expect(link).toEqual({
      id: link?.id,
      kind: 'link',
      refcnt: 1,
      holders: { descriptions: 1, inodes: 0, programs: 0, slots: 0, attachments: 0, links: 0 },
    });
    expect(run.process(1)?.descriptors).toContainEqual({ fd: 5, object: link?.id });
    expect(caller.fcntl(5, 'F_GETFD')).toBe(1);
    expect(caller.info(5)).toEqual(attached);
    caller.close(4);
    expect(run.object(0)).toMatchObject({ refcnt: 1, holders: { links: 1 } });
  });

  it('is told in the answers that open it', () => {
    const adapter = createReference(kernel);
    const run = startScenario(adapter, withCgroups);
    run.by(1).open('/cgroup/a', 'O_DIRECTORY');
    run.by(1).loadOf(cgroupSkb);
    const answers = adapter.play(
      [
        { pid: 1, call: { call: 'BPF_LINK_CREATE', progFd: 4, targetFd: 3 } },
        { pid: 1, call: { call: 'BPF_LINK_GET_FD_BY_ID', id: 2 } },
      ],
      'none',
    );
    const ids = run.sight().objects.map(({ id }) => id);
    expect(answers.map(({ object }) => object)).toEqual([ids[1], ids[1]]);
    expect(answers[0]?.alive).toEqual(ids);
    expect(adapter.alive(ids)).toEqual(ids);
  });

  it('is made of a program, a cgroup and a free descriptor, in this order', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.load();
    caller.open('/f', 'O_PATH');
    caller.open('/cgroup/b', 'O_PATH');
    caller.attachTo(7, 4);
    expect([9, 6].map((fd) => caller.link(fd, 9))).toEqual(['EBADF', 'EBADF']);
    expect([0, 3, 5].map((fd) => caller.link(fd, 9))).toEqual(Array<string>(3).fill('EINVAL'));
    expect([9, 0, 4, 6].map((fd) => caller.link(4, fd))).toEqual(Array<string>(4).fill('EBADF'));
    expect(caller.link(4, 7)).toBe('EPERM');
    while (typeof caller.dup(0) === 'number');
    const before = run.sight();
    expect(caller.link(4, 9)).toBe('EBADF');
    expect([3, 7].map((fd) => caller.link(4, fd))).toEqual(['EMFILE', 'EMFILE']);
    expect(run.sight()).toEqual(before);
    caller.close(6);
    expect(caller.link(4, 3)).toBe(6);
  });

  it('is neither a map nor a program', () => {
    const { caller } = startLinked(kernel);
    caller.create('BPF_MAP_TYPE_PROG_ARRAY');
    caller.create();
    caller.createOuter('BPF_MAP_TYPE_ARRAY_OF_MAPS', 7);
    caller.socketpair();
    expect([
      caller.lookup(5, 0),
      caller.update(5, 0, 0),
      caller.update(6, 0, 5),
      caller.update(8, 0, 5),
      caller.load(5),
      caller.run(5),
      caller.freeze(5),
      caller.attach(9, 5),
      caller.attachTo(3, 5, multi),
      caller.link(5, 3),
      caller.addFilter('ingress', 5),
    ]).toEqual(Array<string>(11).fill('EINVAL'));
    expect(caller.attachTo(5, 4)).toBe('EBADF');
    expect([caller.mapById(2), caller.progById(2)]).toEqual(['ENOENT', 'ENOENT']);
  });

  it('is one of many of the same program, beside that program by itself', () => {
    const { run, caller } = startLinked(kernel);
    expect(caller.attachTo(3, 4)).toBe('EPERM');
    expect(caller.attachTo(3, 4, multi)).toBe(0);
    expect(caller.link(4, 3)).toBe(6);
    expect(run.object(0)).toMatchObject({ refcnt: 4, holders: { links: 2, attachments: 1 } });
    expect(caller.detachFrom(3, 4)).toBe(0);
    expect(caller.detachFrom(3, 4)).toBe('ENOENT');
    expect(caller.detachFrom(3, 9)).toBe('EINVAL');
    for (const fd of [5, 6]) caller.close(fd);
    expect(caller.detachFrom(3, 9)).toBe('ENOENT');
    expect(caller.attachTo(3, 4)).toBe(0);
  });

  it('is detached for good, and keeps its program', () => {
    const { run, caller } = startLinked(kernel);
    caller.open('/f', 'O_PATH');
    expect([9, 6].map(caller.detachLink)).toEqual(['EBADF', 'EBADF']);
    expect([0, 3, 4].map(caller.detachLink)).toEqual(Array<string>(3).fill('EINVAL'));
    expect(caller.detachLink(5)).toBe(0);
    expect(caller.info(5)).toEqual(defunct);
    expect(caller.detachLink(5)).toBe(0);
    expect(run.object(0)).toMatchObject({ refcnt: 2, holders: { links: 1 } });
    expect(caller.attachTo(3, 4)).toBe(0);
    caller.close(5);
    expect(run.sight().objects).toMatchObject([{ refcnt: 2, holders: { attachments: 1 } }]);
  });

  it('goes at once with its last descriptor, wherever that is, and its program with it', () => {
    const { run, caller } = startLinked(kernel);
    caller.dup(5);
    caller.fork();
    caller.socketpair();
    caller.send(7, 5);
    for (const fd of [4, 5, 6]) caller.close(fd);
    run.by(2).exit();
    expect(run.sight().objects).toMatchObject([
      { refcnt: 1 },
      { refcnt: 1, holders: { descriptions: 1 } },
    ]);
    expect(caller.receive(8)).toMatchObject({ fds: [4] });
    expect(caller.info(4)).toEqual(attached);
    caller.close(4);
    expect(run.sight()).toMatchObject({ objects: [], pending: 0 });
    expect(caller.detachFrom(3, 9)).toBe('ENOENT');
  });

  it.each(['exec', 'exit'] as const)('goes at once with an %s', (end) => {
    const { run, caller } = startLinked(kernel);
    caller[end]();
    expect(run.sight()).toMatchObject({ objects: [], pending: 0 });
  });

  it('goes at once with a message that nobody receives', () => {
    const { run, caller } = startLinked(kernel);
    caller.socketpair();
    caller.send(6, 5);
    for (const fd of [4, 5]) caller.close(fd);
    expect(run.alive()).toBe(2);
    caller.close(7);
    expect(run.sight()).toMatchObject({ objects: [], pending: 0 });
  });

  it('lets its program let go of a map later', () => {
    const { run, caller } = startWithCgroup(kernel);
    caller.create();
    caller.loadOf(cgroupSkb, 5);
    caller.link(6, 3);
    for (const fd of [4, 5, 6]) caller.close(fd);
    expect(run.settle().objects).toHaveLength(3);
    caller.close(7);
    expect(run.sight()).toMatchObject({ objects: [{ kind: 'map' }], pending: 1 });
    expect(run.settle().objects).toEqual([]);
  });

  it('goes with the run, from wherever it is', () => {
    const adapter = createReference(kernel);
    const run = startScenario(adapter, withCgroups);
    const caller = run.by(1);
    caller.open('/cgroup/a', 'O_DIRECTORY');
    caller.loadOf(cgroupSkb);
    caller.link(4, 3);
    caller.link(4, 3);
    caller.mount('/a');
    caller.pin('/a/m', 5);
    const ids = run.sight().objects.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    adapter.reset(withCgroups);
    expect(adapter.alive(ids)).toEqual([]);
  });
});
