/** When the kernel's objects were seen to be gone. */
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { by, last, setup, withLinux } from './session.test-data.ts';
import { close, create, load } from './short-calls.test-data.ts';

/** A map that a program uses, and that is let go with it: the map, and when. */
async function mapLetGo(adapter: Adapter) {
  const answers = await adapter.play(by(1, create('ARRAY'), load(3), close(3), close(4)), 'none');
  const id = answers[0]?.object ?? 0;
  const since = last(answers).returnedAt ?? NaN;
  const times = answers.map(({ returnedAt }) => returnedAt ?? NaN);
  return { id, since, times };
}

describe('a run that settles until some objects are gone', () => {
  it('is seen when they are', (context) =>
    withLinux(context, async (adapter) => {
      await mapLetGo(adapter);
      expect((await adapter.settle([1])).objects).toEqual([]);
    }));

  it('is seen at once where none of them is there', (context) =>
    withLinux(context, async (adapter) => {
      const { id } = await mapLetGo(adapter);
      await adapter.settle();
      await adapter.play(by(1, create('ARRAY')), 'none');
      const { objects } = await adapter.settle([1, 2, 99]);
      expect(objects).toHaveLength(1);
      expect(objects[0]?.id).not.toBe(id);
    }));

  it('is seen with those that stay after a time', (context) =>
    withLinux(context, async (adapter) => {
      const [held] = await adapter.play(by(1, create('ARRAY')), 'none');
      const { objects } = await adapter.settle([1]);
      expect(objects.map(({ id }) => id)).toEqual([held?.object]);
    }));
});

describe('an object that is released late', () => {
  it('is seen to be gone when the run settles, after the call that let it go', (context) =>
    withLinux(context, async (adapter) => {
      const { id, since, times } = await mapLetGo(adapter);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every((time) => Number.isSafeInteger(time) && time > 0)).toBe(true);
      await adapter.settle();
      const [goneAt] = (await adapter.goneAt?.([id])) ?? [];
      expect(goneAt).toBeGreaterThanOrEqual(since);
      // Seconds later would be another clock.
      expect((goneAt ?? Infinity) - since).toBeLessThan(10_000_000);
    }));

  it('is seen to be gone in a later run, and what is there is not', (context) =>
    withLinux(context, async (adapter) => {
      const { id, since } = await mapLetGo(adapter);
      await adapter.reset(setup);
      const [held] = await adapter.play(by(1, create('ARRAY')), 'none');
      const there = held?.object ?? 0;
      await adapter.settle();
      const [goneAt, none] = (await adapter.goneAt?.([id, there])) ?? [];
      expect(goneAt).toBeGreaterThanOrEqual(since);
      expect(none).toBeNull();
    }));

  it('is asked after in an agent of its own only', (context) =>
    withLinux(context, async (adapter) => {
      expect(await adapter.goneAt?.([4_000_000_000])).toEqual([null]);
      expect(await adapter.goneAt?.([])).toEqual([]);
    }));
});
