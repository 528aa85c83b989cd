/** Objects by id, on Linux 6.18: the numbers of a run for the ids of the machine. */
import { describe, expect, it } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { by, last, needs, outcomes, setup, withLinux } from './session.test-data.ts';
import {
  close,
  create,
  freeze,
  load,
  lookup,
  mapById,
  nextMap,
  nextProg,
  progById,
  update,
} from './short-calls.test-data.ts';

/** A map 1, a program 2, a dead map 3, a map 4 and a program 5 that holds it; 7 is free. */
const prelude: readonly Call[] = [
  create('ARRAY'),
  load(),
  create('HASH'),
  close(5),
  create('PROG_ARRAY'),
  load(5),
];

const idCases: readonly Case[] = [
  ['a map', mapById(1), 7],
  ['a program', progById(2), 7],
  ['a later map', mapById(4), 7],
  ['a later program', progById(5), 7],
  ['a dead map', mapById(3), 'ENOENT'],
  ['a dead map as a program', progById(3), 'ENOENT'],
  ['a map as a program', progById(1), 'ENOENT'],
  ['a program as a map', mapById(2), 'ENOENT'],
  ['map 0', mapById(0), 'ENOENT'],
  ['program 0', progById(0), 'ENOENT'],
  ['map 6, which is not there yet', mapById(6), 'ENOENT'],
  ['map 99', mapById(99), 'ENOENT'],
  ['program 99', progById(99), 'ENOENT'],
  ['map -1', mapById(-1), 'ENOENT'],
  ['a map beyond the numbers of a kernel', mapById(2 ** 32 + 1), 'ENOENT'],
];

const nextCases: readonly Case[] = [
  ['the first map', nextMap(0), 1],
  ['the map behind a map and a dead one', nextMap(1), 4],
  ['the map behind a program', nextMap(2), 4],
  ['the map behind a dead one', nextMap(3), 4],
  ['the map behind the last', nextMap(4), 'ENOENT'],
  ['the map behind the last object', nextMap(5), 'ENOENT'],
  ['the map behind 99', nextMap(99), 'ENOENT'],
  ['the map behind 2147483647', nextMap(2 ** 31 - 1), 'ENOENT'],
  ['the first program', nextProg(0), 2],
  ['the program behind a map', nextProg(1), 2],
  ['the program behind a program', nextProg(2), 5],
  ['the program behind a dead map', nextProg(3), 5],
  ['the program behind the last', nextProg(5), 'ENOENT'],
  ['the program behind 99', nextProg(99), 'ENOENT'],
];

itAnswersAsMeasured('BPF_*_GET_FD_BY_ID', prelude, idCases);
itAnswersAsMeasured('BPF_*_GET_NEXT_ID', prelude, nextCases);
itAnswersAsMeasured(
  'objects by id in a full table',
  prelude,
  [
    ['a map', mapById(1), 'EMFILE'],
    ['a program', progById(2), 'EMFILE'],
    ['a dead map', mapById(3), 'ENOENT'],
    ['a map as a program', progById(1), 'ENOENT'],
    ['the map behind', nextMap(1), 4],
  ],
  { ...setup, descriptors: 7 },
);
itAnswersAsMeasured(
  'ids before there are objects',
  [],
  [
    ['map 1', mapById(1), 'ENOENT'],
    ['program 1', progById(1), 'ENOENT'],
    ['the first map', nextMap(0), 'ENOENT'],
    ['the first program', nextProg(0), 'ENOENT'],
  ],
);

describe('a descriptor by id', () => {
  it('leads to the same object, and the answer says to which', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('HASH'), load(), mapById(1), progById(2), update(5, 1, 7), lookup(3, 1)),
        'last',
      );
      const [map, program] = answers.map(({ object }) => object);
      expect(outcomes(answers)).toEqual([3, 4, 5, 6, 0, 7]);
      expect(answers.slice(2, 4).map(({ object }) => object)).toEqual([map, program]);
      expect(last(answers).sight?.processes[0]?.descriptors).toEqual([
        { fd: 3, object: map },
        { fd: 4, object: program },
        { fd: 5, object: map },
        { fd: 6, object: program },
      ]);
    }));

  it('holds it when all others are closed', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('HASH'), mapById(1), close(3), mapById(1), close(4), close(3), mapById(1)),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 0, 3, 0, 0, 'ENOENT']);
      expect(answers.map(({ alive }) => alive?.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    }));

  it('is closed on exec', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        by(
          1,
          create('HASH'),
          load(),
          mapById(1),
          progById(2),
          { call: 'fcntl', fd: 5, command: 'F_GETFD', argument: 0 },
          { call: 'fcntl', fd: 6, command: 'F_GETFD', argument: 0 },
          { call: 'fcntl', fd: 3, command: 'F_SETFD', argument: 0 },
          { call: 'execve' },
          mapById(1),
          progById(2),
          nextMap(0),
          create('HASH'),
          nextMap(1),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 5, 6, 1, 1, 0, 0, 4, 'ENOENT', 1, 5, 3]);
    }));

  it('is made by any process, of what any other made', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, { call: 'fork' }, create('HASH')),
          ...by(2, mapById(1), load(), { call: 'unshare' }),
          ...by(1, { call: 'kill', pid: 2 }, nextMap(0), nextProg(0), mapById(1), progById(2)),
        ],
        'none',
      );
      expect(outcomes(answers)).toEqual([2, 3, 3, 4, 0, 0, 1, 'ENOENT', 4, 'ENOENT']);
    }));

  it('writes to a frozen map no more than any other', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(1, create('HASH'), freeze(3), mapById(1), update(4, 1, 7)),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 0, 4, 'EPERM']);
    }));
});
