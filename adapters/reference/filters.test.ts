import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';

/** A map behind 3, a program that uses it behind 4, a pair of sockets behind 5 and 6. */
function startWithPair(kernel: KernelName = 'linux-6.18') {
  const run = startScenario(createReference(kernel));
  const caller = run.by(1);
  caller.create();
  caller.load(3);
  caller.socketpair();
  return { run, caller };
}

describe.each(['linux-4.4', 'linux-6.18'] as const)('a filter under %s', (kernel) => {
  it('is a program on a socket', () => {
    const { caller } = startWithPair(kernel);
    caller.open('/f', 'O_PATH');
    for (const [fd, errno] of [
      [9, 'EBADF'],
      [7, 'EBADF'],
      [4, 'ENOTSOCK'],
    ] as const) {
      expect(caller.attach(fd, 9)).toBe(errno);
      expect(caller.detachFilter(fd)).toBe(errno);
    }
    expect(caller.attach(5, 9)).toBe('EBADF');
    expect(caller.attach(5, 7)).toBe('EBADF');
    expect(caller.attach(5, 0)).toBe('EINVAL');
    expect(caller.attach(5, 3)).toBe('EINVAL');
    expect(caller.detachFilter(5)).toBe('ENOENT');
    expect(caller.attach(5, 4)).toBe(0);
    expect(caller.detachFilter(6)).toBe('ENOENT');
    expect(caller.detachFilter(5)).toBe(0);
    expect(caller.detachFilter(5)).toBe('ENOENT');
  });

  it('keeps its program alive, until some time after it is detached', () => {
    const { run, caller } = startWithPair(kernel);
    caller.attach(5, 4);
    caller.close(4);
    expect(run.settle().objects).toMatchObject([
      { kind: 'map' },
      { kind: 'program', refcnt: 1, holders: { attachments: 1, descriptions: 0 } },
    ]);
    caller.detachFilter(5);
    expect(run.sight()).toMatchObject({
      objects: [{}, { refcnt: 1, holders: { attachments: 1 } }],
      pending: 1,
    });
    expect(run.settle()).toMatchObject({ objects: [{ kind: 'map', refcnt: 1 }], pending: 0 });
  });

  it('is replaced by another, and goes some time later', () => {
    const { run, caller } = startWithPair(kernel);
    caller.attach(5, 4);
    caller.load();
    caller.attach(5, 7);
    caller.attach(5, 7);
    expect(run.sight()).toMatchObject({
      objects: [{}, { refcnt: 2 }, { refcnt: 3, holders: { attachments: 2 } }],
      pending: 2,
    });
    expect(run.settle().objects).toMatchObject([{}, { refcnt: 1 }, { refcnt: 2 }]);
  });

  it('goes with its socket, as soon as the peer does not refer to that any more', () => {
    const { run, caller } = startWithPair(kernel);
    caller.attach(5, 4);
    caller.close(4);
    caller.close(5);
    expect(run.settle().objects).toMatchObject([{}, { holders: { attachments: 1 } }]);
    caller.close(6);
    expect(run.settle().objects).toMatchObject([{ kind: 'map' }]);
  });

  it('goes at once with a socket whose peer is closed already, after a grace period', () => {
    const { run, caller } = startWithPair(kernel);
    caller.attach(5, 4);
    caller.close(4);
    caller.close(6);
    caller.close(5);
    expect(run.sight().pending).toBe(1);
    expect(run.settle().objects).toHaveLength(1);
  });
});

describe.each(['linux-4.4', 'linux-6.18'] as const)(
  'the map of a program that was a filter, under %s',
  (kernel) => {
    it('is there as long as the program, and goes in the end', () => {
      const { run, caller } = startWithPair(kernel);
      caller.attach(5, 4);
      for (const fd of [3, 4, 5, 6]) caller.close(fd);
      expect(run.sight()).toMatchObject({
        objects: [{ holders: { programs: 1 } }, { holders: { attachments: 1 } }],
        pending: 1,
      });
      expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
    });
  },
);
