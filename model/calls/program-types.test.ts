import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type World } from '../index.ts';
import {
  attach,
  badFd,
  create,
  invalid,
  load,
  loadAs,
  noNumber,
  pair,
  remove,
  tooBig,
  update,
} from '../lines.test-data.ts';
import { hookedWorld, lines, replayed } from '../replayed.test-data.ts';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const programs = create('PROG_ARRAY');

describe.each(profileNames)('programs of other types under %s', (profile) => {
  it('are no filters of sockets', () => {
    does(
      hookedWorld(profile),
      `1 ${pair(3, 4)} = 0
      1 ${loadAs('SCHED_CLS')} = 5
      1 ${attach(3, 5)} = ${invalid} ; attach.not-a-program`,
    );
  });

  it('do not go into an array that has taken another type, not even once it is empty', () => {
    does(
      hookedWorld(profile),
      `1 ${programs} = 3
      1 ${load} = 4
      1 ${loadAs('SCHED_CLS')} = 5
      1 ${update(3, 0, 5)} = 0
      1 ${update(3, 0, 4)} = ${invalid} ; update.value-other-type
      1 ${loadAs('SOCKET_FILTER', 3)} = ${invalid} ; load.other-type
      1 ${remove(3, 0)} = 0
      1 ${update(3, 0, 4)} = ${invalid} ; update.value-other-type
      1 ${loadAs('SCHED_CLS', 3)} = 6`,
    );
  });

  it('do not go into an array that a program of another type uses', () => {
    does(
      hookedWorld(profile),
      `1 ${programs} = 3
      1 ${loadAs('SCHED_CLS', 3)} = 4
      1 ${load} = 5
      1 ${update(3, 0, 5)} = ${invalid} ; update.value-other-type
      1 close(4) = 0
      1 ${update(3, 0, 5)} = ${invalid} ; update.value-other-type`,
    );
  });

  it('are looked at behind the index, and leave no type where that is too large', () => {
    does(
      hookedWorld(profile),
      `1 ${programs} = 3
      1 ${loadAs('SCHED_CLS')} = 4
      1 ${update(3, 1, 4)} = ${tooBig} ; update.index
      1 ${load} = 5
      1 ${update(3, 0, 5)} = 0
      1 ${update(3, 1, 4)} = ${tooBig} ; update.index`,
    );
  });

  it('are looked at before the table of descriptors', () => {
    does(
      hookedWorld(profile, { descriptors: 2 }),
      `1 ${programs} = 3
      1 ${loadAs('SCHED_CLS')} = 4
      1 ${update(3, 0, 4)} = 0
      1 ${loadAs('SOCKET_FILTER', 3)} = ${invalid} ; load.other-type
      1 ${load} = ${noNumber} ; load.no-descriptor`,
    );
  });

  it('find the type of an array that was emptied when its last user had gone', () => {
    if (profiles[profile].arrayClear !== 'later') return;
    does(
      hookedWorld(profile),
      `1 ${programs} = 3
      1 ${loadAs('SCHED_CLS', 3)} = 4
      1 ${update(3, 0, 4)} = 0
      1 close(3) = 0
      settle clear-slots
      1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 12) = 3
      1 ${load} = 5
      1 ${update(3, 0, 5)} = ${invalid} ; update.value-other-type`,
    );
  });

  it('would leave an array their type although no descriptor is left for them, which is outside', () => {
    does(
      hookedWorld(profile, { descriptors: 1 }),
      `1 ${programs} = 3
      1 ${loadAs('SCHED_CLS', 3)} ; bound.failed-load`,
    );
  });

  it('are outside a world of socket filters, once a descriptor is left', () => {
    does(
      hookedWorld(profile, { programTypes: 0 }),
      `1 ${loadAs('SCHED_CLS')} ; bound.program-types`,
    );
  });
});

describe.each(profileNames.filter((name) => profiles[name].cgroups === 'none'))(
  'programs for cgroups under %s',
  (profile) => {
    it('are unknown, whatever map they use', () => {
      does(
        hookedWorld(profile),
        `1 ${loadAs('CGROUP_SKB')} = ${invalid} ; load.unknown-type
        1 ${loadAs('CGROUP_SKB', 9)} = ${invalid} ; load.unknown-type
        1 ${loadAs('SCHED_CLS', 9)} = ${badFd} ; load.map-fd-closed`,
      );
    });
  },
);
