import { describe, expect, it } from 'vitest';
import type { ProgType } from '../../model/vocabulary/index.ts';
import { cgroupSkb, schedCls, socketFilter } from './attachments.test-data.ts';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { old, plainSetup, recent, startScenario } from './scenario.test-data.ts';

const progArray = 'BPF_MAP_TYPE_PROG_ARRAY';

function start(kernel: KernelName = 'linux-6.18') {
  const run = startScenario(createReference(kernel), { ...plainSetup, descriptors: 12 });
  return { run, caller: run.by(1) };
}

describe.each(old)('under %s', (kernel) => {
  it('no program is for cgroups, whichever map it is to use', () => {
    const { run, caller } = start(kernel);
    expect(caller.loadOf(cgroupSkb)).toBe('EINVAL');
    expect(caller.loadOf(cgroupSkb, 9)).toBe('EINVAL');
    expect(run.alive()).toBe(0);
    expect(caller.loadOf(schedCls)).toBe(3);
    expect(caller.loadOf(socketFilter)).toBe(4);
  });
});

describe.each(recent)('a program of any type under %s', (kernel) => {
  it.each([socketFilter, schedCls, cgroupSkb] as const)('%s runs, and calls', (type) => {
    const { caller } = start(kernel);
    caller.create(progArray);
    expect(caller.loadOf(type, 3)).toBe(4);
    expect(caller.loadOf(type)).toBe(5);
    expect([4, 5].map(caller.run)).toEqual([1, 0]);
    caller.update(3, 0, 5);
    expect([4, 5].map(caller.run)).toEqual([0, 0]);
  });

  it('uses a map that is none of programs together with others of other types', () => {
    const { run, caller } = start(kernel);
    caller.create();
    for (const type of [socketFilter, schedCls, cgroupSkb] as const) caller.loadOf(type, 3);
    expect(run.object(0)).toMatchObject({ refcnt: 4, holders: { programs: 3 } });
  });
});

describe('a filter of a socket', () => {
  it.each([schedCls, cgroupSkb] as const)('is no %s', (type) => {
    const { caller } = start();
    caller.socketpair();
    caller.loadOf(type);
    expect(caller.attach(3, 5)).toBe('EINVAL');
    caller.load();
    expect(caller.attach(3, 6)).toBe(0);
  });
});

describe.each(['linux-4.4', 'linux-6.18'] as const)('a program array under %s', (kernel) => {
  /** An array behind 3, a program of each of two types behind 4 and 5. */
  function startWithArray() {
    const { run, caller } = start(kernel);
    caller.create(progArray);
    caller.loadOf(socketFilter);
    caller.loadOf(schedCls);
    return { run, caller };
  }

  it.each([
    [4, 5, socketFilter, schedCls],
    [5, 4, schedCls, socketFilter],
  ] as const)('is for programs like the first one in it', (first, other, own, foreign) => {
    const { caller } = startWithArray();
    expect(caller.update(3, 0, first)).toBe(0);
    expect(caller.update(3, 1, other)).toBe('EINVAL');
    expect(caller.update(3, 0, other)).toBe('EINVAL');
    expect(caller.loadOf(foreign, 3)).toBe('EINVAL');
    expect(caller.loadOf(own, 3)).toBe(6);
  });

  it('is for programs like the first one that uses it, even when that is gone', () => {
    const { run, caller } = startWithArray();
    expect(caller.loadOf(schedCls, 3)).toBe(6);
    expect(caller.update(3, 0, 4)).toBe('EINVAL');
    caller.close(6);
    run.settle();
    expect(caller.update(3, 0, 4)).toBe('EINVAL');
    expect(caller.load(3)).toBe('EINVAL');
    expect(caller.update(3, 0, 5)).toBe(0);
  });

  it('stays so when it is emptied', () => {
    const { run, caller } = startWithArray();
    caller.mount('/a');
    caller.update(3, 0, 4);
    expect(caller.remove(3, 0)).toBe(0);
    expect(caller.update(3, 0, 5)).toBe('EINVAL');
    caller.update(3, 0, 4);
    caller.pin('/a/m', 3);
    caller.close(3);
    run.settle();
    expect(caller.get('/a/m')).toBe(3);
    expect(caller.update(3, 0, 5)).toBe('EINVAL');
  });

  it('is for nobody yet after updates that put nothing in', () => {
    const { caller } = startWithArray();
    expect(caller.update(3, 9, 4)).toBe('E2BIG');
    expect(caller.update(3, 0, 4, 'BPF_EXIST')).toBe('EINVAL');
    expect(caller.remove(3, 0)).toBe('ENOENT');
    expect(caller.update(3, 0, 0)).toBe('EINVAL');
    expect(caller.update(3, 0, 5)).toBe(0);
  });

  it('looks at flag, key and descriptor before the type', () => {
    const { caller } = startWithArray();
    caller.update(3, 0, 4);
    expect(caller.update(3, 0, 9)).toBe('EBADF');
    expect(caller.update(3, 9, 5)).toBe('E2BIG');
  });

  it('refuses a program for its type before it lacks a descriptor, and is not held by it', () => {
    const { run, caller } = startWithArray();
    caller.update(3, 0, 4);
    while (typeof caller.dup(0) === 'number');
    const before = run.sight();
    const as = (type: ProgType) => caller.loadOf(type, 3);
    expect([as(schedCls), as(socketFilter)]).toEqual(['EINVAL', 'EMFILE']);
    expect(run.sight()).toEqual(before);
  });

  it('is no other’s business', () => {
    const { caller } = startWithArray();
    caller.create(progArray);
    expect(caller.update(3, 0, 4)).toBe(0);
    expect(caller.update(6, 0, 5)).toBe(0);
  });
});
