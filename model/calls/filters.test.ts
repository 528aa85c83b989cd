import { describe, expect, it } from 'vitest';
import { profileNames, type World } from '../index.ts';
import {
  attach,
  badFd,
  create,
  detach,
  invalid,
  load,
  loadOn,
  noEntry,
  open,
  pair,
  receive,
  send,
} from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const array = create('ARRAY');
const wide = { ...roomy, descriptors: 9 };

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

describe.each(profileNames)('the filter of a socket under %s', (profile) => {
  /** A program that nothing but the filter of socket 4 holds; its peer is 3. */
  const filtered = `
    1 ${pair(3, 4)} = 0
    1 ${load} = 5
    1 ${attach(4, 5)} = 0
    1 close(5) = 0`;
  const attached = 'attachment 1: state=attached socket=2 program=1';
  const releasing = 'attachment 1: state=releasing program=1';

  function worldAfter(text: string): World {
    const world = worldOf(profile, wide);
    does(world, text);
    return world;
  }

  it('is a program, and drops no messages', () => {
    worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${load} = 6
      1 ${open('/d', 'O_PATH')} = 7
      1 ${attach(4, 9)} = ${badFd} ; attach.program-closed
      1 ${attach(4, 7)} = ${badFd} ; attach.program-closed
      1 ${attach(4, 5)} = ${invalid} ; attach.not-a-program
      1 ${attach(4, 0)} = ${invalid} ; attach.not-a-program
      1 ${detach(4)} = ${noEntry} ; detach.none
      1 ${attach(4, 6)} = 0
      1 ${send(3, 5)} = 1
      1 ${receive(4, { fds: [8] })} = 1
      1 ${detach(4)} = 0
      1 ${detach(4)} = ${noEntry} ; detach.none
      1 close(3) = 0
      1 ${attach(4, 6)} = 0`,
    );
  });

  it('holds its program until some time after it is detached', () => {
    const world = worldAfter(`${filtered} \n 1 ${detach(4)} = 0`);
    expect(world.describe()).toContain(releasing);
    expect(world.describe()).toContain('object 1: state=held-by-users kind=3 refcnt=1');
    expect(world.pending()).toEqual([{ name: 'release-filter', object: 1 }]);
    does(world, 'settle');
    expect(world.describe()).toContain('object 1: state=gone');
    expect(world.pending()).toEqual([]);
  });

  it('is replaced by the next one, even by the same program', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
      1 ${load} = 5
      1 ${attach(4, 5)} = 0
      1 ${attach(4, 5)} = 0`,
    );
    expect(world.describe()).toContain(releasing);
    expect(world.describe()).toContain('attachment 2: state=attached socket=2 program=1');
    does(world, 'settle \n 1 close(5) = 0');
    expect(world.describe()).toContain('object 1: state=held-by-users kind=3 refcnt=1');
  });

  it('outlives its socket while the peer is open, which holds on to it', () => {
    const world = worldAfter(`${filtered} \n 1 close(4) = 0`);
    expect(world.describe()).toContain('attachment 1: state=kept-by-peer socket=1 program=1');
    expect(world.pending()).toEqual([]);
    does(world, `1 ${detach(3)} = ${noEntry} ; detach.none \n 1 close(3) = 0`);
    expect(world.describe()).toContain(releasing);
    does(world, 'settle release-filter');
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('goes some time after its socket if the peer was closed first', () => {
    const world = worldAfter(`${filtered} \n 1 close(3) = 0`);
    expect(world.describe()).toContain(attached);
    does(world, '1 close(4) = 0');
    expect(world.describe()).toContain(releasing);
  });

  it('stays with a socket that is only in flight, and with the peer of one', () => {
    const world = worldAfter(
      `1 ${pair(3, 4)} = 0
        1 ${pair(5, 6)} = 0
        1 ${load} = 7
        1 ${attach(6, 7)} = 0
        1 close(7) = 0
        1 ${send(3, 6)} = 1
        1 close(6) = 0`,
    );
    expect(world.describe()).toContain('attachment 1: state=attached socket=4 program=1');
    does(world, '1 close(4) = 0');
    expect(world.describe()).toContain('attachment 1: state=kept-by-peer socket=3 program=1');
    does(world, '1 close(5) = 0');
    expect(world.describe()).toContain(releasing);
  });

  // Measured on 6.18.44: the program is gone a grace period after the last close.
  it('goes with its peer if that lay in the queue of its own socket', () => {
    const world = worldAfter(
      `${filtered}
      1 ${send(3, 3)} = 1
      1 close(3) = 0
      1 close(4) = 0`,
    );
    expect(world.describe()).toContain(releasing);
  });

  it('is bounded', () => {
    const text = `1 ${pair(3, 4)} = 0 \n 1 ${load} = 5 \n 1 ${attach(3, 5)} ; bound.attachments`;
    does(worldOf(profile, { ...roomy, attachments: 0 }), text);
  });
});

describe('the map of a program that was only a filter', () => {
  const detached = `
    1 ${pair(3, 4)} = 0
    1 ${array} = 5
    1 ${loadOn(5)} = 6
    1 ${attach(4, 6)} = 0
    1 close(5) = 0
    1 close(6) = 0
    1 ${detach(4)} = 0
    settle release-filter`;

  it.each(profileNames)('goes with it under 4.x, and later under 6.x (%s)', (profile) => {
    const world = worldOf(profile, wide);
    does(world, detached);
    const late = profile.startsWith('linux-6');
    expect(world.pending()).toEqual(late ? [{ name: 'release-map', object: 2 }] : []);
    if (late) does(world, 'settle');
    expect(world.describe()).toContain('object 1: state=gone');
  });
});
