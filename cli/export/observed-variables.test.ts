import { describe, expect, it } from 'vitest';
import { createWorld, profiles } from '../../model/index.ts';
import type { Observation } from '../../model/index.ts';
import { itfNumber as number, itfString as string, parseTrace } from '../../traces/index.ts';
import type { ItfValue } from '../../traces/index.ts';
import { traceBounds } from '../replay/trace-bounds.ts';
import { variablesOf } from './observed-variables.ts';

const watch = ['/mnt/a', '/mnt/a/m', '/mnt/a/p'] as const;

/** What the model shows after these calls, each of which it has to answer. */
function observed(...calls: readonly string[]): Observation {
  const parsed = parseTrace(calls.join('\n'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { events } = parsed.trace;
  const world = createWorld({
    switches: profiles['linux-6.18'],
    bounds: traceBounds(events, 8),
    host: ['/mnt/', '/mnt/a/', '/cgroup/', '/cgroup/a/'],
  });
  for (const { step } of events) {
    const result = world.step(step.pid, step.call);
    expect(result).toMatchObject({ kind: 'outcome', outcome: { ok: true } });
  }
  return world.observe(watch);
}

const after = (...calls: readonly string[]): Readonly<Record<string, ItfValue>> =>
  variablesOf(observed(...calls), watch);

const map = (...pairs: readonly (readonly [ItfValue, ItfValue])[]): ItfValue => ({
  kind: 'map',
  pairs,
});
const record = (fields: Readonly<Record<string, ItfValue>>): ItfValue => ({
  kind: 'record',
  fields,
});

const mount = '1 mount("bpf", "/mnt/a", "bpf", 0, NULL)';
const create =
  '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=1}, 16)';
const load = '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_SKB}, 48)';
const pin = (name: string, fd: number): string =>
  `1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/${name}", bpf_fd=${fd}}, 16)`;

describe('the variables of a state', () => {
  it('hold nothing but the first process where nothing was done', () => {
    expect(after()).toEqual({
      running: { kind: 'set', members: [number(1)] },
      namespaces: map([number(1), number(1)]),
      descriptors: map([number(1), map()]),
      paths: map([number(1), map()]),
      objects: map(),
      pending: number(0),
    });
  });

  it('show each object with its kind and its counts, and the descriptors that lead to it', () => {
    const { objects, descriptors } = after(create, load, '1 dup(3)');
    expect(objects).toEqual(
      map(
        [
          number(1),
          record({
            ...{ kind: string('map'), refcnt: number(1) },
            ...{ usercnt: number(1), frozen: number(0) },
          }),
        ],
        [
          number(2),
          record({
            ...{ kind: string('program'), refcnt: number(1) },
            ...{ usercnt: number(0), frozen: number(0) },
          }),
        ],
      ),
    );
    const numbers = [
      [3, 1],
      [4, 2],
      [5, 1],
    ].map(([fd = 0, object = 0]) => [number(fd), number(object)] as const);
    expect(descriptors).toEqual(map([number(1), map(...numbers)]));
  });

  it('show a frozen map as one, and a link with its kind', () => {
    const { objects } = after(
      ...[create, load, '1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4)'],
      '1 openat(AT_FDCWD, "/cgroup/a", O_RDONLY|O_DIRECTORY)',
      '1 bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=5, attach_type=BPF_CGROUP_INET_EGRESS, flags=0}}, 16)',
    );
    const fields = objects?.kind === 'map' ? objects.pairs.map(([, value]) => value) : [];
    expect(fields).toMatchObject([
      { fields: { kind: string('map'), frozen: number(1) } },
      { fields: { kind: string('program'), frozen: number(0) } },
      { fields: { kind: string('link') } },
    ]);
  });

  it('show what a path of a bpffs leads to, and leave out paths that lead to nothing', () => {
    const shows = (kind: string, object: number): ItfValue =>
      record({ kind: string(kind), instance: number(1), object: number(object) });
    expect(after(mount, create, load, pin('p', 4))['paths']).toEqual(
      map([
        number(1),
        map([string('/mnt/a'), shows('directory', 0)], [string('/mnt/a/p'), shows('program', 2)]),
      ]),
    );
  });

  it('show each process by itself, and forget one that ended', () => {
    const start = [mount, create, pin('m', 3), '1 fork()', '2 unshare(CLONE_NEWNS)'];
    const apart = after(...start, '2 umount2("/mnt/a", 0)', '2 close(3)');
    expect(apart['running']).toEqual({ kind: 'set', members: [number(1), number(2)] });
    expect(apart['namespaces']).toEqual(map([number(1), number(1)], [number(2), number(2)]));
    expect(apart['descriptors']).toEqual(
      map([number(1), map([number(3), number(1)])], [number(2), map()]),
    );
    const paths = apart['paths']?.kind === 'map' ? apart['paths'].pairs : [];
    expect(paths.map(([, of]) => (of.kind === 'map' ? of.pairs.length : null))).toEqual([2, 0]);
    const ended = after(...start, '2 exit_group(0)');
    expect(ended['running']).toEqual({ kind: 'set', members: [number(1)] });
  });

  it('forget an object that nothing holds any more', () => {
    expect(after(create, '1 close(3)')['objects']).toEqual(map());
  });
});
