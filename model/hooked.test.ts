import { describe, expect, it } from 'vitest';
import { hookedBy, profileNames, profiles, type World } from './index.ts';
import {
  attachTo,
  attach,
  create,
  delFilter,
  detachFrom,
  link,
  loadAs,
  newFilter,
  open,
  pair,
} from './lines.test-data.ts';
import { hookedWorld, lines, replayed } from './replayed.test-data.ts';

const { cgroup, device } = hookedBy;

/** What leads to the first three objects, after a trace whose every line comes out as written. */
function leadingTo(world: World, text: string): readonly number[] {
  expect(replayed(world, text)).toBe(lines(text));
  return Array.from(world.observe([]).hooked.slice(1, 4));
}

const filter = `
  1 ${create('ARRAY')} = 3
  1 ${loadAs('SCHED_CLS', 3)} = 4
  1 ${newFilter('ingress', 4)} = 0`;

const onCgroup = `
  1 ${open('/cgroup/a', 'O_DIRECTORY')} = 3
  1 ${create('ARRAY')} = 4
  1 ${loadAs('CGROUP_SKB', 4)} = 5
  1 ${attachTo(3, 5)} = 0`;

describe.each(profileNames)('what a device leads to under %s', (profile) => {
  it('is the program of a filter and the map that it uses, until it is detached', () => {
    const world = hookedWorld(profile);
    expect(leadingTo(world, filter)).toEqual([device, device, 0]);
    expect(leadingTo(world, `1 ${delFilter('ingress')} = 0`)).toEqual([0, 0, 0]);
  });

  it('is nothing where the filter is a socket’s', () => {
    const text = `
      1 ${loadAs('SOCKET_FILTER')} = 3
      1 ${pair(4, 5)} = 0
      1 ${attach(4, 3)} = 0`;
    expect(leadingTo(hookedWorld(profile), text)).toEqual([0, 0, 0]);
  });
});

const withCgroups = profileNames.filter((name) => profiles[name].cgroups === 'built-in');

describe.each(withCgroups)('what a cgroup leads to under %s', (profile) => {
  it('is its program and the map that this uses, as long as it is there', () => {
    const world = hookedWorld(profile);
    expect(leadingTo(world, onCgroup)).toEqual([cgroup, cgroup, 0]);
    expect(leadingTo(world, `1 ${detachFrom(3, 5)} = 0`)).toEqual([0, 0, 0]);
    expect(leadingTo(world, `1 ${attachTo(3, 5)} = 0`)).toEqual([cgroup, cgroup, 0]);
    expect(leadingTo(world, '1 rmdir("/cgroup/a") = 0')).toEqual([0, 0, 0]);
  });

  it('may be what a device leads to as well', () => {
    const text = `${onCgroup}
      1 ${loadAs('SCHED_CLS', 4)} = 6
      1 ${newFilter('egress', 6)} = 0`;
    expect(leadingTo(hookedWorld(profile), text)).toEqual([cgroup + device, cgroup, device]);
  });
});

const withLinks = withCgroups.filter((name) => profiles[name].links === 'built-in');

describe.each(withLinks)('what a cgroup leads to along a link under %s', (profile) => {
  it('is nothing, since it does not hold the link', () => {
    const text = `
      1 ${open('/cgroup/a', 'O_DIRECTORY')} = 3
      1 ${loadAs('CGROUP_SKB')} = 4
      1 ${link(4, 3)} = 5`;
    expect(leadingTo(hookedWorld(profile), text)).toEqual([0, 0, 0]);
  });
});
