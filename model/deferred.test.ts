import { describe, expect, it } from 'vitest';
import {
  internalActions,
  profileNames,
  profiles,
  type InternalAction,
  type World,
} from './index.ts';
import * as line from './lines.test-data.ts';
import { hookedWorld, lines, replayed, roomy, worldOf } from './replayed.test-data.ts';

/** Leaves behind whatever a kernel may put off. */
const everything = `
  1 ${line.mountOn('/a')} = 0
  1 ${line.create('ARRAY')} = 3
  1 ${line.pin('/a/m', 3)} = 0
  1 ${line.loadOn(3)} = 4
  1 close(3) = 0
  1 ${line.load} = 3
  1 ${line.create('PROG_ARRAY')} = 5
  1 ${line.update(5, 0, 3)} = 0
  1 ${line.pair(6, 7)} = 0
  1 ${line.attach(6, 3)} = 0
  1 ${line.detach(6)} = 0
  1 ${line.send(6, 7)} = 1
  1 close(6) = 0
  1 close(7) = 0
  1 close(5) = 0
  1 close(4) = 0
  1 close(3) = 0
  1 unlink("/a/m") = 0`;

/** What kernels with links put off besides. */
const hooked = `
  1 ${line.open('/cgroup/a', 'O_DIRECTORY')} = 3
  1 ${line.loadAs('CGROUP_SKB')} = 4
  1 ${line.attachTo(3, 4)} = 0
  1 ${line.link(4, 3)} = 5
  1 ${line.pin('/a/l', 5)} = 0
  1 close(5) = 0
  1 close(4) = 0
  1 close(3) = 0
  1 rmdir("/cgroup/a") = 0
  1 unlink("/a/l") = 0`;

function worldAfter(profile: (typeof profileNames)[number], text: string): World {
  const world = hookedWorld(profile, { qdiscs: 0, inodes: 13 });
  expect(replayed(world, text)).toBe(lines(text));
  return world;
}

const namesOf = (world: World): readonly string[] => world.pending().map(({ name }) => name);

describe.each(profileNames)('deferred effects under %s', (profile) => {
  const { arrayClear, pinPut, links } = profiles[profile];
  const isLinked = links === 'built-in';
  const text = isLinked ? `${everything}${hooked}` : everything;
  const expected: readonly InternalAction['name'][] = internalActions.filter(
    (name) =>
      (name !== 'release-cgroup' || isLinked) &&
      // A pin that is released later keeps its link until then.
      (name !== 'release-link' || (isLinked && pinPut === 'at-once')) &&
      (name !== 'clear-slots' || arrayClear === 'later') &&
      (name !== 'release-inode' || pinPut === 'later'),
  );

  it('are pending in the order of their names', () => {
    expect([...new Set(namesOf(worldAfter(profile, text)))]).toEqual(expected);
  });

  it('take place in any order, to the same end', () => {
    for (const order of [expected, [...expected].reverse()]) {
      const world = worldAfter(profile, text);
      for (let rest = world.pending(); rest.length > 0; rest = world.pending()) {
        const [first] = rest.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
        if (first !== undefined) world.settle(first);
      }
      expect(world.describe()).toEqual([
        'process 1: state=running namespace=1 files=1',
        'files 1: count=1',
        ...(isLinked ? [] : ['cgroup 1: state=online']),
        'cgroup 2: state=online',
        ...(isLinked ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4]).map((o) => `object ${o}: state=gone`),
        'superblock 1: state=mounted '.concat(
          profiles[profile].instance === 'per-namespace' ? 'key=1 ' : '',
          'count=1 root=1',
        ),
        'inode 1: state=named superblock=1 kind=1',
        'dentry 1: inode=1',
        'mount 1: state=attached namespace=1 at=14 root=1',
        'namespace 1: state=inhabited count=1',
      ]);
    }
  });

  it('may take place after any call', () => {
    const calls = text.split('\n').map((call) => `${call}\n`);
    const world = hookedWorld(profile);
    for (const call of calls) {
      expect(replayed(world, call)).toBe(call.trim());
      // One may lead to another: a pin that is gone to a link.
      for (let left = 2; left > 0; left--) for (const one of world.pending()) world.settle(one);
      expect(world.pending()).toEqual([]);
    }
  });
});

describe('a line that settles', () => {
  it('names one of several effects', () => {
    const pending = 'release-map 2,clear-slots 4,release-filter 1,collect-sockets 0';
    const world = worldAfter('linux-6.18', everything);
    expect(replayed(world, 'settle')).toBe(`settle: pending are ${pending}`);
    expect(replayed(world, 'settle release-inode')).toBe(
      `settle release-inode: pending are ${pending}`,
    );
    expect(replayed(world, 'settle clear-slots')).toBe('settle clear-slots');
    expect(namesOf(world)).toEqual(['release-map', 'release-filter', 'collect-sockets']);
  });

  it('does not choose between two effects of one name', () => {
    const array = line.create('PROG_ARRAY');
    const world = worldAfter(
      'linux-6.18',
      `1 ${array} = 3 \n 1 ${array} = 4 \n 1 close(3) = 0 \n 1 close(4) = 0`,
    );
    expect(replayed(world, 'settle clear-slots')).toBe(
      'settle clear-slots: pending are clear-slots 1,clear-slots 2',
    );
  });
});

it('effects that a world has no room for are never pending', () => {
  const world = worldOf('linux-6.1', {
    ...roomy,
    slots: 0,
    sockets: 0,
    messages: 0,
    attachments: 0,
  });
  replayed(
    world,
    `1 ${line.create('ARRAY')} = 3 \n 1 ${line.loadOn(3)} = 4 \n 1 close(3) = 0 \n 1 close(4) = 0`,
  );
  expect(namesOf(world)).toEqual(['release-map']);
});
