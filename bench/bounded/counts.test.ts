import { describe, expect, it } from 'vitest';
import { search } from '../../checker/index.ts';
import { leastSlotBits } from '../../checker/partitioned-layout.ts';
import { countedScope, countedScopes } from './scopes.ts';
import { forEachState, searched, unlimited } from './searched.test-data.ts';
import { createBounded, type BoundedSystem } from './system.ts';

describe.each(countedScopes.slice(0, 4))('the bounded model $name', (counted) => {
  it('has as many states and transitions as were counted by others', () => {
    const { verdict, states, transitions } = searched(createBounded(counted.scope, 'none'));
    expect({ verdict, states, transitions }).toEqual({
      verdict: 'pass',
      states: counted.states,
      transitions: counted.transitions,
    });
  });
});

it('has as many where states are looked up part by part', () => {
  const { scope, ...counted } = countedScope('2,2,2,2,2');
  const system = createBounded(scope, 'none');
  const layout = {
    partitionedFrom: 17,
    partitioned: { partBits: 15, waitingBits: 8, distanceBits: 12 },
  };
  expect(leastSlotBits(system.widths ?? [], layout.partitioned)).toBeLessThan(20);
  const found = search(system, system.invariants, unlimited, undefined, layout);
  expect([found.states, found.transitions]).toEqual([counted.states, counted.transitions]);
  const usual = searched(createBounded(scope, 'none'));
  expect([found.depth, found.taken]).toEqual([usual.depth, usual.taken]);
  expect(found.bytes).not.toBe(usual.bytes);
});

describe.each(countedScopes.slice(0, 6))('the bounded model $name up to numbers', (counted) => {
  it('has as many states as there are orbits', () => {
    const { verdict, states } = searched(createBounded(counted.scope, 'symmetry'));
    expect({ verdict, states }).toEqual({ verdict: 'pass', states: counted.canonicalStates });
  });
});

function transitionsOf(system: BoundedSystem, expand: BoundedSystem['expand']): readonly string[] {
  const seen: string[] = [];
  const packed = new Uint32Array(system.words);
  expand((...label) => {
    system.pack(packed, 0);
    seen.push(`${label.join()} to ${packed.join()}`);
  });
  return seen.sort();
}

it('has the transitions that its rows have, one by one', () => {
  const { scope } = countedScope('2,1,2,2,2');
  const rows = createBounded(scope, 'none');
  const drivers = createBounded(scope, 'none');
  const packed = new Uint32Array(drivers.words);
  let states = 0;
  forEachState(drivers, () => {
    drivers.pack(packed, 0);
    rows.unpack(packed, 0);
    const byRows = transitionsOf(rows, (visit) => {
      rows.expandByLoop(visit);
    });
    const byDrivers = transitionsOf(rows, (visit) => {
      rows.expand(visit);
    });
    if (byRows.join() !== byDrivers.join()) expect(byDrivers).toEqual(byRows);
    states++;
  });
  expect(states).toBe(3_487);
});
