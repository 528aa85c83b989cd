import { describe, expect, it } from 'vitest';
import type { Answer } from '../adapters/contract/index.ts';
import { succeed } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import { createIdentityMap } from './identity.ts';
import { createReleases } from './releases.ts';
import { hashMap as map, startedOracle } from './small-runs.test-data.ts';

const load: Call = { call: 'BPF_PROG_LOAD', mapFd: 3 };
const plain: Call = { call: 'BPF_PROG_LOAD', mapFd: null };
const close = (fd: number): Call => ({ call: 'close', fd });

/** A run of process 1 whose answers are given with what is listed, and when. */
function following() {
  const oracle = startedOracle();
  const identity = createIdentityMap();
  const releases = createReleases(oracle, identity);
  return {
    releases,
    take: (call: Call, value: number, answer: Partial<Answer>): void => {
      expect(oracle.step(1, call, succeed(value)).kind).toBe('consistent');
      if (answer.object !== undefined) identity.bindNext(answer.object);
      releases.note({ pid: 1, call }, { outcome: succeed(value), ...answer });
    },
  };
}

/** A map (70) that only a program (71) uses, which is closed when it is 300. */
function mapToBeReleased() {
  const run = following();
  run.take(map, 3, { object: 70, alive: [70], returnedAt: 100 });
  run.take(load, 4, { object: 71, alive: [70, 71], returnedAt: 200 });
  run.take(close(3), 0, { alive: [70, 71], returnedAt: 250 });
  run.take(close(4), 0, { alive: [70], returnedAt: 300 });
  return run;
}

describe('the releases of a run', () => {
  it('begin with the return of the call that let an object go, and end when it is listed no more', () => {
    const { releases, take } = mapToBeReleased();
    expect(releases.awaited()).toEqual([{ id: 70, object: 'map', call: 'close', since: 300 }]);
    take(map, 3, { object: 72, alive: [70, 72], returnedAt: 400 });
    expect(releases.over()).toEqual([]);
    take({ call: 'dup', fd: 3 }, 4, { alive: [72], returnedAt: 900 });
    expect(releases.over()).toEqual([{ object: 'map', call: 'close', microseconds: 600 }]);
    expect(releases.awaited()).toEqual([]);
  });

  it('are none where an object is gone when the call returns', () => {
    const { releases, take } = following();
    take(map, 3, { object: 70, alive: [70], returnedAt: 100 });
    take(close(3), 0, { alive: [], returnedAt: 200 });
    expect(releases.over()).toEqual([]);
    expect(releases.awaited()).toEqual([]);
  });

  it('count an object that stays though nothing is outstanding', () => {
    const { releases, take } = following();
    take(plain, 3, { object: 71, alive: [71], returnedAt: 100 });
    take(close(3), 0, { alive: [71], returnedAt: 200 });
    expect(releases.awaited()).toEqual([{ id: 71, object: 'program', call: 'close', since: 200 }]);
  });

  it('are forgotten where somebody gets hold of the object again', () => {
    const { releases, take } = mapToBeReleased();
    take({ call: 'BPF_MAP_GET_FD_BY_ID', id: 1 }, 3, {
      object: 70,
      alive: [70],
      returnedAt: 350,
    });
    expect(releases.awaited()).toEqual([]);
  });

  it('are not known where answers tell no times, and not of the run before', () => {
    const { releases, take } = following();
    take(plain, 3, { object: 71, alive: [71] });
    take(close(3), 0, { alive: [71] });
    expect(releases.awaited()).toEqual([]);
    const other = mapToBeReleased();
    other.releases.reset();
    expect(other.releases.awaited()).toEqual([]);
  });
});
