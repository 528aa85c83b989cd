import { describe, expect, it } from 'vitest';
import type { Call, Step } from '../model/vocabulary/index.ts';
import { linkRun, relinkRun } from './linked-run.ts';
import { planSteps } from './plan.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();
const load: Call = { call: 'BPF_PROG_LOAD', mapFd: null };
const programArray: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_PROG_ARRAY',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
};
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

describe('an update', () => {
  const update = { call: 'BPF_MAP_UPDATE_ELEM', key: 0, value: 4, flag: 'BPF_ANY' } as const;
  const plain: Call = { ...programArray, type: 'BPF_MAP_TYPE_HASH' };
  const values = (calls: readonly Call[]) =>
    planSteps(
      world,
      calls.map((call) => by(1, call)),
    )
      .filter(({ step }) => step.call.call === 'BPF_MAP_UPDATE_ELEM')
      .map(({ value = 'word' }) => value);

  it('writes a descriptor where the map holds objects, however it was got', () => {
    const pinned: readonly Call[] = [
      { call: 'mount', target: '/mnt/a' },
      { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 3 },
      { call: 'bind', source: '/mnt/a', target: '/mnt/b' },
      { call: 'BPF_OBJ_GET', path: '/mnt/b/x' },
      { ...update, fd: 5 },
    ];
    expect(values([programArray, plain, ...pinned])).toEqual(['descriptor']);
    expect(values([plain, programArray, ...pinned])).toEqual(['word']);
  });

  it('writes a word where nothing is open', () => {
    const wrong = [-1, 7, 9999].map((fd): Call => ({ ...update, fd }));
    expect(values([programArray, ...wrong])).toEqual(['word', 'word', 'word']);
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

  it('follow each of two descriptors that one step made', () => {
    const steps = [
      by(1, load),
      by(1, { call: 'socketpair' }),
      by(1, { call: 'close', fd: 5 }),
      by(1, { call: 'recvmsg', fd: 4, room: 1, flag: 'none' }),
    ];
    expect(without(steps, 0).slice(1)).toEqual([
      by(1, { call: 'close', fd: 4 }),
      by(1, { call: 'recvmsg', fd: 3, room: 1, flag: 'none' }),
    ]);
  });

  it('follow a descriptor through a message, and the original where the message is left out', () => {
    const steps = [
      by(1, load),
      by(1, { call: 'socketpair' }),
      by(1, { call: 'sendmsg', fd: 4, fds: [3] }),
      by(1, { call: 'recvmsg', fd: 5, room: 1, flag: 'none' }),
      by(1, { call: 'close', fd: 6 }),
    ];
    expect(without(steps, 1, 2, 3)).toEqual([by(1, load), by(1, { call: 'close', fd: 3 })]);
  });

  it('follow a program into the slot of an array', () => {
    const steps = [
      by(1, load),
      by(1, programArray),
      by(1, load),
      by(1, { call: 'BPF_MAP_UPDATE_ELEM', fd: 4, key: 0, value: 5, flag: 'BPF_ANY' }),
    ];
    expect(without(steps, 0).at(-1)).toEqual(
      by(1, { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 0, value: 4, flag: 'BPF_ANY' }),
    );
  });

  it('follow what a copy replaces, and stay where a copy goes to a number of its own', () => {
    const steps = [
      by(1, load),
      by(1, load),
      by(1, load),
      by(1, { call: 'dup2', fd: 4, to: 5 }),
      by(1, { call: 'dup2', fd: 4, to: 9 }),
    ];
    expect(without(steps, 0).slice(2)).toEqual([
      by(1, { call: 'dup2', fd: 3, to: 4 }),
      by(1, { call: 'dup2', fd: 3, to: 9 }),
    ]);
  });

  it('come from the latest step that gave the number', () => {
    const steps = [
      by(1, load),
      by(1, { call: 'close', fd: 3 }),
      by(1, load),
      by(1, { call: 'dup', fd: 3 }),
    ];
    const linked = linkRun(planSteps(world, steps));
    expect(linked.map(({ descriptorsFrom }) => descriptorsFrom)).toEqual([
      [],
      [[{ place: 0, at: 0 }]],
      [],
      [[{ place: 2, at: 0 }]],
    ]);
  });
});
