import { describe, expect, it } from 'vitest';
import { accessNames, type AccessFlags } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { old, recent, startScenario, type Result } from './scenario.test-data.ts';

const both = 'BPF_F_RDONLY|BPF_F_WRONLY';

/** A hash with 7 at 0, pinned at /a/m and behind no descriptor. */
function start(kernel: KernelName) {
  const run = startScenario(createReference(kernel));
  const caller = run.by(1);
  caller.mount('/a');
  caller.create();
  caller.update(3, 0, 7);
  caller.pin('/a/m', 3);
  caller.close(3);
  const getAs = (access: AccessFlags, path: string | null = '/a/m'): Result =>
    caller.call({ call: 'BPF_OBJ_GET', path, access });
  const createAs = (access: AccessFlags): Result =>
    caller.call({
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_ARRAY',
      keySize: 4,
      valueSize: 4,
      maxEntries: 1,
      access,
    });
  return { run, caller, getAs, createAs };
}

describe.each(recent)('under %s', (kernel) => {
  it('a map has such files by its id, a program none', () => {
    const { caller } = start(kernel);
    const mapAs = (access: AccessFlags, id = 1): Result =>
      caller.call({ call: 'BPF_MAP_GET_FD_BY_ID', id, access });
    expect([mapAs('BPF_F_RDONLY'), mapAs('BPF_F_WRONLY')]).toEqual([3, 4]);
    expect([caller.update(3, 0, 8), caller.lookup(4, 0)]).toEqual(['EPERM', 'EPERM']);
    expect([mapAs(both, 9), mapAs('BPF_F_RDONLY', 9)]).toEqual(['EINVAL', 'ENOENT']);
    expect(caller.load()).toBe(5);
    const program = { call: 'BPF_PROG_GET_FD_BY_ID', id: 2, access: 'BPF_F_RDONLY' } as const;
    expect(caller.call(program)).toBe('EINVAL');
  });

  it('a file that can only read is not written through, nor frozen', () => {
    const { caller, getAs } = start(kernel);
    expect(getAs('BPF_F_RDONLY')).toBe(3);
    expect([caller.lookup(3, 0), caller.nextKey(3, null)]).toEqual([7, 0]);
    expect(caller.fcntl(3, 'F_GETFL')).toBe(0);
    expect(caller.update(3, null, 1)).toBe('EPERM');
    expect([caller.remove(3, null), caller.freeze(3)]).toEqual(['EPERM', 'EPERM']);
  });

  it('a file that can only write is not read through', () => {
    const { caller, getAs } = start(kernel);
    expect(getAs('BPF_F_WRONLY')).toBe(3);
    expect([caller.lookup(3, null), caller.nextKey(3, null)]).toEqual(['EPERM', 'EPERM']);
    expect(caller.fcntl(3, 'F_GETFL')).toBe(1);
    expect([caller.update(3, 0, 8), caller.remove(3, 0), caller.freeze(3)]).toEqual([0, 0, 0]);
  });

  it('who makes a map can have a file for one of both, and get another for all', () => {
    const { caller, createAs } = start(kernel);
    expect(createAs('BPF_F_RDONLY')).toBe(3);
    expect(caller.update(3, 0, 1)).toBe('EPERM');
    expect(caller.pin('/a/n', 3)).toBe(0);
    expect(caller.get('/a/n')).toBe(4);
    expect(caller.update(4, 0, 1)).toBe(0);
  });

  it('duplicates are of the same file, a get makes another', () => {
    const { caller, getAs } = start(kernel);
    getAs('BPF_F_RDONLY');
    caller.dup(3);
    caller.get('/a/m');
    expect([caller.update(4, 0, 1), caller.update(5, 0, 1)]).toEqual(['EPERM', 0]);
  });

  it('both at once are none, whatever the path', () => {
    const { getAs, createAs } = start(kernel);
    expect([getAs(both), getAs(both, null), createAs(both)]).toEqual([
      'EINVAL',
      'EINVAL',
      'EINVAL',
    ]);
  });

  it('a program is got as ever', () => {
    const { caller, getAs } = start(kernel);
    caller.load();
    caller.pin('/a/p', 3);
    expect(getAs('BPF_F_WRONLY', '/a/p')).toBe(4);
    expect(caller.run(4)).toBe(0);
    expect(caller.fcntl(4, 'F_GETFL')).toBe(2);
  });

  it('bytes say the same', () => {
    const { caller } = start(kernel);
    const path = { offset: 0, width: 8, value: '/a/m' } as const;
    const flags = (value: number) => ({ offset: 12, width: 4, value }) as const;
    expect(caller.bpf(7, [path, flags(8)], 16)).toBe(3);
    expect(caller.freeze(3)).toBe('EPERM');
    expect(caller.bpf(7, [path, flags(24)], 16)).toBe('EINVAL');
  });
});

describe.each(old)('under %s', (kernel) => {
  it.each(accessNames)('nobody knows %s', (access) => {
    const { getAs, createAs } = start(kernel);
    expect([getAs(access), getAs(access, null), createAs(access)]).toEqual([
      'EINVAL',
      'EINVAL',
      'EINVAL',
    ]);
  });
});
