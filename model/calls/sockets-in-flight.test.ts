import { describe, expect, it } from 'vitest';
import { profileNames, type World } from '../index.ts';
import { create, pair, receive, send } from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const array = create('ARRAY');
const collect = [{ name: 'collect-sockets', object: 0 }];

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

describe.each(profileNames)('sockets in flight under %s', (profile) => {
  const nothing = [
    'process 1: state=running namespace=1 files=1',
    'files 1: count=1',
    'namespace 1: state=inhabited count=1',
  ];

  function worldAfter(text: string): World {
    const world = worldOf(profile, { ...roomy, descriptors: 9 });
    does(world, text);
    return world;
  }

  it('are open to their peers', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${pair(5, 6)} = 0
      1 ${array} = 7
      1 ${send(3, 6)} = 1
      1 close(6) = 0
      1 ${send(5, 7)} = 1
      1 close(7) = 0
      1 ${receive(4, { fds: [6] })} = 1
      1 ${receive(6, { fds: [7] })} = 1
      1 ${send(5, 7)} = 1
      1 ${send(3, 6)} = 1
      1 close(6) = 0`,
    );
    expect(world.pending()).toEqual([]);
    does(
      world,
      `1 close(4) = 0
      1 ${send(5, 7)} = -1 EPIPE (Broken pipe) ; send.peer-closed`,
    );
    expect(world.step(1, { call: 'recvmsg', fd: 5, room: 0, flag: 'none' })).toEqual({
      kind: 'bound',
      row: 'bound.reset',
    });
  });

  it('are gone at once with the queue of their peer', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${send(3, 3)} = 1
      1 close(3) = 0`,
    );
    expect(world.describe()).toContain(
      'description 1: state=in-flight count=1 queued=1 kind=5 socket=1',
    );
    does(world, '1 close(4) = 0');
    expect(world.describe()).toEqual(nothing);
  });

  it('are collected some time later if they lie in their own queue', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 5)} = 1
      1 ${send(3, 4)} = 1
      1 close(5) = 0
      1 close(3) = 0
      1 dup2(4, 3) = 3
      1 close(4) = 0`,
    );
    expect(world.pending()).toEqual([]);
    does(world, '1 close(3) = 0');
    expect(world.pending()).toEqual(collect);
    expect(world.describe()).toContain(
      'object 1: state=held-by-users kind=1 refcnt=1 usercnt=1 maxEntries=1',
    );
    does(world, 'settle');
    expect(world.pending()).toEqual([]);
    expect(world.describe()).toContain('object 1: state=gone');
    expect(world.describe().join()).not.toMatch(/socket|message|description/);
  });

  it('are collected though their peer is open, which reads the end of the stream then', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${send(3, 4)} = 1
      1 close(4) = 0
      1 ${receive(3)} = -1 EAGAIN (Resource temporarily unavailable) ; receive.empty`,
    );
    expect(world.pending()).toEqual(collect);
    does(world, `settle collect-sockets \n 1 ${receive(3)} = 0`);
  });

  it('are collected with all that lies in their queue, and reset no peer thereby', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 4)} = 1
      1 ${send(3, 5)} = 1
      1 close(4) = 0
      1 close(5) = 0`,
    );
    does(world, `settle collect-sockets \n 1 ${receive(3)} = 0`);
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('are collected in cycles of any length, as soon as no descriptor leads there', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${pair(5, 6)} = 0
      1 ${send(3, 6)} = 1
      1 ${send(5, 4)} = 1
      1 close(3) = 0
      1 close(5) = 0
      1 close(6) = 0`,
    );
    expect(world.pending()).toEqual([]);
    does(world, '1 close(4) = 0');
    expect(world.pending()).toEqual(collect);
    does(world, 'settle');
    expect(world.describe()).toEqual(nothing);
  });

  it('are not collected while a socket in flight that can be received leads there', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${pair(5, 6)} = 0
      1 ${send(5, 6)} = 1
      1 ${send(3, 6)} = 1
      1 close(5) = 0
      1 close(6) = 0`,
    );
    expect(world.pending()).toEqual([]);
    does(world, `1 ${receive(4, { fds: [5] })} = 1 \n 1 close(5) = 0`);
    expect(world.pending()).toEqual(collect);
  });
});
