import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type World } from '../index.ts';
import * as line from '../lines.test-data.ts';
import { badFd, create, exists, invalid, load, loadOn } from '../lines.test-data.ts';
import { lookup, next, noEntry, noNumber, remove, tooBig, update } from '../lines.test-data.ts';
import { host, lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const having = profileNames.filter((profile) => profiles[profile].mapsOfMaps === 'built-in');
const array = create('ARRAY', 2);
const hash = create('HASH', 2);
const unsupported = '-1 ENOTSUPP (Unknown error 524)';
const wide = { ...roomy, descriptors: 9 };

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

function sized(type: string, key: number, value: number, max: number, inner: number): string {
  const sizes = `key_size=${key}, value_size=${value}, max_entries=${max}`;
  return `bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_${type}, ${sizes}, inner_map_fd=${inner}}, 24)`;
}

it.each(profileNames.filter((profile) => !having.includes(profile)))(
  'maps of maps are of an unknown type under %s',
  (profile) => {
    does(
      worldOf(profile),
      `1 ${array} = 3
      1 ${create('ARRAY_OF_MAPS', 2, 'inner_map_fd=3')} = ${invalid} ; create.unknown-type
      1 ${sized('HASH_OF_MAPS', 0, 4, 1, 9)} = ${invalid} ; create.unknown-type
      1 ${create('HASH', 2, 'inner_map_fd=3')} = ${invalid} ; create.unknown-attribute`,
    );
  },
);

describe.each(having)('maps of maps under %s', (profile) => {
  function worldAfter(text: string): World {
    const world = worldOf(profile, wide);
    does(world, text);
    return world;
  }

  it.each(['ARRAY_OF_MAPS', 'HASH_OF_MAPS'])(
    'of type %s look at sizes, then at the map inside',
    (type) => {
      worldAfter(
        `1 ${create('PROG_ARRAY')} = 3
      1 ${sized(type, 4, 4, 0, 9)} = ${invalid} ; create.max-entries
      1 ${sized(type, 4, 4, 0, 3)} = ${invalid} ; create.max-entries
      1 ${sized(type, 4, 8, 1, 9)} = ${invalid} ; create.value-size
      1 ${sized(type, 0, 4, 1, 9)} = ${invalid} ; create.key-size
      1 ${sized(type, 4, 4, 1, 9)} = ${badFd} ; create.inner-closed
      1 ${sized(type, 4, 4, 1, -1)} = ${badFd} ; create.inner-closed
      1 ${line.open('/d', 'O_PATH')} = 4
      1 ${sized(type, 4, 4, 1, 4)} = ${badFd} ; create.inner-closed
      1 ${create(type)} = ${invalid} ; create.inner-no-map
      1 ${load} = 5
      1 ${sized(type, 4, 4, 1, 5)} = ${invalid} ; create.inner-no-map
      1 ${sized(type, 4, 4, 1, 3)} = ${unsupported} ; create.inner-prog-array
      1 ${array} = 6
      1 ${sized(type, 4, 4, 1, 6)} = 7
      1 ${sized(type, 4, 4, 1, 7)} = ${invalid} ; create.inner-nested
      1 dup(3) = 8
      1 dup(3) = 9
      1 dup(3) = 10
      1 dup(3) = 11
      1 ${sized(type, 4, 4, 1, 3)} = ${unsupported} ; create.inner-prog-array
      1 ${sized(type, 4, 4, 1, 6)} = ${noNumber} ; create.no-descriptor`,
      );
    },
  );

  it('are the only ones to look at the map inside', () => {
    worldAfter(
      `1 ${sized('ARRAY_OF_MAPS', 8, 4, 1, 9)} = ${invalid} ; create.key-size
      1 ${sized('HASH_OF_MAPS', 8, 4, 1, 9)} = ${badFd} ; create.inner-closed
      1 ${sized('ARRAY', 4, 4, 1, 9)} = 3
      1 ${sized('HASH_OF_MAPS', 8, 4, 1, 3)} ; bound.sizes
      1 ${sized('HASH', 4, 4, 1, -1)} = 4
      1 ${sized('PROG_ARRAY', 4, 4, 1, 3)} = 5`,
    );
  });

  it('do not hold the map that those inside have to be like', () => {
    const world = worldAfter(
      `1 ${array} = 3
      1 ${create('ARRAY_OF_MAPS', 2, 'inner_map_fd=3')} = 4
      1 close(3) = 0`,
    );
    expect(world.describe()).toContain('object 1: state=gone');
    expect(world.describe()).toContain(
      'object 2: state=held-by-users kind=6 refcnt=1 usercnt=1 maxEntries=2 innerKind=1 innerEntries=2',
    );
    does(world, `1 ${array} = 3 \n 1 ${update(4, 0, 3)} = 0`);
  });

  it('in arrays check flags, index and the map, in this order', () => {
    worldAfter(
      `1 ${array} = 3
      1 ${create('ARRAY_OF_MAPS', 2, 'inner_map_fd=3')} = 4
      1 ${update(9, 9, 9)} = ${badFd} ; update.fd-closed
      1 ${update(4, 9, 9, 'BPF_NOEXIST')} = ${invalid} ; update.slot-flags
      1 ${update(4, 9, 9)} = ${tooBig} ; update.index
      1 ${update(4, 0, 9)} = ${badFd} ; update.value-closed
      1 ${load} = 5
      1 ${update(4, 0, 5)} = ${invalid} ; update.value-no-such-map
      1 ${update(4, 0, 0)} = ${invalid} ; update.value-no-such-map
      1 ${update(4, 0, 4)} = ${invalid} ; update.value-no-such-map
      1 ${hash} = 6
      1 ${update(4, 0, 6)} = ${invalid} ; update.value-no-such-map
      1 ${create('PROG_ARRAY', 2)} = 7
      1 ${update(4, 0, 7)} = ${invalid} ; update.value-no-such-map
      1 ${create('ARRAY', 3)} = 8
      1 ${update(4, 0, 8)} = ${invalid} ; update.value-no-such-map
      1 ${update(4, 0, 3)} = 0
      1 ${update(4, 0, 3, 'BPF_EXIST')} = ${invalid} ; update.slot-flags
      1 ${lookup(4, 0)} = 0 (value=0)
      1 ${lookup(4, 1)} = ${noEntry} ; lookup.missing
      1 ${lookup(4, 2)} = ${noEntry} ; lookup.index
      1 ${remove(4, 2)} = ${tooBig} ; delete.index
      1 ${remove(4, 1)} = ${noEntry} ; delete.missing
      1 ${remove(4, 0)} = 0
      1 ${next(4, 'NULL', 0)} = 0
      1 ${next(4, 0, 1)} = 0
      1 ${next(4, 1)} = ${noEntry} ; next.last-index
      1 ${next(4, 2, 0)} = 0
      1 ${loadOn(4)} = 9`,
    );
  });

  it('in hashes check the map, then what any hash checks', () => {
    worldAfter(
      `1 ${hash} = 3
      1 ${create('HASH_OF_MAPS', 1, 'inner_map_fd=3')} = 4
      1 ${next(4, 'NULL')} = ${noEntry} ; next.last-key
      1 ${update(4, 5, 9, 'BPF_EXIST')} = ${badFd} ; update.value-closed
      1 ${array} = 5
      1 ${update(4, 5, 5, 'BPF_EXIST')} = ${invalid} ; update.value-no-such-map
      1 ${update(4, 5, 3, 'BPF_EXIST')} = ${noEntry} ; update.missing
      1 ${update(4, 5, 3)} = 0
      1 ${update(4, 5, 9, 'BPF_NOEXIST')} = ${badFd} ; update.value-closed
      1 ${update(4, 5, 3, 'BPF_NOEXIST')} = ${exists} ; update.exists
      1 ${update(4, 6, 9)} = ${badFd} ; update.value-closed
      1 ${update(4, 6, 3)} = ${tooBig} ; update.full
      1 ${update(4, 6, 3, 'BPF_NOEXIST')} = ${tooBig} ; update.full
      1 ${update(4, 6, 3, 'BPF_EXIST')} = ${noEntry} ; update.missing
      1 ${create('HASH', 9)} = 6
      1 ${update(4, 5, 6, 'BPF_EXIST')} = 0
      1 ${lookup(4, 5)} = 0 (value=0)
      1 ${next(4, 'NULL', 5)} = 0
      1 ${next(4, 6, 5)} = 0
      1 ${next(4, 5)} = ${noEntry} ; next.last-key
      1 ${remove(4, 6)} = ${noEntry} ; delete.missing
      1 ${remove(4, 5)} = 0
      1 ${remove(4, 5)} = ${noEntry} ; delete.missing`,
    );
  });

  it('hold the maps inside, which are no users of them', () => {
    const world = worldAfter(
      `1 ${array} = 3
      1 ${create('ARRAY_OF_MAPS', 2, 'inner_map_fd=3')} = 4
      1 ${update(4, 0, 3)} = 0
      1 ${update(4, 1, 3)} = 0
      1 close(3) = 0`,
    );
    const inside = 'object 1: state=held-by-objects-only kind=1 refcnt=2 maxEntries=2';
    expect(world.describe()).toContain(inside);
    does(world, `1 ${array} = 3 \n 1 ${update(4, 0, 3)} = 0 \n 1 ${remove(4, 1)} = 0`);
    expect(world.describe()).toContain('object 1: state=gone');
    expect(world.pending()).toEqual([]);
  });

  it('keep them whoever closes a descriptor, on kernels whose program arrays do not', () => {
    const switches = { ...profiles['linux-6.18'], arrayClear: 'at-any-release' } as const;
    const world = createWorld({ switches, bounds: roomy, host });
    does(
      world,
      `1 ${array} = 3
      1 ${create('ARRAY_OF_MAPS', 2, 'inner_map_fd=3')} = 4
      1 ${line.mountOn('/a')} = 0
      1 ${line.pin('/a/x', 4)} = 0
      1 ${line.get('/a/x')} = 5
      1 ${update(4, 0, 3)} = 0
      1 close(5) = 0
      1 ${lookup(4, 0)} = 0 (value=0)`,
    );
  });

  it('that are gone let go of the maps inside some time later', () => {
    const world = worldAfter(
      `1 ${hash} = 3
      1 ${create('HASH_OF_MAPS', 1, 'inner_map_fd=3')} = 4
      1 ${update(4, 5, 3)} = 0
      1 ${update(3, 1, 7)} = 0
      1 close(3) = 0
      1 ${loadOn(4)} = 3
      1 close(4) = 0`,
    );
    expect(world.pending()).toEqual([]);
    does(world, '1 close(3) = 0');
    expect(world.pending()).toEqual([{ name: 'release-map', object: 3 }]);
    does(world, 'settle');
    expect(world.describe()).toContain('object 2: state=releasing kind=7 maxEntries=1 innerKind=2');
    expect(world.pending()).toEqual([{ name: 'release-map', object: 2 }]);
    does(world, 'settle');
    expect(world.describe()).toEqual(
      expect.arrayContaining([1, 2, 3].map((o) => `object ${o}: state=gone`)),
    );
  });
});
