/** What ids open that no descriptor leads to, and how a run numbers what it makes. */
import { describe, expect, it } from 'vitest';
import { create as createRaw, filter, hash, loadProgram, none } from './raw-fields.test-data.ts';
import { by, last, outcomes, setup, withLinux, leftOver } from './session.test-data.ts';
import {
  attach,
  bpf,
  close,
  create,
  load,
  lookup,
  mapById,
  nextMap,
  nextProg,
  pair,
  progById,
  run,
  update,
} from './short-calls.test-data.ts';

describe('an object that no descriptor leads to', () => {
  it('is opened by id: a map that only a program holds', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('HASH'), update(3, 1, 7), load(3), close(3), mapById(1), lookup(3, 1)),
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 0, 4, 0, 3, 7]);
      await adapter.play(by(1, close(4)), 'none');
      const { objects } = await adapter.settle();
      expect(objects).toEqual([{ id: answers[0]?.object, kind: 'map', content: [null, 7] }]);
    }));

  it('is opened by id: what a pin, a slot, a map of maps or a filter holds', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          { call: 'mount', target: '/b' },
          create('ARRAY'),
          create('ARRAY_OF_MAPS', { innerFd: 3 }),
          create('PROG_ARRAY'),
          pair,
          load(),
          load(),
          update(4, 0, 3),
          update(5, 0, 8),
          attach(6, 9),
          { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 4 },
          ...[3, 4, 8, 9].map(close),
          mapById(1),
          mapById(2),
          progById(4),
          progById(5),
        ),
        'none',
      );
      expect(outcomes(answers).slice(-4)).toEqual([3, 4, 8, 9]);
    }));

  it('is not there any more after the last close, once it has been released', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(by(1, create('HASH'), load(3), close(3)), 'none');
      const dead = by(1, progById(2), nextProg(0));
      expect(outcomes(await adapter.play([...by(1, close(4)), ...dead], 'none'))).toEqual([
        0,
        'ENOENT',
        'ENOENT',
      ]);
      await adapter.settle();
      expect(outcomes(await adapter.play(by(1, mapById(1), nextMap(0)), 'none'))).toEqual([
        'ENOENT',
        'ENOENT',
      ]);
    }));
});

describe('a program array that only its program holds', () => {
  it('is empty when it is got by id, and can be filled again', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(
        by(1, create('PROG_ARRAY'), load(3), load(), update(3, 0, 5), run(4), close(3)),
        'none',
      );
      await adapter.settle();
      const answers = await adapter.play(
        by(1, mapById(1), lookup(3, 0), run(4), update(3, 0, 5), run(4)),
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 'ENOENT', 1, 0, 0]);
      const { objects } = last(answers).sight ?? { objects: [] };
      const program = objects.findLast(({ kind }) => kind === 'program')?.id;
      expect(objects.find(({ slots }) => slots !== undefined)?.slots).toEqual([program, 0]);
    }));

  it('is emptied once more when that descriptor is closed', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(by(1, create('PROG_ARRAY'), load(3), load(), close(3)), 'none');
      await adapter.settle();
      await adapter.play(by(1, mapById(1), update(3, 0, 5), run(4), close(3)), 'none');
      await adapter.settle();
      const answers = await adapter.play(by(1, run(4), mapById(1), lookup(3, 0)), 'none');
      expect(outcomes(answers)).toEqual([1, 3, 'ENOENT']);
    }));

  it('is no user of its own: all goes with the last descriptor', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.play(
        by(1, create('PROG_ARRAY'), load(3), update(3, 0, 4), close(4), progById(2), close(4)),
        'none',
      );
      await adapter.play(by(1, mapById(1), close(3), close(4)), 'none');
      expect(await leftOver(adapter)).toEqual([]);
    }));
});

describe('the numbers of a run', () => {
  it('count what raw calls make, and nothing that failed', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          create('HASH', { keySize: 0 }),
          bpf(createRaw, hash, 16),
          load(9),
          bpf(loadProgram, filter(1, none, none), 48),
          load(),
          bpf(createRaw, hash, 16),
          nextMap(0),
          nextProg(0),
          nextMap(1),
          nextMap(3),
          mapById(3),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([
        ...['EINVAL', 3, 'EBADF', 'EFAULT', 4, 5],
        ...[1, 2, 3, 'ENOENT', 6],
      ]);
      expect(last(answers).object).toBe(answers[5]?.object);
    }));

  it('begin anew with every run, and pass over what others on the machine have made', (context) =>
    withLinux(context, (other) =>
      withLinux(context, async (adapter) => {
        await adapter.play(by(1, create('HASH'), load()), 'none');
        await adapter.reset(setup);
        const first = await adapter.play(by(1, nextMap(0), load(), nextProg(0)), 'none');
        await other.play(by(1, create('HASH'), load(), create('HASH')), 'none');
        const second = await adapter.play(
          by(1, create('HASH'), nextMap(0), nextMap(2), nextProg(1), mapById(1)),
          'none',
        );
        expect(outcomes(first)).toEqual(['ENOENT', 3, 1]);
        expect(outcomes(second)).toEqual([4, 2, 'ENOENT', 'ENOENT', 'ENOENT']);
        expect(outcomes(await other.play(by(1, nextMap(0), nextMap(1)), 'none'))).toEqual([1, 3]);
      }),
    ));

  it('end where ids in calls do: one more object is a failure of the harness', (context) =>
    withLinux(context, async (adapter) => {
      const most = 65_535;
      const made = Array.from({ length: most }, () => by(1, create('ARRAY'), close(3)));
      const answers = await adapter.play(made.flat(), 'none');
      expect(answers.filter(({ outcome }) => !outcome.ok)).toEqual([]);
      expect(outcomes(await adapter.play(by(1, mapById(most)), 'none'))).toEqual(['ENOENT']);
      await expect(adapter.play(by(1, create('ARRAY')), 'none')).rejects.toMatchObject({
        blame: 'harness',
        message: 'The agent failed: more than 65535 objects in a run.',
      });
    }));
});
