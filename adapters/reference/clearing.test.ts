import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';

/** An array (3) with a program (4, closed again) in it, used by another program (5). */
function startWithArray(kernel: KernelName) {
  const run = startScenario(createReference(kernel));
  const caller = run.by(1);
  caller.mount('/a');
  caller.create('BPF_MAP_TYPE_PROG_ARRAY');
  caller.load();
  caller.update(3, 0, 4);
  caller.load(3);
  caller.close(4);
  return { run, caller };
}

describe.each(['linux-4.4', 'linux-4.6', 'linux-4.7'] as const)(
  'a program array without users under %s',
  (kernel) => {
    it('is empty at once, whoever else holds it', () => {
      const { run, caller } = startWithArray(kernel);
      caller.close(3);
      expect(run.sight()).toMatchObject({
        objects: [
          { kind: 'map', refcnt: 1, usercnt: 0 },
          { kind: 'program', refcnt: 1 },
        ],
        pending: 0,
      });
    });

    it('is one whose pin is gone, too', () => {
      const { run, caller } = startWithArray(kernel);
      caller.pin('/a/m', 3);
      caller.close(3);
      expect(run.alive()).toBe(3);
      caller.unlink('/a/m');
      expect(run.alive()).toBe(2);
    });
  },
);

describe.each(['linux-6.1', 'linux-6.12', 'linux-6.18'] as const)(
  'a program array without users under %s',
  (kernel) => {
    it('is emptied by a worker, which holds it until then', () => {
      const { run, caller } = startWithArray(kernel);
      caller.close(3);
      expect(run.sight()).toMatchObject({
        objects: [
          { kind: 'map', refcnt: 2, usercnt: 0 },
          { kind: 'program', holders: { slots: 1 } },
          { kind: 'program' },
        ],
        pending: 1,
      });
      expect(caller.run(5)).toBe(0);
      expect(run.settle()).toMatchObject({ objects: [{ refcnt: 1 }, {}], pending: 0 });
      expect(caller.run(5)).toBe(1);
    });

    it('stays as it is while one user is left', () => {
      const { run, caller } = startWithArray(kernel);
      caller.pin('/a/m', 3);
      caller.close(3);
      run.settle();
      expect(caller.run(5)).toBe(0);
      expect(caller.get('/a/m')).toBe(3);
      caller.unlink('/a/m');
      run.settle();
      expect(caller.run(5)).toBe(0);
    });
  },
);

describe('a program array under seed-2015', () => {
  it('is emptied by the release of any file of it, and not by a duplicate', () => {
    const { run, caller } = startWithArray('seed-2015');
    caller.pin('/a/m', 3);
    expect(caller.get('/a/m')).toBe(4);
    expect(caller.dup(4)).toBe(6);
    caller.close(6);
    expect(run.object(0)?.slots).not.toEqual([0, 0]);
    caller.close(4);
    expect(run.object(0)?.slots).toEqual([0, 0]);
    expect(run.alive()).toBe(2);
  });

  it('is not emptied when its pin goes', () => {
    const { run, caller } = startWithArray('seed-2015');
    caller.pin('/a/m', 3);
    caller.close(3);
    caller.load();
    expect(caller.get('/a/m')).toBe(4);
    caller.update(4, 0, 3);
    caller.close(3);
    caller.unlink('/a/m');
    expect(run.alive()).toBe(3);
    caller.close(4);
    expect(run.alive()).toBe(2);
  });
});

describe.each(['linux-4.4', 'linux-6.18'] as const)('a cycle of programs under %s', (kernel) => {
  it('through an array breaks when the array has no users any more', () => {
    const run = startScenario(createReference(kernel));
    const caller = run.by(1);
    caller.create('BPF_MAP_TYPE_PROG_ARRAY');
    caller.load(3);
    caller.update(3, 0, 4);
    caller.close(4);
    expect(run.settle().objects).toHaveLength(2);
    caller.close(3);
    expect(run.settle().objects).toEqual([]);
  });
});
