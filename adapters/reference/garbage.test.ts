import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { startScenario } from './scenario.test-data.ts';
import type { Scenario } from './scenario.test-data.ts';

/** A map behind 3, pairs of sockets behind 4 and 5, and 6 and 7. */
function startWithPairs() {
  const setup = { host: [], watch: [], descriptors: 12 };
  const run = startScenario(createReference('linux-6.18'), setup);
  const caller = run.by(1);
  caller.create();
  caller.socketpair();
  caller.socketpair();
  return { run, caller };
}

function expectCollected(run: Scenario): void {
  expect(run.sight()).toMatchObject({
    objects: [{ refcnt: 1, holders: { descriptions: 1 } }],
    pending: 1,
  });
  expect(run.settle()).toMatchObject({ objects: [], pending: 0 });
}

describe('sockets that only their own messages hold', () => {
  it('are collected some time later: one in its own queue', () => {
    const { run, caller } = startWithPairs();
    caller.send(4, 5, 3);
    for (const fd of [3, 5]) caller.close(fd);
    expectCollected(run);
    expect(caller.send(4, 6)).toBe('EPIPE');
  });

  it('are collected some time later: two in each other’s', () => {
    const { run, caller } = startWithPairs();
    caller.send(4, 4, 3);
    caller.send(5, 5);
    for (const fd of [3, 4, 5]) caller.close(fd);
    expectCollected(run);
  });

  it('are collected some time later: two of different pairs, whose other ends are open', () => {
    const { run, caller } = startWithPairs();
    caller.send(4, 7, 3);
    caller.send(6, 5);
    for (const fd of [3, 5, 7]) caller.close(fd);
    expectCollected(run);
  });

  it('take along what leads to them only through themselves', () => {
    const { run, caller } = startWithPairs();
    caller.send(6, 3);
    caller.send(4, 5, 7);
    for (const fd of [3, 5, 6, 7]) caller.close(fd);
    expectCollected(run);
  });

  it('are collected with their process', () => {
    const { run, caller } = startWithPairs();
    caller.fork();
    run.by(2).create();
    run.by(2).socketpair();
    run.by(2).send(9, 9, 8);
    run.by(2).send(10, 10);
    run.by(2).exit();
    expect(run.sight()).toMatchObject({ objects: [{}, {}], pending: 1 });
    expect(run.settle()).toMatchObject({ objects: [{}], pending: 0 });
  });
});

describe('sockets in messages that can be received', () => {
  it('stay, in a cycle or not', () => {
    const { run, caller } = startWithPairs();
    caller.send(4, 5, 3);
    caller.close(3);
    expect(run.settle().objects).toHaveLength(1);
    expect(caller.receive(5)).toMatchObject({ fds: [3, 8] });
    expect(run.sight().pending).toBe(0);
  });

  it('stay where the message lies in a socket that stays itself', () => {
    const { run, caller } = startWithPairs();
    caller.send(4, 5, 3);
    caller.send(6, 5);
    for (const fd of [3, 5]) caller.close(fd);
    expect(run.settle().objects).toHaveLength(1);
    expect(caller.receive(7)).toMatchObject({ fds: [3] });
    expect(caller.receive(3)).toMatchObject({ fds: [5, 8] });
  });

  it('stay where a cycle leads to them, but something else does, too', () => {
    const { run, caller } = startWithPairs();
    caller.send(6, 3);
    caller.send(4, 5, 7);
    for (const fd of [3, 5]) caller.close(fd);
    expect(run.settle()).toMatchObject({ objects: [{}], pending: 0 });
    expect(caller.receive(7)).toMatchObject({ fds: [3] });
  });

  it('stay where another socket in flight has to be received first', () => {
    const { run, caller } = startWithPairs();
    caller.socketpair();
    caller.send(6, 9, 3);
    caller.send(4, 7);
    for (const fd of [3, 7, 9]) caller.close(fd);
    expect(run.settle()).toMatchObject({ objects: [{}], pending: 0 });
    expect(caller.receive(5)).toMatchObject({ fds: [3] });
    expect(caller.receive(3)).toMatchObject({ fds: [7, 9] });
  });
});
