/** The errors of calls on maps that hold objects, of programs and of their runs, case by case. */
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { setup } from './session.test-data.ts';
import {
  create,
  load,
  lookup,
  nextKey,
  openNull,
  place,
  remove,
  run,
  update,
} from './short-calls.test-data.ts';

/** Descriptors of the prelude; 11 is the first closed one. */
const [array, program, programs, hash, arrayOfMaps, hashOfMaps, path, device, closed] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const;

const objects: readonly Call[] = [
  create('ARRAY'),
  load(),
  create('PROG_ARRAY'),
  create('HASH'),
  create('ARRAY_OF_MAPS', { innerFd: array }),
  create('HASH_OF_MAPS', { innerFd: hash, maxEntries: 1 }),
  place('/c'),
  openNull,
];

const filled: readonly Call[] = [
  ...objects,
  update(programs, 0, program),
  update(arrayOfMaps, 0, array),
  update(hashOfMaps, 5, hash),
];

const createCases: readonly Case[] = [
  ['a program array with keys of 8 bytes', create('PROG_ARRAY', { keySize: 8 }), 'EINVAL'],
  ['a program array with values of 8 bytes', create('PROG_ARRAY', { valueSize: 8 }), 'EINVAL'],
  ['a program array of nothing', create('PROG_ARRAY', { maxEntries: 0 }), 'EINVAL'],
  ['an array with a closed inner fd', create('ARRAY', { innerFd: closed }), closed],
  ['a map of arrays', create('HASH_OF_MAPS', { innerFd: array }), closed],
  ['a map of maps without inner fd', create('ARRAY_OF_MAPS'), 'EINVAL'],
  ['a closed inner fd', create('HASH_OF_MAPS', { innerFd: closed }), 'EBADF'],
  ['an O_PATH inner fd', create('ARRAY_OF_MAPS', { innerFd: path }), 'EBADF'],
  ['a program inside', create('ARRAY_OF_MAPS', { innerFd: program }), 'EINVAL'],
  ['a program array inside', create('ARRAY_OF_MAPS', { innerFd: programs }), 'ENOTSUPP'],
  ['a map of maps inside', create('HASH_OF_MAPS', { innerFd: arrayOfMaps }), 'EINVAL'],
  ['values of 8 bytes', create('HASH_OF_MAPS', { innerFd: closed, valueSize: 8 }), 'EINVAL'],
  ['no entries', create('HASH_OF_MAPS', { innerFd: closed, maxEntries: 0 }), 'EINVAL'],
];

const bothUpdateCases = (fd: number, right: number, wrong: number): readonly Case[] => [
  ['a slot again', update(fd, 0, right), 0],
  ['a flag, before the key', update(fd, 9, closed, 'BPF_NOEXIST'), 'EINVAL'],
  ['BPF_EXIST, though there is one', update(fd, 0, right, 'BPF_EXIST'), 'EINVAL'],
  ['a key out of range, before the value', update(fd, 9, closed), 'E2BIG'],
  ['a closed value', update(fd, 1, closed), 'EBADF'],
  ['an O_PATH value', update(fd, 1, path), 'EBADF'],
  ['/dev/null as value', update(fd, 1, device), 'EINVAL'],
  ['the other kind as value', update(fd, 1, wrong), 'EINVAL'],
  ['lookup of a slot', lookup(fd, 0), 0],
  ['lookup of an empty slot', lookup(fd, 1), 'ENOENT'],
  ['lookup out of range', lookup(fd, 9), 'ENOENT'],
  ['delete of a slot', remove(fd, 0), 0],
  ['delete of an empty slot', remove(fd, 1), 'ENOENT'],
  ['delete out of range', remove(fd, 9), 'E2BIG'],
];

const inside: readonly Case[] = [
  ['a hash in a map of arrays', update(arrayOfMaps, 1, hash), 'EINVAL'],
  ['a program array in a map of arrays', update(arrayOfMaps, 1, programs), 'EINVAL'],
  ['a map of maps in itself', update(arrayOfMaps, 1, arrayOfMaps), 'EINVAL'],
];

const hashOfMapsCases: readonly Case[] = [
  ['the map again', update(hashOfMaps, 5, hash), 0],
  ['a taken key', update(hashOfMaps, 5, hash, 'BPF_NOEXIST'), 'EEXIST'],
  ['the value before the flag', update(hashOfMaps, 5, closed, 'BPF_NOEXIST'), 'EBADF'],
  ['one too many', update(hashOfMaps, 6, hash), 'E2BIG'],
  ['the value before the room', update(hashOfMaps, 6, program), 'EINVAL'],
  ['a missing key', update(hashOfMaps, 6, hash, 'BPF_EXIST'), 'ENOENT'],
  ['an array in a map of hashes', update(hashOfMaps, 5, array), 'EINVAL'],
  ['an O_PATH value', update(hashOfMaps, 5, path), 'EBADF'],
  ['lookup', lookup(hashOfMaps, 5), 0],
  ['lookup of a missing key', lookup(hashOfMaps, 0), 'ENOENT'],
  ['delete', remove(hashOfMaps, 5), 0],
  ['delete of a missing key', remove(hashOfMaps, 0), 'ENOENT'],
];

const keyCases: readonly Case[] = [
  ['the first key of an array', nextKey(array, null), 0],
  ['the key behind the first', nextKey(programs, 0), 1],
  ['the key behind the last', nextKey(arrayOfMaps, 1), 'ENOENT'],
  ['the key behind what is out of range', nextKey(array, 2), 0],
  ['the first key of an empty hash', nextKey(hash, null), 'ENOENT'],
  ['the first key of a hash', nextKey(hashOfMaps, null), 5],
  ['the key behind one that is not there', nextKey(hashOfMaps, 0), 5],
  ['the key behind the only one', nextKey(hashOfMaps, 5), 'ENOENT'],
  ['a next key in a program', nextKey(program, 0), 'EINVAL'],
  ['a next key in a closed fd', nextKey(closed, null), 'EBADF'],
  ['a next key in an O_PATH fd', nextKey(path, null), 'EBADF'],
  ['delete in an array', remove(array, 0), 'EINVAL'],
  ['delete in a hash', remove(hash, 0), 'ENOENT'],
  ['delete in a closed fd', remove(closed, 0), 'EBADF'],
];

const programCases: readonly Case[] = [
  ['a run', run(program), 0],
  ['a run of a map', run(array), 'EINVAL'],
  ['a run of /dev/null', run(device), 'EINVAL'],
  ['a run of a closed fd', run(closed), 'EBADF'],
  ['a run of an O_PATH fd', run(path), 'EBADF'],
  ['a program with an array of maps', load(arrayOfMaps), closed],
  ['a program with /dev/null for a map', load(device), 'EINVAL'],
  ['a program with an O_PATH fd for a map', load(path), 'EBADF'],
  ['a pin of an O_PATH fd', { call: 'BPF_OBJ_PIN', path: '/c', fd: path }, 'EINVAL'],
];

itAnswersAsMeasured('BPF_MAP_CREATE of maps that hold objects', objects, createCases);
itAnswersAsMeasured('calls on a program array', filled, bothUpdateCases(programs, program, array));
itAnswersAsMeasured('calls on an array of maps', filled, [
  ...bothUpdateCases(arrayOfMaps, array, program),
  ...inside,
]);
itAnswersAsMeasured('calls on a hash of maps', filled, hashOfMapsCases);
itAnswersAsMeasured('BPF_MAP_GET_NEXT_KEY and BPF_MAP_DELETE_ELEM', filled, keyCases);
itAnswersAsMeasured('programs', objects, programCases);
itAnswersAsMeasured(
  'maps of maps in a full table',
  objects,
  [
    ['of a good map', create('ARRAY_OF_MAPS', { innerFd: array }), 'EMFILE'],
    ['of a closed fd', create('ARRAY_OF_MAPS', { innerFd: closed }), 'EBADF'],
    ['of a program array', create('HASH_OF_MAPS', { innerFd: programs }), 'ENOTSUPP'],
    ['with a program', load(closed), 'EBADF'],
  ],
  { ...setup, descriptors: 11 },
);
