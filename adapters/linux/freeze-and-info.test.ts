/** What Linux 6.18 says of frozen maps and of what objects are, and of words that are not there. */
import { describe, expect, it } from 'vitest';
import { infoValue, type Call, type Info } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { by, last, outcomes, withLinux } from './session.test-data.ts';
import {
  close,
  create,
  dup,
  freeze,
  info,
  load,
  lookup,
  nextKey,
  openNull,
  place,
  remove,
  run,
  update,
} from './short-calls.test-data.ts';

/** Descriptors of the prelude; 12 is the first closed one. */
const [array, program, programs, hash, arrayOfMaps, hashOfMaps, path, device, user, closed] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
] as const;

const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  create('ARRAY'),
  load(),
  create('PROG_ARRAY', { maxEntries: 3 }),
  create('HASH', { maxEntries: 65_536 }),
  create('ARRAY_OF_MAPS', { innerFd: array }),
  create('HASH_OF_MAPS', { innerFd: hash, maxEntries: 1 }),
  place('/c'),
  openNull,
  load(hash),
  update(hash, 1, 7),
  update(programs, 0, program),
];

const mapInfo = (type: Extract<Info, { kind: 'map' }>['type'], maxEntries: number): number =>
  infoValue({ kind: 'map', type, maxEntries });
const programInfo = (maps: number): number =>
  infoValue({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps });
const pinned = (fd: number): Call => ({ call: 'BPF_OBJ_PIN', path: '/b/m', fd });

const infoCases: readonly Case[] = [
  ['an array', info(array), mapInfo('BPF_MAP_TYPE_ARRAY', 2)],
  ['a program array', info(programs), mapInfo('BPF_MAP_TYPE_PROG_ARRAY', 3)],
  ['a hash', info(hash), mapInfo('BPF_MAP_TYPE_HASH', 65_536)],
  ['an array of maps', info(arrayOfMaps), mapInfo('BPF_MAP_TYPE_ARRAY_OF_MAPS', 2)],
  ['a hash of maps', info(hashOfMaps), mapInfo('BPF_MAP_TYPE_HASH_OF_MAPS', 1)],
  ['a program without map', info(program), programInfo(0)],
  ['a program with a map', info(user), programInfo(1)],
  ['a closed fd', info(closed), 'EBADFD'],
  ['an O_PATH fd', info(path), 'EBADFD'],
  ['/dev/null', info(device), 'EINVAL'],
  ['fd -1', info(-1), 'EBADFD'],
];

const freezeCases: readonly Case[] = [
  ...[array, programs, hash, arrayOfMaps, hashOfMaps].map((fd): Case => [
    `the map of fd ${fd}`,
    freeze(fd),
    0,
  ]),
  ['a program', freeze(program), 'EINVAL'],
  ['a closed fd', freeze(closed), 'EBADF'],
  ['an O_PATH fd', freeze(path), 'EBADF'],
  ['/dev/null', freeze(device), 'EINVAL'],
];

/** After this, 12 is a second descriptor of the hash. */
const freezing: readonly Call[] = [freeze(hash), freeze(programs), pinned(hash), dup(hash)];

const frozenCases: readonly Case[] = [
  ['once more', freeze(hash), 'EPERM'],
  ['through another descriptor', freeze(12), 'EPERM'],
  ['an update', update(hash, 1, 8), 'EPERM'],
  ['an update through another descriptor', update(12, 1, 8), 'EPERM'],
  ['an update without key', update(hash, null, 8), 'EPERM'],
  ['an update with a lock', update(hash, 1, 8, 'BPF_F_LOCK'), 'EPERM'],
  ['a deletion', remove(hash, 1), 'EPERM'],
  ['a deletion without key', remove(hash, null), 'EPERM'],
  ['a look-up', lookup(hash, 1), 7],
  ['a look-up without key', lookup(hash, null), 'EFAULT'],
  ['a next key', nextKey(hash, null), 1],
  ['an information', info(hash), mapInfo('BPF_MAP_TYPE_HASH', 65_536)],
  ['a pin', { call: 'BPF_OBJ_PIN', path: '/b/again', fd: hash }, 0],
  ['a get', { call: 'BPF_OBJ_GET', path: '/b/m' }, 13],
  ['a program that uses it', load(hash), 13],
  ['a run of a program that uses it', run(user), 0],
  ['a map of such maps', create('HASH_OF_MAPS', { innerFd: hash }), 13],
  ['an update of a slot', update(programs, 0, program), 'EPERM'],
  ['an update with a closed value', update(programs, 0, closed + 1), 'EPERM'],
  ['a deletion of a slot', remove(programs, 0), 'EPERM'],
  ['a look-up of a slot', lookup(programs, 0), 0],
  ['an update of a map of maps with it', update(hashOfMaps, 0, hash), 0],
];

const wordCases: readonly Case[] = [
  ['a look-up without key', lookup(hash, null), 'EFAULT'],
  ['a look-up without key, in a closed fd', lookup(closed, null), 'EBADF'],
  ['a look-up without key, in a program', lookup(program, null), 'EINVAL'],
  ['a deletion without key', remove(hash, null), 'EFAULT'],
  ['a deletion without key, in an array', remove(array, null), 'EFAULT'],
  ['an update without key', update(hash, null, 1), 'EFAULT'],
  ['an update without value', update(hash, 1, null), 'EFAULT'],
  ['an update without both', update(hash, null, null), 'EFAULT'],
  ['an update without value, in a map of maps', update(hashOfMaps, 0, null), 'EFAULT'],
];

const flagCases: readonly Case[] = [
  ['flag 3, in a hash', update(hash, 1, 8, 'BPF_NOEXIST|BPF_EXIST'), 'EINVAL'],
  ['flag 3, in an array', update(array, 0, 8, 'BPF_NOEXIST|BPF_EXIST'), 'EINVAL'],
  ['flag 3, in an array out of range', update(array, 9, 8, 'BPF_NOEXIST|BPF_EXIST'), 'EINVAL'],
  ['flag 3, in a program array', update(programs, 1, 99, 'BPF_NOEXIST|BPF_EXIST'), 'EINVAL'],
  ['flag 3, in a hash of maps', update(hashOfMaps, 0, hash, 'BPF_NOEXIST|BPF_EXIST'), 'EINVAL'],
  ['flag 3 and a closed value', update(hashOfMaps, 0, closed, 'BPF_NOEXIST|BPF_EXIST'), 'EBADF'],
  ['flag 3 without key', update(hash, null, 8, 'BPF_NOEXIST|BPF_EXIST'), 'EFAULT'],
  ['a lock, in a hash', update(hash, 1, 8, 'BPF_F_LOCK'), 'EINVAL'],
  ['a lock, in an array', update(array, 0, 8, 'BPF_F_LOCK'), 'EINVAL'],
  ['a lock, in a map of maps', update(arrayOfMaps, 0, closed, 'BPF_F_LOCK'), 'EINVAL'],
  ['a lock without key', update(hash, null, 8, 'BPF_F_LOCK'), 'EINVAL'],
  ['a lock, in a closed fd', update(closed, 1, 8, 'BPF_F_LOCK'), 'EBADF'],
];

itAnswersAsMeasured('BPF_OBJ_GET_INFO_BY_FD', prelude, infoCases);
itAnswersAsMeasured('BPF_MAP_FREEZE', prelude, freezeCases);
itAnswersAsMeasured('calls on frozen maps', [...prelude, ...freezing], frozenCases);
itAnswersAsMeasured('NULL keys and values', prelude, wordCases);
itAnswersAsMeasured('flags of an update', prelude, flagCases);

describe('a frozen map', () => {
  it('stays frozen in a pin, when all its descriptors are closed', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          { call: 'mount', target: '/b' },
          create('HASH'),
          update(3, 1, 7),
          pinned(3),
          freeze(3),
          close(3),
          { call: 'BPF_OBJ_GET', path: '/b/m' },
          update(3, 1, 8),
          lookup(3, 1),
        ),
        'last',
      );
      expect(outcomes(answers)).toEqual([0, 3, 0, 0, 0, 0, 3, 'EPERM', 7]);
      expect(last(answers).sight?.objects[0]?.content).toEqual([null, 7]);
    }));

  it('of programs is emptied all the same when nobody can reach it any more', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          load(),
          create('PROG_ARRAY'),
          load(4),
          update(4, 0, 3),
          freeze(4),
          run(5),
          close(3),
          close(4),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 5, 0, 0, 0, 0, 0]);
      await adapter.settle();
      expect(outcomes(await adapter.play(by(1, run(5)), 'none'))).toEqual([1]);
    }));
});
