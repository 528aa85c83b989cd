import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName, type World } from '../index.ts';
import * as line from '../lines.test-data.ts';
import { badFd, create, invalid, load, loadOn, noEntry } from '../lines.test-data.ts';
import { lookup, next, open, remove, tooBig, update } from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const programs = create('PROG_ARRAY', 2);
/** An array at 3 with the program in slot 0 that is open at 4. */
const filled = `
  1 ${line.mountOn('/a')} = 0
  1 ${programs} = 3
  1 ${load} = 4
  1 ${update(3, 0, 4)} = 0`;
const slot = 'slot 1: object=1 target=2';
const clearing = [{ name: 'clear-slots', object: 1 }];

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

function worldAfter(profile: ProfileName, text: string): World {
  const world = worldOf(profile);
  does(world, text);
  return world;
}

/** Profiles in which a program array is emptied in one way or the other. */
const emptying = (when: 'at-any-release' | 'at-last-user' | 'later'): readonly ProfileName[] =>
  profileNames.filter((profile) => profiles[profile].arrayClear === when);
/** All profiles but the first, whose arrays are emptied by whoever closes them. */
const counting = profileNames.filter((profile) => profile !== 'seed-2015');

describe.each(profileNames)('a program array under %s', (profile) => {
  it('has keys and values of one word', () => {
    const sizes = (key: number, value: number, max: number): string =>
      `bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_PROG_ARRAY, key_size=${key}, value_size=${value}, max_entries=${max}}, 16)`;
    worldAfter(
      profile,
      `1 ${sizes(8, 4, 1)} = ${invalid} ; create.key-size
      1 ${sizes(4, 8, 1)} = ${invalid} ; create.value-size
      1 ${sizes(4, 4, 0)} = ${invalid} ; create.max-entries
      1 ${sizes(4, 4, 1)} = 3`,
    );
  });

  it('takes programs, in any slot it has, and takes no flags', () => {
    worldAfter(
      profile,
      `${filled}
      1 ${open('/d', 'O_PATH')} = 5
      1 ${update(3, 9, 9, 'BPF_NOEXIST')} = ${invalid} ; update.slot-flags
      1 ${update(3, 0, 4, 'BPF_EXIST')} = ${invalid} ; update.slot-flags
      1 ${update(3, 2, 9)} = ${tooBig} ; update.index
      1 ${update(3, 1, 9)} = ${badFd} ; update.value-closed
      1 ${update(3, 1, 4294967295)} = ${badFd} ; update.value-closed
      1 ${update(3, 1, 5)} = ${badFd} ; update.value-closed
      1 ${update(3, 1, 3)} = ${invalid} ; update.value-no-program
      1 ${update(3, 1, 0)} = ${invalid} ; update.value-no-program
      1 ${update(3, 1, 4)} = 0`,
    );
  });

  it('tells of its slots, if it does at all, which are filled', () => {
    const old = profiles[profile].arrayLookup === 'ENOENT';
    worldAfter(
      profile,
      `${filled}
      1 ${lookup(3, 0)} = ${old ? `${noEntry} ; lookup.program` : '0 (value=0)'}
      1 ${lookup(3, 1)} = ${noEntry} ; ${old ? 'lookup.program' : 'lookup.missing'}
      1 ${lookup(3, 2)} = ${noEntry} ; lookup.index`,
    );
  });

  it('is emptied slot by slot, and holds a program until then', () => {
    const world = worldAfter(profile, `${filled} \n 1 ${update(3, 1, 4)} = 0 \n 1 close(4) = 0`);
    expect(world.describe()).toContain('object 2: state=held-by-users kind=3 refcnt=2');
    does(
      world,
      `1 ${remove(3, 2)} = ${tooBig} ; delete.index
      1 ${remove(3, 0)} = 0
      1 ${remove(3, 0)} = ${noEntry} ; delete.missing`,
    );
    expect(world.describe()).toContain('object 2: state=held-by-users kind=3 refcnt=1');
    does(world, `1 ${load} = 4 \n 1 ${update(3, 1, 4)} = 0`);
    expect(world.describe()).toContain('object 2: state=gone');
    does(world, `1 ${update(3, 1, 4)} = 0`);
    expect(world.describe()).toContain('object 3: state=held-by-users kind=3 refcnt=2');
  });

  it('has keys that follow each other, filled or not', () => {
    worldAfter(
      profile,
      `1 ${programs} = 3
      1 ${next(3, 0, 1)} = 0
      1 ${next(3, 1)} = ${noEntry} ; next.last-index
      1 ${next(3, 2, 0)} = 0
      1 ${next(3, 4294967295, 0)} = 0`,
    );
  });

  it('is bounded in its slots', () => {
    const text = `1 ${programs} = 3 \n 1 ${load} = 4 \n 1 ${update(3, 0, 4)} = 0`;
    const few = worldOf(profile, { ...roomy, slots: 1 });
    does(few, `${text} \n 1 ${update(3, 1, 4)} ; bound.slots \n 1 ${update(3, 0, 4)} = 0`);
    does(worldOf(profile, { ...roomy, slots: 0 }), `1 ${programs} ; bound.slots`);
  });
});

describe('a program array that nobody uses any more', () => {
  it.each(emptying('at-last-user'))('is emptied at once under %s', (profile) => {
    const world = worldAfter(profile, `${filled} \n 1 ${loadOn(3)} = 5 \n 1 close(4) = 0`);
    expect(world.describe()).toContain(slot);
    does(world, '1 close(3) = 0');
    expect(world.describe()).toContain(
      'object 1: state=held-by-objects-only kind=5 refcnt=1 maxEntries=2',
    );
    expect(world.describe()).toContain('object 2: state=gone');
    expect(world.pending()).toEqual([]);
  });

  it.each(emptying('later'))('is emptied some time later under %s', (profile) => {
    const world = worldAfter(
      profile,
      `${filled} \n 1 ${loadOn(3)} = 5 \n 1 close(4) = 0 \n 1 close(3) = 0`,
    );
    expect(world.describe()).toContain(slot);
    expect(world.describe()).toContain(
      'object 1: state=held-by-objects-only kind=5 refcnt=2 maxEntries=2 clearing=1',
    );
    expect(world.pending()).toEqual(clearing);
    does(world, `1 ${line.run(5, 0)} = 0 \n settle \n 1 ${line.run(5, 1)} = 0`);
    expect(world.describe()).toContain('object 2: state=gone');
    expect(world.pending()).toEqual([]);
  });

  it.each(emptying('later'))('is there until then, even if it is empty (%s)', (profile) => {
    const world = worldAfter(profile, `1 ${programs} = 3 \n 1 close(3) = 0`);
    expect(world.pending()).toEqual(clearing);
    does(world, 'settle clear-slots');
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it.each(counting)('was kept full by a pin, or by a message (%s)', (profile) => {
    const world = worldAfter(
      profile,
      `${filled}
      1 close(4) = 0
      1 ${line.pin('/a/p', 3)} = 0
      1 close(3) = 0
      1 ${line.get('/a/p')} = 3
      1 unlink("/a/p") = 0
      ${profiles[profile].pinPut === 'later' ? 'settle release-inode' : ''}
      1 ${line.pair(4, 5)} = 0
      1 ${line.send(4, 3)} = 1
      1 close(3) = 0`,
    );
    expect(world.describe()).toContain(slot);
    does(world, '1 close(5) = 0');
    const later = profiles[profile].arrayClear === 'later';
    expect(world.pending()).toEqual(later ? clearing : []);
    if (later) does(world, 'settle');
    expect(world.describe()).toEqual(
      expect.arrayContaining(['object 1: state=gone', 'object 2: state=gone']),
    );
  });

  it('is emptied under seed-2015 by the release of any open file of it', () => {
    const pinned = `${filled} \n 1 ${line.pin('/a/p', 3)} = 0 \n 1 ${line.get('/a/p')} = 5`;
    const world = worldAfter('seed-2015', `${pinned} \n 1 dup(5) = 6 \n 1 close(5) = 0`);
    expect(world.describe()).toContain(slot);
    does(world, `1 close(6) = 0 \n 1 ${remove(3, 0)} = ${noEntry} ; delete.missing`);
  });
});

describe('a cycle of a program and its program array', () => {
  /** The program at 4 calls the program in slot 0, itself. */
  const cycle = `
    1 ${programs} = 3
    1 ${loadOn(3)} = 4
    1 ${update(3, 0, 4)} = 0
    1 close(4) = 0`;
  const released = [{ name: 'release-map', object: 2 }];

  it.each(profileNames)('is broken when the array has no user left (%s)', (profile) => {
    const world = worldAfter(profile, `${cycle} \n 1 close(3) = 0`);
    if (profiles[profile].arrayClear === 'later') {
      expect(world.pending()).toEqual(clearing);
      does(world, 'settle clear-slots');
    }
    expect(world.pending()).toEqual(released);
    does(world, 'settle release-map');
    expect(world.describe()).toEqual(
      expect.arrayContaining(['object 1: state=gone', 'object 2: state=gone']),
    );
  });

  it.each(profileNames)('lasts while the array has a user (%s)', (profile) => {
    const world = worldAfter(profile, `${cycle} \n 1 dup(3) = 4 \n 1 close(3) = 0`);
    expect(world.describe()).toContain(slot);
    expect(world.pending()).toEqual([]);
  });
});
