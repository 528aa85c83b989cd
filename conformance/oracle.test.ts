import { describe, expect, it } from 'vitest';
import type { InternalAction, StepResult, World } from '../model/index.ts';
import { fail, sameOutcome, succeed } from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { createOracle } from './oracle.ts';
import type { Oracle } from './oracle.ts';
import { specify } from './specify.ts';

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
      Array.from({ length: actions }, (_, object) => ({ name: 'set', object })).filter(isOpen),
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

const answered = (outcome: Outcome, row: string): StepResult => ({ kind: 'outcome', outcome, row });

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
    expect(oracle.keep(() => false)).toBe('unknown');
  });

  it('leaves the set alone where a test keeps none of it', () => {
    const world = numberWorld(1, (state) => answered(succeed(state), 'row.ok'));
    const oracle = oracleOver(world);
    const isOne = (): boolean => world.describe()[0] === '1';
    expect(oracle.keep(() => false)).toBe('none');
    expect(oracle.every(isOne)).toBe(false);
    expect(oracle.keep(isOne)).toBe('kept');
    expect(oracle.every(isOne)).toBe(true);
  });

  it('takes every deferred effect of a settled system', () => {
    const oracle = oracleOver(numberWorld(3, (state) => answered(succeed(state), 'row.ok')));
    oracle.quiesce();
    expect(oracle.size()).toBe(1);
    expect(oracle.step(1, fork, succeed(7)).kind).toBe('consistent');
  });

  it('lets the map of a program that is gone die at any later time', () => {
    const oracle = oracleOver(specify('linux-6.18').makeWorld());
    const map: Call = {
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_HASH',
      keySize: 4,
      valueSize: 4,
      maxEntries: 1,
    };
    oracle.step(1, map, succeed(3));
    oracle.step(1, { call: 'BPF_PROG_LOAD', mapFd: 3 }, succeed(4));
    oracle.step(1, { call: 'close', fd: 3 }, succeed(0));
    oracle.step(1, { call: 'close', fd: 4 }, succeed(0));
    const mapIsAlive = (): boolean => oracle.world.observe([]).alive[1] === 1;
    expect(oracle.every(mapIsAlive)).toBe(false);
    expect(oracle.every(() => !mapIsAlive())).toBe(false);
    oracle.quiesce();
    expect(oracle.every(() => !mapIsAlive())).toBe(true);
  });
});
