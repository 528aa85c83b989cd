import { describe, expect, it } from 'vitest';
import { succeed } from '../model/vocabulary/index.ts';
import { createIdentityMap } from './identity.ts';
import { createLife } from './life.ts';
import { hashMap as map, startedOracle } from './small-runs.test-data.ts';

/** A map (70) that only a program (71) uses. */
function mapOfProgram() {
  const oracle = startedOracle();
  const identity = createIdentityMap();
  const life = createLife(oracle, identity);
  oracle.step(1, map, succeed(3));
  oracle.step(1, { call: 'BPF_PROG_LOAD', mapFd: 3 }, succeed(4));
  identity.bindNext(70);
  identity.bindNext(71);
  oracle.step(1, { call: 'close', fd: 3 }, succeed(0));
  return { oracle, life };
}

const mapHeldByProgram = () => mapOfProgram().life;

/** The program is then closed: the map's end is outstanding. */
function mapToBeReleased() {
  const { oracle, life } = mapOfProgram();
  oracle.step(1, { call: 'close', fd: 4 }, succeed(0));
  return { oracle, life };
}

describe('the life of objects', () => {
  it('may go on or not while its end is outstanding', () => {
    const { life } = mapToBeReleased();
    expect(life.note([70])).toEqual([]);
    expect(life.late()).toEqual([]);
    expect(life.note([])).toEqual([]);
    expect(life.unaccounted()).toEqual([]);
  });

  it('says what is leaving: what is listed and will be gone once nothing is outstanding', () => {
    const { life } = mapToBeReleased();
    life.note([70]);
    expect(life.leaving()).toEqual([1]);
    life.note([]);
    expect(life.leaving()).toEqual([]);
    const held = mapHeldByProgram();
    held.note([70, 71]);
    expect(held.leaving()).toEqual([]);
  });

  it('narrows down what is possible where the list allows it', () => {
    const { oracle, life } = mapToBeReleased();
    life.note([70]);
    expect(oracle.size()).toBe(1);
  });

  it('is late where every possible state has ended it', () => {
    const { oracle, life } = mapToBeReleased();
    oracle.quiesce();
    expect(life.note([70])).toEqual([]);
    expect(life.late()).toEqual([70]);
    expect(life.unaccounted()).toEqual([70]);
  });

  it('must not end while something holds the object', () => {
    const { oracle, life } = mapToBeReleased();
    oracle.reset();
    life.reset();
    oracle.step(1, map, succeed(3));
    expect(life.note([])).toEqual([1]);
    expect(life.note([])).toEqual([]);
  });
});
