import { describe, expect, it } from 'vitest';
import type { Fd, Received } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';

const whole = (...fds: readonly Fd[]): Received => ({ bytes: 1, fds, truncated: 'whole' });
const truncated = (...fds: readonly Fd[]): Received => ({ bytes: 1, fds, truncated: 'truncated' });
const endOfStream: Received = { bytes: 0, fds: [], truncated: 'whole' };

/** A map behind 3, a pair of sockets behind 4 and 5. */
function startWithPair(descriptors = 12) {
  const setup = { host: ['/a/', '/f'], watch: [], descriptors };
  const run = startScenario(createReference('linux-6.18'), setup);
  const caller = run.by(1);
  caller.create();
  caller.socketpair();
  return { run, caller };
}

describe('a descriptor that is sent', () => {
  it('keeps its object alive in flight, after all else is closed', () => {
    const { run, caller } = startWithPair();
    caller.update(3, 0, 7);
    expect(caller.send(4, 3)).toBe(1);
    caller.close(3);
    expect(run.object(0)).toMatchObject({
      refcnt: 1,
      holders: { descriptions: 1 },
      content: [7, null],
    });
    expect(caller.receive(5)).toEqual(whole(3));
    expect(caller.lookup(3, 0)).toBe(7);
  });

  it('survives the exit of its sender', () => {
    const { run, caller } = startWithPair();
    caller.fork();
    run.by(2).create();
    run.by(2).update(6, 0, 7);
    run.by(2).send(4, 6);
    run.by(2).exit();
    expect(caller.receive(5)).toEqual(whole(6));
    expect(caller.lookup(6, 0)).toBe(7);
  });

  it('is the same open file, under a number that stays over exec unless asked not to', () => {
    const { run, caller } = startWithPair();
    caller.send(4, 3);
    caller.send(4, 3);
    expect(caller.receive(5)).toEqual(whole(6));
    expect(caller.receive(5, 1, 'MSG_CMSG_CLOEXEC')).toEqual(whole(7));
    expect([6, 7].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([0, 1]);
    expect(run.object(0)).toMatchObject({ refcnt: 1, holders: { descriptions: 1 } });
  });

  it('comes in order, with the other of its message', () => {
    const { run, caller } = startWithPair();
    caller.load();
    caller.send(5, 3, 6);
    caller.send(5, 6);
    caller.close(3);
    expect(caller.receive(4)).toEqual(whole(3, 7));
    expect(caller.receive(4)).toEqual(whole(8));
    const [map, program] = run.sight().objects.map(({ id }) => id);
    expect(run.process(1)?.descriptors).toEqual([
      { fd: 3, object: map },
      { fd: 6, object: program },
      { fd: 7, object: program },
      { fd: 8, object: program },
    ]);
    expect(caller.receive(4)).toBe('EAGAIN');
  });

  it('can be a mere place', () => {
    const { caller } = startWithPair();
    caller.open('/f', 'O_PATH');
    expect(caller.send(4, 6)).toBe(1);
    expect(caller.receive(5)).toEqual(whole(7));
    expect(caller.lookup(7, 0)).toBe('EBADF');
  });
});

describe('a message', () => {
  it('of which too much was sent is cut, and what is cut is let go', () => {
    const { run, caller } = startWithPair();
    caller.load();
    caller.send(4, 3, 6);
    caller.close(3);
    caller.close(6);
    expect(caller.receive(5, 1)).toEqual(truncated(3));
    expect(run.sight().objects).toMatchObject([{ kind: 'map' }]);
    caller.send(4, 3);
    caller.close(3);
    expect(caller.receive(5, 0)).toEqual(truncated());
    expect(run.alive()).toBe(0);
  });

  it('is cut where the numbers end', () => {
    const { caller } = startWithPair(7);
    caller.send(4, 3, 3);
    expect(caller.receive(5)).toEqual(truncated(6));
    caller.send(4, 3);
    expect(caller.receive(5)).toEqual(truncated());
  });

  it('can be looked at again and again, with new descriptors each time', () => {
    const { run, caller } = startWithPair();
    caller.send(4, 3);
    caller.close(3);
    expect(caller.receive(5, 1, 'MSG_PEEK')).toEqual(whole(3));
    expect(caller.receive(5, 0, 'MSG_PEEK')).toEqual(truncated());
    caller.close(3);
    expect(run.alive()).toBe(1);
    expect(caller.receive(5)).toEqual(whole(3));
    expect(caller.receive(5, 1, 'MSG_PEEK')).toBe('EAGAIN');
  });

  it('that nobody received goes with the socket it came to', () => {
    const { run, caller } = startWithPair();
    caller.send(4, 3);
    caller.close(3);
    caller.dup(5);
    caller.close(5);
    expect(run.alive()).toBe(1);
    caller.close(3);
    expect(run.alive()).toBe(0);
  });

  it('takes along the messages in the socket that it carries', () => {
    const { run, caller } = startWithPair();
    caller.socketpair();
    caller.send(6, 3);
    caller.send(4, 7);
    for (const fd of [3, 6, 7]) caller.close(fd);
    expect(run.alive()).toBe(1);
    caller.close(5);
    expect(run.alive()).toBe(0);
  });

  it('can still be received when its sender is closed, before the end of the stream', () => {
    const { caller } = startWithPair();
    caller.send(4, 3);
    caller.close(4);
    expect(caller.receive(5)).toEqual(whole(4));
    expect(caller.receive(5)).toEqual(endOfStream);
    expect(caller.receive(5)).toEqual(endOfStream);
  });
});

describe('sending and receiving', () => {
  it('want a socket', () => {
    const { caller } = startWithPair();
    for (const [fd, errno] of [
      [9, 'EBADF'],
      [0, 'ENOTSOCK'],
      [3, 'ENOTSOCK'],
    ] as const) {
      expect(caller.send(fd, 9)).toBe(errno);
      expect(caller.receive(fd)).toBe(errno);
    }
  });

  it('look at what is sent before they look for a receiver', () => {
    const { caller } = startWithPair();
    expect(caller.send(4, 3, 9)).toBe('EBADF');
    expect(caller.receive(5)).toBe('EAGAIN');
    caller.close(5);
    expect(caller.send(4, 9)).toBe('EBADF');
    expect(caller.send(4, 3)).toBe('EPIPE');
    expect(caller.receive(4)).toEqual(endOfStream);
  });

  it('tell once that the peer was closed over what it had not read', () => {
    const { caller } = startWithPair();
    caller.send(4, 3);
    caller.close(5);
    expect(caller.receive(4)).toBe('ECONNRESET');
    expect(caller.receive(4)).toEqual(endOfStream);
  });
});
