/** bpf(2) in its raw form: what Linux 6.18 says of sizes, stray bytes, pointers and commands. */
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import {
  create,
  element,
  filter,
  freeze,
  get,
  getInfo,
  hash,
  infoOf,
  loadProgram,
  lookUp,
  low,
  nextKey,
  none,
  pin,
  pinned,
  pinnedMap,
  remove,
  write,
  type Fields,
} from './raw-fields.test-data.ts';
import { hashMap } from './session.test-data.ts';
import { bpf, load, place, update } from './short-calls.test-data.ts';

/** fd 3: a hash of two words with the key 1, 4: a program, 5: O_PATH, 6: closed. */
const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  hashMap,
  load(),
  place('/c'),
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
  update(3, 1, 7),
];
const [map, program, path, closed] = [3, 4, 5, 6] as const;

const bytewise: Fields = [
  [0, 1, 1],
  [4, 1, 4],
  [8, 1, 4],
  [12, 1, 2],
];

const sizeCases: readonly Case[] = [
  ['the four fields of a map', bpf(create, hash, 16), closed],
  ['the same, byte by byte', bpf(create, bytewise, 16), closed],
  ['a size that ends before the number of entries', bpf(create, hash, 12), 'EINVAL'],
  ['a size that ends before the size of values', bpf(create, hash, 8), 'EINVAL'],
  ['nothing', bpf(create, [], 0), 'EINVAL'],
  ['no attributes that are read', bpf(create, hash, 0), 'EINVAL'],
  ['a pin, of four zeros more', bpf(get, pinnedMap, 16), closed],
  ['a flag of a pin', bpf(get, [...pinnedMap, [12, 1, 1]], 16), 'EINVAL'],
  ['the same beyond the size', bpf(get, [...pinnedMap, [12, 1, 1]], 12), closed],
  ['a byte behind the last field of a pin', bpf(get, [...pinnedMap, [40, 1, 1]], 48), 'EINVAL'],
  ['the same beyond the size', bpf(get, [...pinnedMap, [40, 1, 1]], 40), closed],
  ['a page with a byte behind all fields', bpf(create, [...hash, [1000, 1, 1]], 4096), 'E2BIG'],
  ['a page with its last byte', bpf(create, [...hash, [4092, 4, 1]], 4096), 'E2BIG'],
  ['a page', bpf(create, hash, 4096), closed],
  ['more than a page', bpf(create, hash, 4097), 'E2BIG'],
  ['more than a page at NULL', bpf(create, none, 4097), 'E2BIG'],
  ['the largest size', bpf(create, hash, 2 ** 31 - 1), 'E2BIG'],
  ['fields that end far behind a page', bpf(create, [...hash, [4192, 8, 9]], 4096), closed],
];

const addressCases: readonly Case[] = [
  ['NULL, of 12 bytes', bpf(create, none, 12), 'EFAULT'],
  ['NULL, of no bytes', bpf(create, none, 0), 'EINVAL'],
  ['NULL, of more bytes than there are fields', bpf(create, none, 200), 'EFAULT'],
  ['another address, of 12 bytes', bpf(create, low, 12), 'EFAULT'],
  ['another address, of no bytes', bpf(create, low, 0), 'EINVAL'],
];

const commandCases: readonly Case[] = [
  ['a command that there is not', bpf(9999, [], 16), 'EINVAL'],
  ['the highest number', bpf(2 ** 31 - 1, [], 0), 'EINVAL'],
  ['a command that there is not at NULL', bpf(9999, none, 16), 'EFAULT'],
  ['a command that there is not with a page', bpf(9999, [[1000, 1, 1]], 4096), 'E2BIG'],
];

const pinCases: readonly Case[] = [
  ['a pin', bpf(pin, pinned('/b/new', map), 12), 0],
  ['a pin of a closed fd', bpf(pin, pinned('/b/new', closed), 12), 'EINVAL'],
  ['a pin without path', bpf(pin, [[8, 4, map]], 12), 'EFAULT'],
  ['a pin at an address that leads nowhere', bpf(pin, pinned(low, map), 12), 'EFAULT'],
  [
    'a pin with a directory and no flag for it',
    bpf(pin, [...pinned('/b/new', map), [16, 4, 1]], 20),
    'EINVAL',
  ],
  ['a get', bpf(get, pinnedMap, 8), closed],
  ['a get with a fd', bpf(get, pinned('/b/m', map), 12), 'EINVAL'],
  ['a get of a missing name', bpf(get, [[0, 8, '/b/none']], 8), 'ENOENT'],
  ['a get of a name in UTF-8', bpf(get, [[0, 8, '/b/größe']], 8), 'ENOENT'],
  ['a get of 20000 bytes', bpf(get, [[0, 8, `/b/${'/'.repeat(20_000)}m`]], 8), 'ENAMETOOLONG'],
];

const elementCases: readonly Case[] = [
  ['a look-up', bpf(lookUp, element(map, [1], [0]), 24), 0],
  ['a look-up of what is not there', bpf(lookUp, element(map, [2], [0]), 24), 'ENOENT'],
  ['a look-up without room', bpf(lookUp, element(map, [1], 0), 24), 'EFAULT'],
  ['a look-up of what is not there, without room', bpf(lookUp, element(map, [2], 0), 24), 'ENOENT'],
  ['a look-up without key', bpf(lookUp, element(map, 0, [0]), 24), 'EFAULT'],
  [
    'a look-up with a flag, in a closed fd',
    bpf(lookUp, element(closed, [1], [0], 1), 32),
    'EINVAL',
  ],
  ['a look-up with a lock, in a closed fd', bpf(lookUp, element(closed, [1], [0], 4), 32), 'EBADF'],
  ['a look-up with a lock', bpf(lookUp, element(map, [1], [0], 4), 32), 'EINVAL'],
  ['a look-up of a string', bpf(lookUp, element(map, 'a', [0]), 24), 'ENOENT'],
  ['an update', bpf(write, element(map, [2], [9]), 24), 0],
  ['an update with flag 3', bpf(write, element(map, [2], [9], 3), 32), 'EINVAL'],
  ['the same beyond the size', bpf(write, element(map, [2], [9], 3), 24), 0],
  ['an update at a bad address', bpf(write, element(map, low, [9]), 24), 'EFAULT'],
  ['a deletion', bpf(remove, element(map, [1]), 16), 0],
  ['a deletion with a value', bpf(remove, element(map, [1], [0]), 24), 'EINVAL'],
  ['a next key', bpf(nextKey, element(map, 0, [0]), 24), 0],
  ['a next key behind the last', bpf(nextKey, element(map, [1], [0]), 24), 'ENOENT'],
  ['a next key behind a bad address', bpf(nextKey, element(map, low, [0]), 24), 'EFAULT'],
  ['a next key without room', bpf(nextKey, element(map, 0, 0), 24), 'EFAULT'],
  ['a look-up in a program', bpf(lookUp, element(program, [1], [0]), 24), 'EINVAL'],
];

const frozen: Fields = [[0, 4, map]];

const newerCases: readonly Case[] = [
  ['a freeze', bpf(freeze, frozen, 4), 0],
  ['a freeze of O_PATH', bpf(freeze, [[0, 4, path]], 4), 'EBADF'],
  ['a freeze with a stray byte', bpf(freeze, [...frozen, [4, 1, 1]], 8), 'EINVAL'],
  ['an information without room', bpf(getInfo, infoOf(map, 0, 0), 16), 0],
  [
    'an information at an address that leads nowhere',
    bpf(getInfo, infoOf(map, 8, low), 16),
    'EFAULT',
  ],
  ['an information of a closed fd', bpf(getInfo, infoOf(closed, 0, 0), 16), 'EBADFD'],
  ['a program without instructions', bpf(loadProgram, filter(0, 0, 'GPL'), 48), 'E2BIG'],
  ['a program without license', bpf(loadProgram, filter(1, 0, 0), 48), 'EFAULT'],
  ['a program that falls off its end', bpf(loadProgram, filter(1, [0xb7], 'GPL'), 48), 'EINVAL'],
];

itAnswersAsMeasured('attributes of all sizes', prelude, sizeCases);
itAnswersAsMeasured('attributes that are nowhere', prelude, addressCases);
itAnswersAsMeasured('commands that there are not', prelude, commandCases);
itAnswersAsMeasured('raw pins', prelude, pinCases);
itAnswersAsMeasured('raw calls on elements', prelude, elementCases);
itAnswersAsMeasured('raw calls of newer kernels', prelude, newerCases);
