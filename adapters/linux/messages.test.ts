import { describe, expect, it } from 'vitest';
import { pairValue } from '../../model/vocabulary/index.ts';
import {
  by,
  hashMap,
  last,
  needs,
  outcomes,
  setup,
  withLinux,
  leftOver,
} from './session.test-data.ts';
import {
  attach,
  close,
  create,
  detach,
  load,
  pair,
  receive,
  received,
  run,
  send,
  update,
} from './short-calls.test-data.ts';

/** Process 1 has 3 and 4, connected to each other. */
const sockets = by(1, pair);

describe('a message', () => {
  it('holds what it carries until it is received', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...sockets,
          ...by(1, { call: 'fork' }, hashMap, send(3, 5), close(5)),
          ...by(2, receive(4, 1), close(5)),
        ],
        'each',
      );
      const map = answers[2]?.object;
      expect(outcomes(answers)).toEqual([pairValue(3, 4), 2, 5, 1, 0, received([5], 'whole'), 0]);
      expect(answers[4]?.alive).toEqual([map]);
      expect(answers[4]?.sight?.processes.map(({ descriptors }) => descriptors)).toEqual([[], []]);
      expect(answers[5]?.sight?.processes[1]?.descriptors).toEqual([{ fd: 5, object: map }]);
      expect(last(answers).alive).toEqual([]);
    }));

  it('is not taken by a peek, which makes descriptors all the same', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        [
          ...sockets,
          ...by(1, hashMap, send(3, 5, 5), close(5)),
          ...by(1, receive(4, 1, 'MSG_PEEK'), receive(4, 2, 'MSG_CMSG_CLOEXEC')),
          ...by(1, receive(4, 1), { call: 'execve' }),
        ],
        'last',
      );
      expect(outcomes(answers).slice(4)).toEqual([
        received([5], 'truncated'),
        received([6, 7], 'whole'),
        'EAGAIN',
        0,
      ]);
      expect(last(answers).sight?.processes[0]?.descriptors.map(({ fd }) => fd)).toEqual([5]);
    }));

  it('lets go what finds no room', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [...sockets, ...by(1, hashMap, send(3, 5), close(5), receive(4, 0))],
        'none',
      );
      expect(last(answers).outcome).toEqual({ ok: true, value: received([], 'truncated') });
      expect(last(answers).alive).toEqual([]);
    }));

  it('outlives who sent it, and ends with the socket that it waits in', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...sockets,
          ...by(1, { call: 'fork' }),
          ...by(2, hashMap, send(3, 5), { call: 'exit_group' }),
          ...by(1, close(3), close(4)),
        ],
        'none',
      );
      expect(answers.map(({ alive }) => alive?.length)).toEqual([0, 0, 1, 1, 1, 1, 0]);
    }));

  it('of a socket that was closed is the last before the end, a reset comes once', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...sockets,
          ...by(1, send(3, 0), send(4, 0), close(3)),
          ...by(1, receive(4, 0), receive(4, 0), receive(4, 0), send(4, 0)),
        ],
        'none',
      );
      const end = ['ECONNRESET', 0, 'EPIPE'];
      expect(outcomes(answers).slice(4)).toEqual([received([], 'truncated'), ...end]);
    }));
});

describe('descriptors that messages bring', () => {
  it('are seen however many they are', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset({ ...setup, descriptors: 128 });
      const rounds = Array.from({ length: 36 }, () => by(1, send(3, 5, 5), receive(4, 2)));
      const answers = await adapter.play([...by(1, pair, hashMap), ...rounds.flat()], 'last');
      expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
      expect(last(answers).sight?.processes[0]?.descriptors.map(({ fd }) => fd)).toEqual(
        Array.from({ length: 73 }, (_, index) => 5 + index),
      );
    }));
});

describe('sockets in messages', () => {
  it('that hold only each other are collected in time, with all that they hold', (context) =>
    withLinux(context, async (adapter) => {
      // 3 is a program, 4 a program array; 5 and 6, 7 and 8 are sockets. In the end, 6 and 8 lie in
      // the queues of each other, and 7, which is closed, still has its filter.
      const answers = await adapter.play(
        [
          ...by(1, load(), create('PROG_ARRAY'), update(4, 0, 3), close(3), load(4)),
          ...by(1, pair, pair, attach(7, 3), send(5, 8, 4), send(7, 6)),
          ...[3, 4, 5, 6, 7, 8].flatMap((fd) => by(1, close(fd))),
        ],
        'none',
      );
      const made = [3, 4, 0, 0, 3, pairValue(5, 6), pairValue(7, 8), 0, 1, 1];
      expect(outcomes(answers)).toEqual([...made, 0, 0, 0, 0, 0, 0]);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('of a run that has ended are gone soon after it', (context) =>
    withLinux(context, async (adapter) => {
      const cycle = by(1, pair, hashMap, send(3, 4, 5), close(3), close(4), close(5));
      const ids = (await adapter.play(cycle, 'none')).flatMap(({ object }) => object ?? []);
      expect(ids).toHaveLength(1);
      await adapter.reset(setup);
      await adapter.settle();
      expect(await adapter.alive(ids)).toEqual([]);
    }));
});

describe('a filter', () => {
  it('holds its program until some time after it is detached or replaced', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...sockets,
          ...by(1, load(), attach(3, 5), close(5), load(), attach(3, 5)),
          ...by(1, close(5), send(4, 0), receive(3, 1), detach(3), detach(3)),
        ],
        'none',
      );
      expect(answers[3]?.alive).toEqual([answers[1]?.object]);
      expect(last(answers).alive).toContain(answers[4]?.object);
      expect(outcomes(answers).slice(-4)).toEqual([1, received([5], 'whole'), 0, 'ENOENT']);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('of a closed socket stays for as long as the peer is open', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [...sockets, ...by(1, load(), attach(3, 5), close(5), close(3))],
        'none',
      );
      const objects = (await adapter.settle()).objects.map(({ id }) => id);
      expect(objects).toEqual([answers[1]?.object]);
      await adapter.play(by(1, close(4)), 'none');
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('may be a program that runs as before', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [...sockets, ...by(1, load(), attach(4, 5), run(5))],
        'none',
      );
      expect(outcomes(answers)).toEqual([pairValue(3, 4), 5, 0, 0]);
    }));
});
