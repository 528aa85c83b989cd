import { describe, expect, it } from 'vitest';
import type { Call, Step } from '../model/vocabulary/index.ts';
import { linkRun, relinkRun } from './linked-run.ts';
import { planSteps } from './plan.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();
const load: Call = { call: 'BPF_PROG_LOAD', mapFd: null };
const by = (pid: number, call: Call): Step => ({ pid, call });

/** The run without the steps at some places, with its numbers made anew. */
function without(steps: readonly Step[], ...places: readonly number[]): readonly Step[] {
  const linked = linkRun(planSteps(world, steps));
  const kept = linked.filter(({ place }) => !places.includes(place));
  return relinkRun(world, kept).run.map(({ step }) => step);
}

describe('a planned run', () => {
  it('leaves out steps that meet a bound', () => {
    const outside = by(1, { call: 'mkdir', path: '/mnt/a/d' });
    expect(planSteps(world, [outside, by(1, load)]).map(({ step }) => step)).toEqual([by(1, load)]);
  });
});

describe('the numbers of a run', () => {
  it('follow the steps that made them', () => {
    const steps = [by(1, load), by(1, load), by(1, { call: 'dup', fd: 4 })];
    expect(without(steps, 0)).toEqual([by(1, load), by(1, { call: 'dup', fd: 3 })]);
  });

  it('follow a descriptor into the child that inherits it', () => {
    const steps = [
      by(1, load),
      by(1, load),
      by(1, { call: 'fork' }),
      by(2, { call: 'close', fd: 4 }),
    ];
    expect(without(steps, 0).at(-1)).toEqual(by(2, { call: 'close', fd: 3 }));
  });

  it('follow processes that call and that are killed', () => {
    const steps = [
      by(1, { call: 'fork' }),
      by(1, { call: 'fork' }),
      by(3, load),
      by(1, { call: 'kill', pid: 3 }),
    ];
    expect(without(steps, 0).slice(1)).toEqual([by(2, load), by(1, { call: 'kill', pid: 2 })]);
  });

  it('let go the steps of a process that is not made', () => {
    const steps = [by(1, { call: 'fork' }), by(2, load), by(1, { call: 'kill', pid: 2 })];
    expect(without(steps, 0)).toEqual([]);
  });

  it('stay where the descriptor is not made', () => {
    const steps = [by(1, load), by(1, { call: 'dup', fd: 3 })];
    expect(without(steps, 0)).toEqual([by(1, { call: 'dup', fd: 3 })]);
  });

  it('fall back on what a dup that is left out had copied', () => {
    const steps = [by(1, load), by(1, { call: 'dup', fd: 3 }), by(1, { call: 'close', fd: 4 })];
    expect(without(steps, 1)).toEqual([by(1, load), by(1, { call: 'close', fd: 3 })]);
  });

  it('come from the latest step that gave the number', () => {
    const steps = [
      by(1, load),
      by(1, { call: 'close', fd: 3 }),
      by(1, load),
      by(1, { call: 'dup', fd: 3 }),
    ];
    const linked = linkRun(planSteps(world, steps));
    expect(linked.map(({ descriptorFrom }) => descriptorFrom)).toEqual([[], [0], [], [2]]);
  });
});
