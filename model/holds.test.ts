import { describe, expect, it } from 'vitest';
import { createWorld } from './world.ts';
import { profiles } from './profiles/index.ts';
import type { Call } from './vocabulary/index.ts';

const bounds = {
  ...{ processes: 3, descriptors: 4, descriptions: 6, objects: 2, elements: 1, superblocks: 2 },
  ...{ inodes: 6, dentries: 6, mounts: 4, namespaces: 2 },
};
const host = ['/sys/', '/sys/bpf/', '/b/'];
const map: Call = {
  ...{ call: 'BPF_MAP_CREATE', type: 'BPF_MAP_TYPE_HASH' },
  ...{ keySize: 4, valueSize: 4, maxEntries: 1 },
};
const begin: readonly Call[] = [
  { call: 'mount', target: '/sys/bpf' },
  map,
  { call: 'mkdir', path: '/sys/bpf/d' },
  { call: 'BPF_OBJ_PIN', path: '/sys/bpf/d/m', fd: 3 },
];

function worldAfter(...calls: readonly Call[]): ReturnType<typeof createWorld> {
  const world = createWorld({ switches: profiles['linux-6.18'], bounds, host });
  for (const call of calls) {
    const result = world.step(1, call);
    expect([call.call, result.kind === 'outcome' && result.outcome.ok]).toEqual([call.call, true]);
  }
  return world;
}

describe('what holds an object', () => {
  it('is told by descriptor and by path', () => {
    const { objects, mounts } = worldAfter(...begin).holds();
    expect(objects).toEqual([
      { object: 1, descriptors: [{ pid: 1, fd: 3 }], paths: ['/sys/bpf/d/m'], names: 1 },
    ]);
    expect(mounts.map(({ path }) => path)).toEqual(['/sys/bpf']);
  });

  it('is a pin at every place where a mount shows it', () => {
    const bind: Call = { call: 'bind', source: '/sys/bpf/d', target: '/b' };
    const [held] = worldAfter(...begin, bind, { call: 'close', fd: 3 }).holds().objects;
    expect(held).toMatchObject({ descriptors: [], paths: ['/sys/bpf/d/m', '/b/m'], names: 1 });
  });

  it('is a pin to which no path leads once its mount is detached with somebody in it', () => {
    const chdir: Call = { call: 'chdir', path: '/sys/bpf' };
    const detach: Call = { call: 'umount2', target: '/sys/bpf', flag: 'MNT_DETACH' };
    const world = createWorld({
      ...{ switches: profiles['linux-6.18'], host },
      bounds: { ...bounds, directories: 1 },
    });
    for (const call of [...begin, chdir, detach]) world.step(1, call);
    expect(world.holds().objects[0]).toMatchObject({ paths: [], names: 1 });
  });
});

describe('a world that forgets', () => {
  it('gives the numbers of processes and objects that are gone again', () => {
    const world = worldAfter();
    for (let round = 0; round < 10; round++) {
      expect(world.step(1, { call: 'fork' })).toMatchObject({ outcome: { ok: true, value: 2 } });
      expect(world.step(2, map)).toMatchObject({ outcome: { ok: true } });
      expect(world.holds().objects).toHaveLength(1);
      world.step(2, { call: 'exit_group' });
      const before = world.save();
      world.forget();
      expect(world.save()).not.toEqual(before);
    }
  });
});
