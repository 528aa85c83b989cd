import { describe, expect, it } from 'vitest';
import type { InternalAction, StepResult, World } from '../model/index.ts';
import { fail, sameOutcome, succeed } from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { createOracle } from './oracle.ts';
import type { Oracle, Trial } from './oracle.types.ts';
import { specify } from './specify.ts';
import { hashMap as map } from './small-runs.test-data.ts';

const fork: Call = { call: 'fork' };

function oracleOver(world: World, limit = 64): Oracle {
  const oracle = createOracle(world, limit, (_, a, b) => sameOutcome(a, b));
  oracle.reset();
  return oracle;
}

/**
 * A world whose state is one number. Each internal action sets a bit of it; a step answers what
 * `answer` makes of the state.
 */
function numberWorld(actions: number, answer: (state: number) => StepResult): World {
  const real = specify('linux-6.18').makeWorld();
  let state = 0;
  const isOpen = ({ object }: InternalAction): boolean => (state & (1 << object)) === 0;
  return {
    ...real,
    reset() {
      state = 0;
    },
    step: () => answer(state),
    pending: () =>
      Array.from({ length: actions }, (_, object) => ({ name, object })).filter(isOpen),
    settle({ object }) {
      state |= 1 << object;
    },
    save: () => Uint16Array.of(state),
    load(snapshot) {
      state = snapshot[0] ?? 0;
    },
    describe: () => [String(state)],
  };
}

const name = 'release-map' as const;

const answered = (outcome: Outcome, row: string): StepResult => ({ kind: 'outcome', outcome, row });

/** A process in a new namespace, which may or may not have the address of the one that made an instance. */
function aboutToMount(): Oracle {
  const oracle = oracleOver(
    specify('linux-4.4', { switches: { nsKeyReuse: 'adversarial' } }).makeWorld(),
  );
  const steps: readonly (readonly [number, Call, number])[] = [
    [1, fork, 2],
    [1, { call: 'mount', target: '/mnt/a' }, 0],
    [1, { call: 'mkdir', path: '/mnt/a/d' }, 0],
    [1, { call: 'unshare' }, 0],
    [2, { call: 'unshare' }, 0],
    [2, { call: 'umount2', target: '/mnt/a', flag: 'none' }, 0],
    [2, { call: 'unshare' }, 0],
    [2, { call: 'mount', target: '/mnt/b' }, 0],
  ];
  for (const [pid, call, value] of steps) {
    expect(oracle.step(pid, call, succeed(value)).kind).toBe('consistent');
  }
  return oracle;
}

describe('a choice that nobody makes', () => {
  const stat: Call = { call: 'mkdir', path: '/mnt/b/d' };

  it('is taken both ways, long before an answer tells', () => {
    expect(
      aboutToMount()
        .allowed(2, stat)
        .map(({ row }) => row),
    ).toEqual(['mkdir.ok', 'mkdir.name-taken']);
    expect(aboutToMount().step(2, stat, succeed(0)).kind).toBe('consistent');
    expect(aboutToMount().step(2, stat, fail('EEXIST')).kind).toBe('consistent');
    expect(aboutToMount().step(2, stat, fail('ENOENT')).kind).toBe('deviation');
  });

  it('is made for good by an answer that tells, and by no settling', () => {
    const oracle = aboutToMount();
    oracle.quiesce();
    expect(oracle.size()).toBe(2);
    oracle.step(2, stat, fail('EEXIST'));
    expect(oracle.size()).toBe(1);
    expect(oracle.step(2, { call: 'rmdir', path: '/mnt/b/d' }, succeed(0)).kind).toBe('consistent');
  });
});

describe('the oracle', () => {
  it('follows a single state in place and names the row that was met', () => {
    const oracle = oracleOver(specify('linux-6.18').makeWorld());
    expect(oracle.step(1, fork, succeed(2))).toEqual({ kind: 'consistent', row: 'fork.ok' });
    expect(oracle.step(2, { call: 'close', fd: 3 }, fail('EBADF'))).toEqual({
      kind: 'consistent',
      row: 'close.closed',
    });
    expect(oracle.size()).toBe(1);
  });

  it('says what was allowed where the answer is not', () => {
    const oracle = oracleOver(specify('linux-6.18').makeWorld());
    expect(oracle.step(1, { call: 'close', fd: 3 }, succeed(0))).toMatchObject({
      kind: 'deviation',
      allowed: [{ outcome: fail('EBADF'), row: 'close.closed' }],
    });
  });

  it('allows what any order of the deferred effects leads to', () => {
    const world = numberWorld(2, (state) => answered(succeed(state), `row.${state}`));
    expect(oracleOver(world).allowed(1, fork)).toEqual(
      [0, 1, 2, 3].map((value) => ({ outcome: succeed(value), row: `row.${value}` })),
    );
  });

  it('keeps the states that fit an answer, and what still may become of them', () => {
    const oracle = oracleOver(numberWorld(2, (state) => answered(succeed(state), `row.${state}`)));
    expect(oracle.step(1, fork, succeed(1)).kind).toBe('consistent');
    expect(oracle.allowed(1, fork).map(({ row }) => row)).toEqual(['row.1', 'row.3']);
    expect(oracle.step(1, fork, succeed(2)).kind).toBe('deviation');
  });

  it('is inconclusive where a bound is met and no other state fits', () => {
    const bounded = numberWorld(1, (state) =>
      state === 0 ? { kind: 'bound', row: 'bound.things' } : answered(succeed(1), 'row.ok'),
    );
    expect(oracleOver(bounded).step(1, fork, succeed(1)).kind).toBe('consistent');
    expect(oracleOver(bounded).step(1, fork, succeed(7))).toEqual({
      kind: 'inconclusive',
      reason: 'bound.things',
    });
  });

  it('is inconclusive instead of wrong once the set had to be cut short', () => {
    const world = numberWorld(7, (state) => answered(succeed(state), 'row.ok'));
    const oracle = oracleOver(world, 16);
    expect(oracle.step(1, fork, succeed(127))).toEqual({
      kind: 'inconclusive',
      reason: 'oracle.states',
    });
    oracle.reset();
    expect(oracle.keep(() => 'not-yet')).toBe('unknown');
  });

  it('is inconclusive instead of wrong behind a bound that only some states met', () => {
    const world = numberWorld(1, (state) =>
      state === 0 ? { kind: 'bound', row: 'bound.things' } : answered(succeed(1), 'row.ok'),
    );
    const oracle = oracleOver(world);
    expect(oracle.step(1, fork, succeed(1)).kind).toBe('consistent');
    expect(oracle.step(1, fork, succeed(7))).toEqual({
      kind: 'inconclusive',
      reason: 'bound.things',
    });
  });

  it('leaves the set alone where a test keeps none of it', () => {
    const world = numberWorld(1, (state) => answered(succeed(state), 'row.ok'));
    const oracle = oracleOver(world);
    const isOne = (): boolean => world.describe()[0] === '1';
    expect(oracle.keep(() => 'not-yet')).toBe('none');
    expect(oracle.every(isOne)).toBe(false);
    expect(oracle.keep(() => (isOne() ? 'passes' : 'not-yet'))).toBe('kept');
    expect(oracle.every(isOne)).toBe(true);
  });

  it('takes no more effects than it takes to pass a test, in every way there is', () => {
    const world = numberWorld(4, (state) => answered(succeed(state), `row.${state}`));
    const oracle = oracleOver(world);
    const state = (): number => Number(world.describe()[0]);
    const hasTwoBits = (): boolean => [3, 5, 6, 9, 10, 12].includes(state());
    expect(oracle.keep(() => (hasTwoBits() ? 'passes' : 'not-yet'))).toBe('kept');
    expect([oracle.size(), oracle.every(hasTwoBits)]).toEqual([6, true]);
    expect(oracle.step(1, fork, succeed(13)).kind).toBe('consistent');
    expect(oracle.size()).toBe(1);
  });

  it('keeps no state that another leads to by effects alone, and finds it where it is needed', () => {
    const world = numberWorld(3, (state) => answered(succeed(state), `row.${state}`));
    const oracle = oracleOver(world);
    const hasFirstBit = (): boolean => Number(world.describe()[0]) % 2 === 1;
    expect(oracle.keep(() => (hasFirstBit() ? 'passes' : 'not-yet'))).toBe('kept');
    expect(oracle.size()).toBe(1);
    expect(oracle.step(1, fork, succeed(7)).kind).toBe('consistent');
    expect(oracle.step(1, fork, succeed(5)).kind).toBe('deviation');
  });

  it('keeps more of them, and loses none, where there are too many to follow', () => {
    const world = numberWorld(5, (state) => answered(succeed(state), `row.${state}`));
    const oracle = oracleOver(world, 6);
    const hasFirstBit = (): boolean => Number(world.describe()[0]) % 2 === 1;
    expect(oracle.keep(() => (hasFirstBit() ? 'passes' : 'not-yet'))).toBe('kept');
    expect(oracle.every(hasFirstBit)).toBe(true);
    expect(oracle.step(1, fork, succeed(3)).kind).toBe('consistent');
  });

  it('looks no further behind what never passes', () => {
    const world = numberWorld(9, (state) => answered(succeed(state), 'row.ok'));
    const oracle = oracleOver(world);
    let looked = 0;
    const trial = (): Trial => {
      looked++;
      return 'never';
    };
    expect([oracle.keep(trial), looked]).toEqual(['none', 1]);
  });

  it('takes every deferred effect of a settled system', () => {
    const oracle = oracleOver(numberWorld(3, (state) => answered(succeed(state), 'row.ok')));
    oracle.quiesce();
    expect(oracle.size()).toBe(1);
    expect(oracle.step(1, fork, succeed(7)).kind).toBe('consistent');
  });

  it('lets the map of a program that is gone die at any later time', () => {
    const oracle = oracleOver(specify('linux-6.18').makeWorld());
    oracle.step(1, map, succeed(3));
    oracle.step(1, { call: 'BPF_PROG_LOAD', mapFd: 3 }, succeed(4));
    oracle.step(1, { call: 'close', fd: 3 }, succeed(0));
    oracle.step(1, { call: 'close', fd: 4 }, succeed(0));
    const mapIsAlive = (): boolean => oracle.world.observe([]).alive[1] === 1;
    expect(oracle.keep(() => (mapIsAlive() ? 'passes' : 'never'))).toBe('kept');
    expect(oracle.keep(() => (mapIsAlive() ? 'not-yet' : 'passes'))).toBe('kept');
    expect(oracle.keep(() => (mapIsAlive() ? 'passes' : 'never'))).toBe('none');
  });

  it('lets everything have happened once the system has settled', () => {
    const oracle = oracleOver(specify('linux-6.18').makeWorld());
    const load: Call = { call: 'BPF_PROG_LOAD', mapFd: 3 };
    const array: Call = { ...map, type: 'BPF_MAP_TYPE_ARRAY' };
    oracle.step(1, array, succeed(3));
    for (const [at, call] of [load, load, load].entries()) oracle.step(1, call, succeed(4 + at));
    for (const fd of [3, 4, 5, 6]) oracle.step(1, { call: 'close', fd }, succeed(0));
    oracle.quiesce();
    expect(oracle.world.pending()).toEqual([]);
    expect([...oracle.world.observe([]).alive].includes(1)).toBe(false);
  });
});
