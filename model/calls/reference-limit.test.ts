import { describe, expect, it } from 'vitest';
import { createWorld, profiles, type ProfileName, type World } from '../index.ts';
import {
  attach,
  create,
  get,
  invalid,
  load,
  loadOn,
  newFilter,
  pair,
  pin,
} from '../lines.test-data.ts';
import {
  attachTo,
  detachFrom,
  link,
  loadAs,
  mountOn,
  open,
  run,
  update,
} from '../lines.test-data.ts';
import { lines, replayed, roomy } from '../replayed.test-data.ts';

const busy = '-1 EBUSY (Device or resource busy)';

/** The world of this profile, where an object can be held three times. */
const upToThree = (profile: ProfileName): World =>
  createWorld({
    switches: { ...profiles[profile], refLimit: '3' },
    bounds: { ...roomy, descriptors: 10, qdiscs: 1, programTypes: 1 },
    host: ['/a/', '/cgroup/', '/cgroup/a/'],
  });

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

describe('an object that is held three times, where that is the limit', () => {
  it('is neither opened nor pinned nor used once more, if it is a map', () => {
    does(
      upToThree('linux-4.6'),
      `1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/m', 3)} = 0
      1 ${get('/a/m')} = 4
      1 ${get('/a/m')} = ${busy} ; get.references
      1 ${loadOn(3)} = ${busy} ; load.references
      1 ${pin('/a/n', 3)} = ${invalid} ; pin.map-references
      1 dup(3) = 5
      1 close(4) = 0
      1 ${loadOn(3)} = 4`,
    );
  });

  it('is pinned nowhere, put into no array, and filters nothing, if it is a program', () => {
    does(
      upToThree('linux-4.6'),
      `1 ${mountOn('/a')} = 0
      1 ${load} = 3
      1 ${pin('/a/p', 3)} = 0
      1 ${get('/a/p')} = 4
      1 ${create('PROG_ARRAY')} = 5
      1 ${pair(6, 7)} = 0
      1 ${pin('/a/q', 3)} = ${busy} ; pin.program-references
      1 ${update(5, 0, 3)} = ${busy} ; update.references
      1 ${attach(6, 3)} = ${busy} ; attach.references
      1 ${newFilter('ingress', 3)} = ${busy} ; new-filter.references
      1 ${newFilter('ingress', 5)} = ${invalid} ; new-filter.not-a-classifier
      1 close(4) = 0
      1 ${newFilter('ingress', 3)} = ${invalid} ; new-filter.not-a-classifier
      1 ${attach(6, 3)} = 0
      1 ${attach(6, 3)} = ${busy} ; attach.references`,
    );
  });

  it('is not opened by its id, run, or put into maps of maps and cgroups', () => {
    const byId = (call: string, id: number): string =>
      `bpf(BPF_${call}_GET_FD_BY_ID, {${call.toLowerCase()}_id=${id}}, 12)`;
    does(
      upToThree('linux-6.18'),
      `1 ${create('ARRAY')} = 3
      1 ${create('ARRAY_OF_MAPS', 1, 'inner_map_fd=3')} = 4
      1 ${byId('MAP', 1)} = 5
      1 ${byId('MAP', 1)} = 6
      1 ${byId('MAP', 1)} = ${busy} ; map-by-id.references
      1 ${update(4, 0, 3)} = ${busy} ; update-of-maps.references
      1 close(5) = 0
      1 ${update(4, 0, 3)} = 0
      1 ${loadAs('CGROUP_SKB')} = 5
      1 ${open('/cgroup/a', 'O_DIRECTORY')} = 7
      1 ${attachTo(7, 5)} = 0
      1 ${link(5, 7)} = 8
      1 ${byId('PROG', 3)} = ${busy} ; program-by-id.references
      1 ${run(5)} = ${busy} ; run.references
      1 ${link(5, 7)} = ${busy} ; link.references
      1 ${attachTo(7, 5)} = ${busy} ; prog-attach.references
      1 ${detachFrom(7, 5)} = ${invalid} ; prog-detach.no-program
      1 ${byId('LINK', 4)} = 9
      1 ${byId('LINK', 4)} = 10
      1 ${byId('LINK', 4)} = 11`,
    );
  });
});

describe('the number of references', () => {
  const processes = 32;
  const each = 1024;
  const bounds = { ...roomy, processes, descriptors: each + 4, descriptions: processes * each + 4 };

  /** Processes that have opened a map 32767 times together, besides its pin. */
  function opened(profile: ProfileName): World {
    const world = createWorld({ switches: profiles[profile], bounds, host: ['/a/'] });
    replayed(world, `1 ${mountOn('/a')}`);
    for (let pid = 2; pid <= processes; pid++) replayed(world, '1 fork()');
    replayed(world, `1 ${create('ARRAY')}\n1 ${pin('/a/m', 3)}`);
    for (let pid = 1; pid <= processes; pid++) {
      for (let got = pid === 1 ? 2 : 0; got < each; got++) {
        world.step(pid, { call: 'BPF_OBJ_GET', path: '/a/m' });
      }
    }
    return world;
  }

  it('ends at 32768 in 4.6', { timeout: 60_000 }, () => {
    does(
      opened('linux-4.6'),
      `1 ${get('/a/m')} = ${busy} ; get.references
      1 close(3) = 0
      1 ${get('/a/m')} = 3
      1 ${get('/a/m')} = ${busy} ; get.references`,
    );
  });

  it('has no end in 6.18', { timeout: 60_000 }, () => {
    does(opened('linux-6.18'), `1 ${get('/a/m')} = ${each + 2}\n1 ${pin('/a/n', 3)} = 0`);
  });
});
