import { describe, expect, it } from 'vitest';
import { specify } from '../specify.ts';
import { createLogWorlds } from './log-worlds.ts';

const make = (): ReturnType<typeof specify> => specify('linux-6.18');

describe('worlds that are lent', () => {
  it('are used again once they are given back, in their first state', () => {
    const worlds = createLogWorlds();
    const first = worlds.lend('a', make);
    const start = first.world.save();
    first.world.step(1, { call: 'fork' });
    first.giveBack();
    const second = worlds.lend('a', make);
    expect(second.world).toBe(first.world);
    expect(second.world.save()).toEqual(start);
  });

  it('belong to one log at a time, and to none of another key', () => {
    const worlds = createLogWorlds();
    const first = worlds.lend('a', make);
    expect(worlds.lend('a', make).world).not.toBe(first.world);
    first.giveBack();
    expect(worlds.lend('b', make).world).not.toBe(first.world);
  });

  it('are not lent twice because they were given back twice', () => {
    const worlds = createLogWorlds();
    const first = worlds.lend('a', make);
    first.giveBack();
    const second = worlds.lend('a', make);
    first.giveBack();
    expect(worlds.lend('a', make).world).not.toBe(second.world);
  });

  it('are let go with the most names they can hold near', () => {
    const worlds = createLogWorlds();
    const first = worlds.lend('a', make);
    for (let k = 0; k < 20; k++) {
      const path = Array.from({ length: 1000 }, (_, at) => `/${k}.${at}`).join('');
      first.world.step(1, { call: 'mkdir', path: path.slice(0, 4000) });
      for (let at = 0; at < 1000; at++) first.world.step(1, { call: 'mkdir', path: `/${k}.${at}` });
    }
    expect(first.world.interned()).toBeGreaterThan(20_000);
    first.giveBack();
    expect(worlds.lend('a', make).world).not.toBe(first.world);
  });

  it('are kept for the keys that were used last', () => {
    const worlds = createLogWorlds();
    const keys = Array.from({ length: 9 }, (_, k) => String(k));
    const lent = keys.map((key) => worlds.lend(key, make));
    for (const one of lent) one.giveBack();
    const again = keys.toReversed().map((key) => worlds.lend(key, make).world);
    expect(again.map((world) => lent.some((one) => one.world === world))).toEqual([
      ...Array.from({ length: 8 }, () => true),
      false,
    ]);
  });
});
