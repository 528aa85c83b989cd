/** What Linux 6.18 says of descriptors that only look up, or only change. */
import { describe, expect, it } from 'vitest';
import {
  infoValue,
  type AccessFlags,
  type Call,
  type GetById,
  type Path,
} from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { by, outcomes, setup, withLinux } from './session.test-data.ts';
import {
  create,
  dup,
  freeze,
  info,
  load,
  lookup,
  nextKey,
  remove,
  update,
} from './short-calls.test-data.ts';

const both = 'BPF_F_RDONLY|BPF_F_WRONLY';
const get = (path: Path, access?: AccessFlags): Call =>
  access === undefined ? { call: 'BPF_OBJ_GET', path } : { call: 'BPF_OBJ_GET', path, access };

const byId = (call: GetById['call'], id: number, access: AccessFlags): Call => ({
  call,
  id,
  access,
});

const fcntl = (fd: number): Call => ({ call: 'fcntl', fd, command: 'F_GETFL', argument: 0 });

/** Descriptors of the prelude; 8 is the first closed one. */
const [map, program, reader, writer, twin, closed] = [3, 4, 5, 6, 7, 8] as const;

const told = infoValue({ kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 2 });

const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  create('HASH'),
  load(),
  update(map, 1, 7),
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: map },
  { call: 'BPF_OBJ_PIN', path: '/b/p', fd: program },
  get('/b/m', 'BPF_F_RDONLY'),
  get('/b/m', 'BPF_F_WRONLY'),
  dup(reader),
];

const cases: readonly Case[] = [
  ['a look-up', lookup(reader, 1), 7],
  ['a next key', nextKey(reader, null), 1],
  ['an update', update(reader, 1, 8), 'EPERM'],
  ['an update without key', update(reader, null, 8), 'EPERM'],
  ['an update with a lock', update(reader, 1, 8, 'BPF_F_LOCK'), 'EPERM'],
  ['an update through a duplicate', update(twin, 1, 8), 'EPERM'],
  ['a deletion without key', remove(reader, null), 'EPERM'],
  ['a freezing', freeze(reader), 'EPERM'],
  ['an information by a writer', info(writer), told],
  ['what a reader is for', fcntl(reader), 0],
  ['what a writer is for', fcntl(writer), 1],
  ['what a map is for', fcntl(map), 2],
  ['what a program is for', fcntl(program), 2],
  ['a look-up by a writer', lookup(writer, 1), 'EPERM'],
  ['a look-up by a writer, without key', lookup(writer, null), 'EPERM'],
  ['a next key by a writer', nextKey(writer, null), 'EPERM'],
  ['an update by a writer', update(writer, 1, 8), 0],
  ['a deletion by a writer', remove(writer, 1), 0],
  ['a freezing by a writer', freeze(writer), 0],
  ['a program that uses a writer', load(writer), closed],
  ['a map of maps like a reader', create('HASH_OF_MAPS', { innerFd: reader }), closed],
  ['a pin of a reader', { call: 'BPF_OBJ_PIN', path: '/b/again', fd: reader }, 0],
  ['a get of a program', get('/b/p', 'BPF_F_WRONLY'), closed],
  ['a get with both', get('/b/m', both), 'EINVAL'],
  ['a get with both, of nothing', get('/b/none', both), 'EINVAL'],
  ['a get with both, of NULL', get(null, both), 'EINVAL'],
  ['a get of nothing', get('/b/none', 'BPF_F_RDONLY'), 'ENOENT'],
  ['a get of a directory', get('/b', 'BPF_F_RDONLY'), 'EACCES'],
  ['a map by id', byId('BPF_MAP_GET_FD_BY_ID', 1, 'BPF_F_RDONLY'), closed],
  ['a map by id with both', byId('BPF_MAP_GET_FD_BY_ID', 1, both), 'EINVAL'],
  ['no map by id with both', byId('BPF_MAP_GET_FD_BY_ID', 9, both), 'EINVAL'],
  ['no map by id', byId('BPF_MAP_GET_FD_BY_ID', 9, 'BPF_F_WRONLY'), 'ENOENT'],
  ['a program by id', byId('BPF_PROG_GET_FD_BY_ID', 2, 'BPF_F_RDONLY'), 'EINVAL'],
  ['no link by id', byId('BPF_LINK_GET_FD_BY_ID', 9, 'BPF_F_WRONLY'), 'EINVAL'],
  ['a new reader', create('ARRAY', { access: 'BPF_F_RDONLY' }), closed],
  ['a new writer', create('PROG_ARRAY', { access: 'BPF_F_WRONLY' }), closed],
  ['a new map with both', create('ARRAY', { access: both }), 'EINVAL'],
];

itAnswersAsMeasured('restricted descriptors', prelude, cases);

describe('a restricted descriptor', () => {
  it('is had by id as well', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset(setup);
      const opened: readonly Call[] = [
        byId('BPF_MAP_GET_FD_BY_ID', 1, 'BPF_F_RDONLY'),
        update(closed, 1, 8),
        fcntl(closed),
        byId('BPF_MAP_GET_FD_BY_ID', 1, 'BPF_F_WRONLY'),
        lookup(closed + 1, 1),
        fcntl(closed + 1),
      ];
      const answers = await adapter.play(by(1, ...prelude, ...opened), 'none');
      const expected = [closed, 'EPERM', 0, closed + 1, 'EPERM', 1];
      expect(outcomes(answers).slice(prelude.length)).toEqual(expected);
    }));

  it('restricts nobody who gets the map anew, by a pin that it made itself', (context) =>
    withLinux(context, async (adapter) => {
      await adapter.reset(setup);
      const again: readonly Call[] = [
        { call: 'BPF_OBJ_PIN', path: '/b/again', fd: reader },
        get('/b/again'),
        update(closed, 1, 8),
        lookup(closed, 1),
      ];
      const answers = await adapter.play(by(1, ...prelude, ...again), 'none');
      expect(outcomes(answers).slice(prelude.length)).toEqual([0, closed, 0, 8]);
    }));
});
