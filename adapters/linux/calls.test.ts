/** The errors that docs and measurements of Linux 6.18 give, case by case, in a run of its own. */
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { get, pin } from './name-calls.test-data.ts';
import { hashMap } from './session.test-data.ts';

/** fd 3: a map, 4: a program, 5: closed. */
const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  hashMap,
  { call: 'BPF_PROG_LOAD', mapFd: null },
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
  { call: 'BPF_OBJ_PIN', path: '/b/p', fd: 4 },
  { call: 'mkdir', path: '/b/d' },
  { call: 'BPF_OBJ_PIN', path: '/b/d/x', fd: 3 },
];

const create = (changes: Partial<typeof hashMap>): Call => ({ ...hashMap, ...changes });
const array = { type: 'BPF_MAP_TYPE_ARRAY' } as const;
const longName = 'n'.repeat(256);
/** A path to /b/NAME of exactly so many bytes. */
const padded = (bytes: number, name: string): string =>
  `/b${'/'.repeat(bytes - 2 - name.length)}${name}`;

const pinCases: readonly Case[] = [
  ['a map at a fresh name', pin('/b/new'), 0],
  ['a program at a fresh name', pin('/b/new', 4), 0],
  ['fd -1', pin('/b/new', -1), 'EINVAL'],
  ['a closed fd', pin('/b/new', 5), 'EINVAL'],
  ['a fd of /dev/null', pin('/b/new', 0), 'EINVAL'],
  ['a taken name', pin('/b/m'), 'EEXIST'],
  ['a taken name and a closed fd', pin('/b/m', 9), 'EINVAL'],
  ['a missing parent', pin('/b/none/x'), 'ENOENT'],
  ['a pin as parent', pin('/b/m/x'), 'ENOTDIR'],
  ['outside any bpffs', pin('/c/x'), 'EPERM'],
  ['a file outside any bpffs', pin('/file'), 'EEXIST'],
  ['a name with a dot', pin('/b/a.b'), 'EPERM'],
  ['a name that is a dot', pin('/b/.'), 'EEXIST'],
  ['a way through ..', pin('/b/d/../new'), 0],
  ['two slashes', pin('/b//new'), 0],
  ['a slash after a fresh name', pin('/b/new/'), 'ENOENT'],
  ['a slash after a pin', pin('/b/m/'), 'EEXIST'],
  ['the mount point', pin('/b'), 'EEXIST'],
  ['the root', pin('/'), 'EEXIST'],
  ['the empty path', pin(''), 'ENOENT'],
  ['a name of 255 bytes', pin(`/b/${longName.slice(1)}`), 0],
  ['a name of 256 bytes', pin(`/b/${longName}`), 'ENAMETOOLONG'],
  ['a name of 256 bytes with a dot', pin(`/b/.${longName}`.slice(0, 259)), 'EPERM'],
  ['a path of 4095 bytes', pin(padded(4095, 'new')), 0],
  ['a path of 4096 bytes', pin(padded(4096, 'new')), 'ENAMETOOLONG'],
  ['a path of 20000 bytes', pin(padded(20_000, 'new')), 'ENAMETOOLONG'],
  ['a NULL path', pin(null), 'EFAULT'],
  ['a NULL path and a closed fd', pin(null, 9), 'EINVAL'],
  ['a name in UTF-8', pin('/b/größe'), 0],
  ['a name with control characters', pin('/b/a\n\u0001 b'), 0],
];

const getCases: readonly Case[] = [
  ['a map', get('/b/m'), 5],
  ['a program', get('/b/p'), 5],
  ['a missing name', get('/b/none'), 'ENOENT'],
  ['a missing parent', get('/b/none/x'), 'ENOENT'],
  ['a missing name with a dot', get('/b/a.b'), 'EPERM'],
  ['a directory', get('/b/d'), 'EACCES'],
  ['the root of the bpffs', get('/b'), 'EACCES'],
  ['a slash after a pin', get('/b/m/'), 'ENOTDIR'],
  ['a name below a pin', get('/b/m/x'), 'ENOTDIR'],
  ['a file outside any bpffs', get('/file'), 'EACCES'],
  ['a NULL path', get(null), 'EFAULT'],
  ['the empty path', get(''), 'ENOENT'],
  ['a name of 256 bytes', get(`/b/${longName}`), 'ENAMETOOLONG'],
];

const fileCases: readonly Case[] = [
  ['mkdir of a fresh name', { call: 'mkdir', path: '/b/new' }, 0],
  ['mkdir with a slash at the end', { call: 'mkdir', path: '/b/new/' }, 0],
  ['mkdir over a directory', { call: 'mkdir', path: '/b/d' }, 'EEXIST'],
  ['mkdir over a pin', { call: 'mkdir', path: '/b/m' }, 'EEXIST'],
  ['mkdir of a name with a dot', { call: 'mkdir', path: '/b/a.b' }, 'EPERM'],
  ['mkdir without parent', { call: 'mkdir', path: '/b/none/x' }, 'ENOENT'],
  ['mkdir below a pin', { call: 'mkdir', path: '/b/m/x' }, 'ENOTDIR'],
  ['mkdir of 256 bytes', { call: 'mkdir', path: `/b/${longName}` }, 'ENAMETOOLONG'],
  ['rmdir of a directory with a pin', { call: 'rmdir', path: '/b/d' }, 'ENOTEMPTY'],
  ['rmdir of nothing', { call: 'rmdir', path: '/b/none' }, 'ENOENT'],
  ['rmdir of a pin', { call: 'rmdir', path: '/b/m' }, 'ENOTDIR'],
  ['rmdir of a mount point', { call: 'rmdir', path: '/b' }, 'EBUSY'],
  ['rmdir of .', { call: 'rmdir', path: '/b/d/.' }, 'EINVAL'],
  ['rmdir of ..', { call: 'rmdir', path: '/b/d/..' }, 'ENOTEMPTY'],
  ['unlink of a pin', { call: 'unlink', path: '/b/m' }, 0],
  ['unlink of a directory', { call: 'unlink', path: '/b/d' }, 'EISDIR'],
  ['unlink of nothing', { call: 'unlink', path: '/b/none' }, 'ENOENT'],
  ['unlink with a slash at the end', { call: 'unlink', path: '/b/m/' }, 'ENOTDIR'],
  ['unlink of a missing name with a dot', { call: 'unlink', path: '/b/a.b' }, 'EPERM'],
];

const mountCases: readonly Case[] = [
  ['mount on nothing', { call: 'mount', target: '/none' }, 'ENOENT'],
  ['mount on a file', { call: 'mount', target: '/file' }, 'ENOTDIR'],
  ['mount in a bpffs', { call: 'mount', target: '/b/d' }, 0],
  ['mount again', { call: 'mount', target: '/b' }, 0],
  ['mount on NULL', { call: 'mount', target: null }, 'EFAULT'],
  ['bind of a pin on a file', { call: 'bind', source: '/b/m', target: '/file' }, 0],
  ['bind of a pin on a directory', { call: 'bind', source: '/b/m', target: '/c' }, 'ENOTDIR'],
  ['bind of NULL', { call: 'bind', source: null, target: '/c' }, 'EINVAL'],
  ['umount', { call: 'umount2', target: '/b', flag: 'none' }, 0],
  ['lazy umount', { call: 'umount2', target: '/b', flag: 'MNT_DETACH' }, 0],
  ['umount of a directory', { call: 'umount2', target: '/c', flag: 'none' }, 'EINVAL'],
  ['umount of a pin', { call: 'umount2', target: '/b/m', flag: 'none' }, 'EINVAL'],
  ['umount of nothing', { call: 'umount2', target: '/none', flag: 'none' }, 'ENOENT'],
];

const update = (fd: number, key: number, flag: 'BPF_ANY' | 'BPF_NOEXIST' | 'BPF_EXIST'): Call => ({
  call: 'BPF_MAP_UPDATE_ELEM',
  fd,
  key,
  value: 7,
  flag,
});

const mapCases: readonly Case[] = [
  ['a fresh map', hashMap, 5],
  ['an array with keys of 8 bytes', create({ ...array, keySize: 8 }), 'EINVAL'],
  ['an array of nothing', create({ ...array, maxEntries: 0 }), 'EINVAL'],
  ['an array without values', create({ ...array, valueSize: 0 }), 'EINVAL'],
  ['lookup of no element', { call: 'BPF_MAP_LOOKUP_ELEM', fd: 3, key: 0 }, 'ENOENT'],
  ['lookup in a program', { call: 'BPF_MAP_LOOKUP_ELEM', fd: 4, key: 0 }, 'EINVAL'],
  ['lookup in a closed fd', { call: 'BPF_MAP_LOOKUP_ELEM', fd: 5, key: 0 }, 'EBADF'],
  ['lookup in /dev/null', { call: 'BPF_MAP_LOOKUP_ELEM', fd: 0, key: 0 }, 'EINVAL'],
  ['update of what is not there', update(3, 0, 'BPF_EXIST'), 'ENOENT'],
  ['update of a fresh key', update(3, 0, 'BPF_NOEXIST'), 0],
  ['a program with a closed map', { call: 'BPF_PROG_LOAD', mapFd: 5 }, 'EBADF'],
  ['a program with a program as map', { call: 'BPF_PROG_LOAD', mapFd: 4 }, 'EINVAL'],
  ['close of a closed fd', { call: 'close', fd: 5 }, 'EBADF'],
  ['dup of a closed fd', { call: 'dup', fd: 5 }, 'EBADF'],
];

itAnswersAsMeasured('BPF_OBJ_PIN', prelude, pinCases);
itAnswersAsMeasured('BPF_OBJ_GET', prelude, getCases);
itAnswersAsMeasured('file calls', prelude, fileCases);
itAnswersAsMeasured('mount calls', prelude, mountCases);
itAnswersAsMeasured('map calls', prelude, mapCases);
