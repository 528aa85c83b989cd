import { describe, expect, it } from 'vitest';
import type { AccessFlag, Call, CallName, MapType } from '../model/vocabulary/index.ts';
import { asDeclared, declaredBy, isDeclared, whyNotAsked } from './declared.ts';

const shape = { keySize: 4, valueSize: 4, maxEntries: 1 } as const;
const map = (type: MapType): Call => ({ call: 'BPF_MAP_CREATE', type, ...shape });
const open = (path: string | null): Call => ({ call: 'open', path, flag: 'O_DIRECTORY' });
const load: Call = { call: 'BPF_PROG_LOAD', mapFd: null };
const loadAs = (type: 'SOCKET_FILTER' | 'SCHED_CLS' | 'CGROUP_SKB'): Call => ({
  ...load,
  type: `BPF_PROG_TYPE_${type}`,
});

const why = (call: Call, ...names: readonly (AccessFlag | CallName | MapType)[]): string | null =>
  whyNotAsked(call, new Set(names));

describe('what an adapter is not asked', () => {
  it('is a call that it does not declare', () => {
    expect(why({ call: 'fork' }, 'clone')).toBe('fork is not declared');
    expect(why({ call: 'fork' }, 'fork')).toBeNull();
  });

  it('is what the machine keeps it from, for the reason that it gives', () => {
    const reason = 'This machine has no forks: mend it.';
    const lacks = { fork: reason, BPF_PROG_ATTACH: reason };
    const declared = declaredBy({ calls: ['exit_group', 'open'], lacks }, {});
    expect(whyNotAsked({ call: 'fork' }, declared)).toBe(reason);
    expect(whyNotAsked(open('/cgroup/a'), declared)).toBe(reason);
    expect(whyNotAsked({ call: 'clone' }, declared)).toBe('clone is not declared');
    expect(whyNotAsked({ call: 'exit_group' }, declared)).toBeNull();
  });

  it('is a map of a type for objects that it does not declare', () => {
    const arrays = map('BPF_MAP_TYPE_PROG_ARRAY');
    expect(why(arrays, 'BPF_MAP_CREATE')).toBe('BPF_MAP_TYPE_PROG_ARRAY is not declared');
    expect(why(arrays, 'BPF_MAP_TYPE_PROG_ARRAY')).toBe('BPF_MAP_CREATE is not declared');
    expect(why(arrays, 'BPF_MAP_CREATE', 'BPF_MAP_TYPE_PROG_ARRAY')).toBeNull();
    expect(why(map('BPF_MAP_TYPE_ARRAY'), 'BPF_MAP_CREATE')).toBeNull();
  });

  it('is a cgroup and a program for it, as long as nothing can be attached there', () => {
    const neither = 'neither BPF_PROG_ATTACH nor BPF_LINK_CREATE is declared';
    const calls: readonly [Call, CallName][] = [
      [open('/cgroup/a'), 'open'],
      [open('/cgroup'), 'open'],
      [{ call: 'rmdir', path: '/cgroup/a' }, 'rmdir'],
      [loadAs('CGROUP_SKB'), 'BPF_PROG_LOAD'],
    ];
    for (const [call, name] of calls) {
      expect(why(call, name, 'RTM_NEWTFILTER')).toBe(neither);
      expect(why(call, name, 'BPF_PROG_ATTACH')).toBeNull();
      expect(why(call, name, 'BPF_LINK_CREATE')).toBeNull();
    }
    for (const path of ['/a', '/cgroups', null]) expect(why(open(path), 'open')).toBeNull();
  });

  it('is a program of a type that is told, as long as there are no classifiers', () => {
    for (const call of [loadAs('SCHED_CLS'), loadAs('SOCKET_FILTER')]) {
      expect(why(call, 'BPF_PROG_LOAD', 'BPF_LINK_CREATE')).toBe('RTM_NEWTFILTER is not declared');
      expect(why(call, 'BPF_PROG_LOAD', 'RTM_NEWTFILTER')).toBeNull();
    }
    expect(why(load, 'BPF_PROG_LOAD')).toBeNull();
  });

  it('is a restricted descriptor, as long as it does not declare both flags', () => {
    const get = { call: 'BPF_OBJ_GET', path: '/a' } as const;
    const both: Call = { ...get, access: 'BPF_F_RDONLY|BPF_F_WRONLY' };
    const own = ['BPF_OBJ_GET', 'BPF_F_RDONLY'] as const;
    expect(why(both, ...own)).toBe('BPF_F_WRONLY is not declared');
    expect(why({ ...get, access: 'BPF_F_RDONLY' }, ...own)).toBe('BPF_F_WRONLY is not declared');
    expect(why(both, ...own, 'BPF_F_WRONLY')).toBeNull();
    expect(why(get, 'BPF_OBJ_GET')).toBeNull();
    const programs: Call = {
      ...shape,
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_PROG_ARRAY',
      access: 'BPF_F_RDONLY',
    };
    const types = ['BPF_MAP_CREATE', 'BPF_MAP_TYPE_PROG_ARRAY'] as const;
    expect(why(programs, ...types)).toBe('BPF_F_RDONLY is not declared');
  });

  it('is asked without the restriction where it declares none', () => {
    const get = { call: 'BPF_OBJ_GET', path: '/a' } as const;
    const outer = {
      ...shape,
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_ARRAY_OF_MAPS',
      innerFd: 3,
    } as const;
    const none = declaredBy({ calls: ['BPF_OBJ_GET'] }, {});
    const all = declaredBy({ calls: [], flags: ['BPF_F_RDONLY', 'BPF_F_WRONLY'] }, {});
    for (const call of [get, outer]) {
      const restricted: Call = { ...call, access: 'BPF_F_WRONLY' };
      expect(asDeclared(restricted, none)).toEqual(call);
      expect(asDeclared(restricted, all)).toEqual(restricted);
    }
    expect(asDeclared(load, none)).toEqual(load);
  });

  it('follows from what it says of itself', () => {
    const declared = declaredBy(
      { calls: ['BPF_MAP_CREATE'], maps: ['BPF_MAP_TYPE_PROG_ARRAY'] },
      {},
    );
    expect(isDeclared(map('BPF_MAP_TYPE_PROG_ARRAY'), declared)).toBe(true);
    expect(isDeclared(map('BPF_MAP_TYPE_HASH_OF_MAPS'), declared)).toBe(false);
    const plain = declaredBy({ calls: ['BPF_MAP_CREATE'] }, {});
    expect(isDeclared(map('BPF_MAP_TYPE_HASH'), plain)).toBe(true);
    expect(isDeclared(map('BPF_MAP_TYPE_PROG_ARRAY'), plain)).toBe(false);
  });

  it('keeps its capabilities where the machine is not set as a run wants it', () => {
    const drop = { call: 'setresuid', uid: 65534 } as const;
    const may = (machine: 'allowed' | 'disabled' | undefined, run: 'allowed' | undefined) => {
      const hello = { calls: ['setresuid'] as const };
      const told = machine === undefined ? hello : { ...hello, unprivilegedBpf: machine };
      return isDeclared(drop, declaredBy(told, run === undefined ? {} : { unprivilegedBpf: run }));
    };
    expect([may('disabled', undefined), may('allowed', 'allowed')]).toEqual([true, true]);
    expect([may('disabled', 'allowed'), may('allowed', undefined)]).toEqual([false, false]);
    expect([may(undefined, 'allowed'), may(undefined, undefined)]).toEqual([true, true]);
  });
});
