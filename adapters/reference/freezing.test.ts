import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { rawDelete, rawFreeze, rawUpdate } from './raw.test-data.ts';
import type { KernelName } from './releases.ts';
import { old, recent, startScenario } from './scenario.test-data.ts';

const types = [
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_ARRAY_OF_MAPS',
  'BPF_MAP_TYPE_HASH_OF_MAPS',
] as const;

/** A hash behind 3 with 7 at 0, a bpffs at /a. */
function start(kernel: KernelName) {
  const run = startScenario(createReference(kernel));
  const caller = run.by(1);
  caller.create();
  caller.update(3, 0, 7);
  caller.mount('/a');
  return { run, caller };
}

describe.each(old)('under %s', (kernel) => {
  it('nothing can be frozen or told of', () => {
    const { caller } = start(kernel);
    expect(caller.freeze(3)).toBe('EINVAL');
    expect(caller.freeze(9)).toBe('EINVAL');
    expect(caller.info(3)).toBe('EINVAL');
    expect(caller.info(9)).toBe('EINVAL');
    expect(caller.update(3, 0, 8)).toBe(0);
  });
});

describe.each(recent)('a frozen map under %s', (kernel) => {
  it('is written no more, whatever else is wrong, and read as before', () => {
    const { caller } = start(kernel);
    expect(caller.freeze(3)).toBe(0);
    expect(caller.update(3, 0, 8)).toBe('EPERM');
    expect(caller.update(3, null, null, 'BPF_F_LOCK')).toBe('EPERM');
    expect(caller.remove(3, 0)).toBe('EPERM');
    expect(caller.remove(3, null)).toBe('EPERM');
    expect(caller.bpf(...rawUpdate({ key: [0] }))).toBe('EPERM');
    expect(caller.bpf(...rawDelete({ key: [0] }))).toBe('EPERM');
    expect(caller.lookup(3, 0)).toBe(7);
    expect(caller.lookup(3, null)).toBe('EFAULT');
    expect(caller.nextKey(3, null)).toBe(0);
  });

  it('is not frozen again', () => {
    const { caller } = start(kernel);
    caller.dup(3);
    expect(caller.bpf(...rawFreeze(3))).toBe(0);
    expect([caller.freeze(3), caller.freeze(4)]).toEqual(['EPERM', 'EPERM']);
  });

  it('is frozen for all, and through descriptors that are got later', () => {
    const { run, caller } = start(kernel);
    caller.fork();
    caller.pin('/a/m', 3);
    run.by(2).freeze(3);
    caller.close(3);
    run.by(2).exit();
    expect(caller.get('/a/m')).toBe(3);
    expect(caller.update(3, 0, 8)).toBe('EPERM');
    expect(caller.freeze(3)).toBe('EPERM');
  });

  it('leaves others of its kind alone', () => {
    const { caller } = start(kernel);
    caller.create();
    caller.freeze(3);
    expect(caller.update(4, 0, 8)).toBe(0);
  });

  it.each(types)('can be of type %s', (type) => {
    const { caller } = start(kernel);
    const isOfMaps = type.endsWith('OF_MAPS');
    expect(isOfMaps ? caller.createOuter(type, 3) : caller.create(type)).toBe(4);
    expect(caller.freeze(4)).toBe(0);
    expect(caller.update(4, 0, 3)).toBe('EPERM');
    expect(caller.update(3, 0, 8)).toBe(0);
  });

  it('is held, put inside another and used by programs as before', () => {
    const { run, caller } = start(kernel);
    caller.freeze(3);
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 1, content: [7, null] });
    expect(caller.createOuter('BPF_MAP_TYPE_ARRAY_OF_MAPS', 3)).toBe(4);
    expect(caller.update(4, 0, 3)).toBe(0);
    expect(caller.load(3)).toBe(5);
    for (const fd of [3, 4, 5]) caller.close(fd);
    expect(run.settle().objects).toEqual([]);
  });

  it('that is a program array is emptied when its last user leaves', () => {
    const { run, caller } = start(kernel);
    caller.create('BPF_MAP_TYPE_PROG_ARRAY');
    caller.load(4);
    caller.update(4, 0, 5);
    caller.freeze(4);
    for (const fd of [4, 5]) caller.close(fd);
    expect(run.settle().objects).toHaveLength(1);
  });
});

describe.each(recent)('freezing under %s', (kernel) => {
  it('needs a descriptor of a map', () => {
    const { caller } = start(kernel);
    caller.load();
    caller.open('/a', 'O_PATH');
    expect([9, 5, 4, 0].map((fd) => caller.freeze(fd))).toEqual([
      'EBADF',
      'EBADF',
      'EINVAL',
      'EINVAL',
    ]);
  });
});

describe.each(recent)('what is told of objects under %s', (kernel) => {
  it('is the shape of a map, a frozen one too', () => {
    const { caller } = start(kernel);
    caller.create('BPF_MAP_TYPE_PROG_ARRAY', 5);
    caller.freeze(3);
    expect(caller.info(3)).toEqual({ kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 2 });
    expect(caller.info(4)).toEqual({ kind: 'map', type: 'BPF_MAP_TYPE_PROG_ARRAY', maxEntries: 5 });
  });

  it('is how many maps a program uses', () => {
    const { caller } = start(kernel);
    caller.load();
    caller.load(3);
    expect(caller.info(4)).toEqual({
      kind: 'program',
      type: 'BPF_PROG_TYPE_SOCKET_FILTER',
      maps: 0,
    });
    expect(caller.info(5)).toEqual({
      kind: 'program',
      type: 'BPF_PROG_TYPE_SOCKET_FILTER',
      maps: 1,
    });
  });

  it('is nothing behind other descriptors, and an error of its own where none is', () => {
    const { caller } = start(kernel);
    caller.open('/a', 'O_PATH');
    caller.socketpair();
    expect([9, 4, 5, 0].map((fd) => caller.info(fd))).toEqual([
      'EBADFD',
      'EBADFD',
      'EINVAL',
      'EINVAL',
    ]);
  });
});
