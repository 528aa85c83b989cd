import { describe, expect, it } from 'vitest';
import type { Call } from '../model/index.ts';
import { judge, mounting, seesA, seesB, type Sees } from './isolation.test-data.ts';
import { isolation } from './isolation.ts';
import { directory, observe, pinned, refused } from './observation.test-data.ts';
import type { ProcessScene } from './observation.test-data.ts';

describe('isolation of descriptors', () => {
  const from = { 1: { fds: { 3: 1 } }, 2: { fds: { 3: 2 } } };

  it('breaks when a call changes a descriptor of another process', () => {
    for (const call of [
      { call: 'close', fd: 3 },
      { call: 'exit_group' },
      { call: 'mount', target: '/a' },
    ] as const) {
      expect(judge(call, from, { 1: {}, 2: from[2] })).toBe(true);
      expect(judge(call, from, { 1: {}, 2: {} })).toBe(false);
      expect(judge(call, from, { 1: {}, 2: { fds: { 3: 1 } } })).toBe(false);
    }
  });

  it('lets kill empty its victim only, and completely', () => {
    const kill = { call: 'kill', pid: 2 } as const;
    expect(judge(kill, from, { 1: from[1] })).toBe(true);
    expect(judge(kill, from, from)).toBe(false);
    const three = { ...from, 3: from[1] };
    expect(judge(kill, three, { 1: from[1] })).toBe(false);
    expect(judge({ call: 'kill', pid: 1 }, from, { 2: from[2] })).toBe(true);
  });

  it('lets fork fill the child with a copy of the parent and nobody else', () => {
    const fork = { call: 'fork' } as const;
    expect(judge(fork, from, { ...from, 3: from[1] }, 3)).toBe(true);
    expect(judge(fork, from, { ...from, 3: {} }, 3)).toBe(false);
    expect(judge(fork, from, { ...from, 3: { fds: { 3: 1, 4: 1 } } }, 3)).toBe(false);
    expect(judge(fork, from, { 1: from[1], 2: from[1], 3: from[1] }, 3)).toBe(false);
  });
});

describe('isolation of names', () => {
  const both: Sees = { '/a': directory(1), '/b': directory(2) };
  const names = [
    { call: 'BPF_OBJ_PIN', path: '/a/x', fd: 3 },
    { call: 'mkdir', path: '/a/x' },
  ] as const;
  const removals = [
    { call: 'unlink', path: '/a/x' },
    { call: 'rmdir', path: '/a/x' },
  ] as const;
  const fds = { 3: 1 };
  const one = (sees: Sees): ProcessScene => ({ fds, sees });
  const foreign = (sees: Sees): ProcessScene => ({ namespace: 2, sees });

  it('lets a name come and go wherever its instance is seen', () => {
    const twice: Sees = { '/a': directory(1), '/b': directory(1) };
    const filled: Sees = { ...twice, '/a/x': pinned(1, 1), '/b/x': pinned(1, 1) };
    for (const call of names) {
      expect(
        judge(call, { 1: one(twice), 2: foreign(twice) }, { 1: one(filled), 2: foreign(filled) }),
      ).toBe(true);
    }
    for (const call of removals) {
      expect(
        judge(call, { 1: one(filled), 2: foreign(filled) }, { 1: one(twice), 2: foreign(twice) }),
      ).toBe(true);
    }
  });

  it('breaks when a name comes or goes in another instance that the caller sees', () => {
    const leaked: Sees = { ...both, '/a/x': pinned(1, 1), '/b/x': pinned(1, 2) };
    for (const call of names) {
      expect(judge(call, { 1: one(both) }, { 1: one(leaked) })).toBe(false);
    }
    for (const call of removals) {
      expect(judge(call, { 1: one(leaked) }, { 1: one(both) })).toBe(false);
    }
  });

  it('breaks when another instance takes the place of a path', () => {
    for (const call of [...names, ...removals]) {
      expect(judge(call, { 1: one(both) }, { 1: one({ ...both, '/b': directory(1) }) })).toBe(
        false,
      );
      expect(judge(call, { 1: one(both) }, { 1: one({ ...both, '/b': directory(3) }) })).toBe(
        false,
      );
    }
  });

  it('judges another process of the namespace as the caller', () => {
    const leaked: Sees = { ...both, '/b/x': pinned(1, 2) };
    for (const call of names) {
      expect(judge(call, { 1: one(both), 2: one(both) }, { 1: one(both), 2: one(leaked) })).toBe(
        false,
      );
    }
    for (const call of names) {
      const third = { namespace: 2, sees: both };
      const leaking = { namespace: 2, sees: leaked };
      expect(judge(call, { 1: one(both), 3: third }, { 1: one(both), 3: leaking })).toBe(false);
    }
  });

  it('lets a removed name take the mounts on it in another namespace, but an added one none', () => {
    const from: Sees = { ...both, '/a/x': directory(1) };
    const on: Sees = { '/a': directory(1), '/a/x': directory(3) };
    const off: Sees = { '/a': directory(1) };
    for (const call of removals) {
      expect(judge(call, { 1: one(from), 2: foreign(on) }, { 1: one(both), 2: foreign(off) })).toBe(
        true,
      );
    }
    for (const call of names) {
      expect(judge(call, { 1: one(both), 2: foreign(on) }, { 1: one(from), 2: foreign(off) })).toBe(
        false,
      );
    }
  });

  it('takes the instance of the name itself where the parent is not watched, if it can', () => {
    const shown: Sees = { '/b': directory(2) };
    const mkdir = { call: 'mkdir', path: '/a' } as const;
    const rmdir = { call: 'rmdir', path: '/a' } as const;
    expect(judge(mkdir, { 1: one({}) }, { 1: one({ '/a': directory(1) }) })).toBe(true);
    expect(judge(mkdir, { 1: one({}) }, { 1: one({ ...shown, '/a': directory(1) }) })).toBe(false);
    expect(judge(rmdir, { 1: one(both) }, { 1: one(shown) })).toBe(true);
    expect(judge(rmdir, { 1: one(both) }, { 1: one({}) })).toBe(false);
    expect(judge({ call: 'mkdir', path: '/c/d' }, { 1: one(both) }, { 1: one({}) })).toBe(true);
    expect(judge(mkdir, { 1: one(shown) }, { 1: one({}) })).toBe(true);
  });

  it('breaks when a name is made on what shows no instance and something changes', () => {
    const gained: Sees = { '/b/x': pinned(1, 2) };
    expect(judge({ call: 'mkdir', path: '/a/x' }, { 1: one({}) }, { 1: one(gained) })).toBe(false);
  });
});

describe('isolation of mounts', () => {
  it('lets a mount change what its own namespace sees', () => {
    for (const call of mounting) {
      const away = { namespace: 2, sees: seesA };
      expect(
        judge(
          call,
          { 1: { sees: seesA }, 2: { sees: seesA }, 3: away },
          { 1: { sees: seesB }, 2: { sees: seesB }, 3: away },
        ),
      ).toBe(true);
    }
  });

  it('breaks when a mount changes what another namespace sees', () => {
    for (const call of mounting) {
      for (const sees of [seesB, {}, { '/a': directory(1) }, { ...seesA, '/a/x': pinned(2, 1) }]) {
        expect(
          judge(
            call,
            { 1: {}, 2: { namespace: 2, sees: seesA } },
            { 1: {}, 2: { namespace: 2, sees } },
          ),
        ).toBe(false);
        const third = { 3: { namespace: 2, sees: seesA } };
        expect(judge(call, third, { 3: { namespace: 2, sees } })).toBe(false);
      }
    }
  });

  it('breaks when unshare changes what anybody sees, the caller included', () => {
    const call = { call: 'unshare' } as const;
    const from = { 1: { sees: seesA }, 2: { sees: seesA } };
    const moved = { namespace: 2, sees: seesA };
    expect(judge(call, from, { 1: moved, 2: from[2] })).toBe(true);
    expect(judge(call, from, { 1: moved, 2: { sees: {} } })).toBe(false);
    expect(judge(call, from, { 1: { namespace: 2 }, 2: from[2] })).toBe(false);
  });

  it('does not mind that unshare ends the namespace that made an instance', () => {
    const of = (namespace: number, origin: number): Record<number, ProcessScene> => ({
      1: { namespace, sees: { '/a': directory(1, origin) } },
    });
    expect(judge({ call: 'unshare' }, of(1, 1), of(2, 0))).toBe(true);
  });

  it('breaks when a call on descriptors or objects changes a path', () => {
    const calls: readonly Call[] = [
      {
        call: 'BPF_MAP_CREATE',
        type: 'BPF_MAP_TYPE_HASH',
        keySize: 4,
        valueSize: 4,
        maxEntries: 1,
      },
      { call: 'BPF_OBJ_GET', path: '/a/x' },
      { call: 'close', fd: 3 },
      { call: 'dup', fd: 3 },
    ];
    for (const call of calls) {
      expect(judge(call, { 1: { sees: seesA } }, { 1: { sees: seesA } })).toBe(true);
      expect(judge(call, { 1: { sees: seesA } }, { 1: { sees: { '/a': directory(1) } } })).toBe(
        false,
      );
    }
    expect(
      judge(
        { call: 'fork' },
        { 1: { sees: seesA } },
        { 1: { sees: seesA }, 2: { sees: seesA } },
        2,
      ),
    ).toBe(true);
  });

  it('says nothing of failures', () => {
    const step = refused(1, { call: 'umount2', target: '/b', flag: 'none' });
    const from = observe({ processes: { 2: { namespace: 2, sees: seesA, fds: { 3: 1 } } } });
    expect(isolation.holds(from, step, observe({}))).toBe(true);
  });
});
