import { describe, expect, it } from 'vitest';
import type { Answer } from '../contract/index.ts';
import { by, last, outcomes, withLinux, leftOver } from './session.test-data.ts';
import { close, create, load, lookup, remove, run, update } from './short-calls.test-data.ts';

const objectsOf = (answers: readonly Answer[], ...steps: readonly number[]): readonly number[] =>
  steps.map((step) => answers[step]?.object ?? -1);

const ascending = (ids: readonly number[]): readonly number[] => [...ids].sort((a, b) => a - b);

describe('a map that holds objects', () => {
  it('shows them in its slots, and no content', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          create('ARRAY'),
          load(),
          create('PROG_ARRAY'),
          create('ARRAY_OF_MAPS', { innerFd: 3 }),
          create('HASH_OF_MAPS', { innerFd: 3 }),
          update(5, 1, 4),
          update(6, 0, 3),
          update(7, 1, 3),
        ),
        'last',
      );
      const [array, program, programs, arrayOfMaps, hashOfMaps] = objectsOf(answers, 0, 1, 2, 3, 4);
      const seen = last(answers).sight?.objects ?? [];
      expect(new Map(seen.map(({ id, content, slots }) => [id, content ?? slots]))).toEqual(
        new Map([
          [array, [0, 0]],
          [program, undefined],
          [programs, [0, program]],
          [arrayOfMaps, [array, 0]],
          [hashOfMaps, [0, array]],
        ]),
      );
      expect(seen.filter(({ slots }) => slots !== undefined)).toHaveLength(3);
    }));

  it('keeps them alive until they are overwritten or deleted', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          create('ARRAY'),
          create('HASH_OF_MAPS', { innerFd: 3 }),
          update(4, 0, 3),
          close(3),
          create('ARRAY'),
          update(4, 0, 3),
          close(3),
          lookup(4, 0),
          remove(4, 0),
        ),
        'none',
      );
      const [first, outer, second] = objectsOf(answers, 0, 1, 4);
      expect(answers[3]?.alive).toEqual([first, outer]);
      expect(answers[5]?.alive).toEqual([outer, second]);
      expect(outcomes(answers).slice(-3)).toEqual([0, 0, 0]);
      expect(last(answers).alive).toEqual([outer]);
    }));

  it('does not hold the map that it was made after', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('ARRAY'), create('ARRAY_OF_MAPS', { innerFd: 3 }), close(3)),
        'none',
      );
      expect(last(answers).alive).toEqual(objectsOf(answers, 1));
    }));

  it('lets everything go with its last descriptor, some time after it', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(
        by(
          1,
          create('ARRAY'),
          create('ARRAY_OF_MAPS', { innerFd: 3 }),
          update(4, 0, 3),
          load(4),
          close(3),
          close(4),
          close(5),
        ),
        'none',
      );
      expect(await leftOver(adapter)).toEqual([]);
    }));
});

describe('a program array', () => {
  it('is emptied when nobody can reach it any more, though a program holds it', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, load(), create('PROG_ARRAY'), load(4), update(4, 0, 3), close(3), run(5), close(4)),
        'none',
      );
      const [, array, caller] = objectsOf(answers, 0, 1, 2);
      expect(outcomes(answers).slice(-2)).toEqual([0, 0]);
      expect((await adapter.settle()).objects.map(({ id }) => id)).toEqual(
        ascending([array ?? 0, caller ?? 0]),
      );
      expect(outcomes(await adapter.play(by(1, run(5)), 'none'))).toEqual([1]);
    }));

  it('is left with its own program in it, and both go', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('PROG_ARRAY'), load(3), update(3, 0, 4), run(4), close(4), close(3)),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 0, 1, 0, 0]);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('is what a program calls into: 1 where that falls through, else what the last one returns', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          create('PROG_ARRAY'),
          load(3),
          run(4),
          create('PROG_ARRAY'),
          load(5),
          update(3, 0, 6),
          run(4),
          load(),
          update(5, 0, 7),
          run(4),
          remove(5, 0),
          run(4),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 1, 5, 6, 0, 1, 7, 0, 0, 0, 1]);
    }));
});
