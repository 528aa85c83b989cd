import { describe, expect, it } from 'vitest';
import type { Adapter } from '../adapters/contract/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { createLeftovers } from './leftovers.ts';

/** An adapter whose objects die as `dying` says: after how many times of settling. */
function mortal(dying: ReadonlyMap<number, number>): Adapter & { readonly asked: () => number } {
  let settled = 0;
  let asked = 0;
  return {
    ...createReference('linux-6.18'),
    alive(ids) {
      asked++;
      return ids.filter((id) => (dying.get(id) ?? 0) > settled);
    },
    settle() {
      settled++;
      return { processes: [], objects: [] };
    },
    asked: () => asked,
  };
}

describe('the leftovers of runs', () => {
  it('are those that outlive any number of settlings', async () => {
    const adapter = mortal(
      new Map([
        [1, 3],
        [2, Infinity],
      ]),
    );
    const leftovers = createLeftovers(adapter);
    await leftovers.add({ ordinal: 0, run: [], ids: [1] });
    await leftovers.add({ ordinal: 0, run: [], ids: [2, 7] });
    expect(await leftovers.survivors()).toEqual([{ ordinal: 0, run: [], ids: [2] }]);
  });

  it('are asked after now and then only', async () => {
    const adapter = mortal(new Map([[1, Infinity]]));
    const leftovers = createLeftovers(adapter);
    for (let run = 0; run < 64; run++) await leftovers.add({ ordinal: 0, run: [], ids: [1] });
    expect(adapter.asked()).toBe(2);
  });

  it('cost nothing where there are none', async () => {
    const adapter = mortal(new Map());
    const leftovers = createLeftovers(adapter);
    await leftovers.add({ ordinal: 0, run: [], ids: [] });
    expect(await leftovers.survivors()).toEqual([]);
    expect(adapter.asked()).toBe(0);
  });
});
