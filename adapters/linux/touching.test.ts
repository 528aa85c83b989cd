/** truncate, utimensat and setxattr in a bpffs: their errors in order, on Linux 6.18. */
import type { Call, Path, Setxattr } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { create, load } from './short-calls.test-data.ts';

const truncate = (path: Path, length = 0): Call => ({ call: 'truncate', path, length });
const touch = (path: Path): Call => ({ call: 'utimensat', path });
const mark = (path: Path, name: Setxattr['name'] = 'user.a'): Call => ({
  call: 'setxattr',
  path,
  name,
});

const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  create('HASH'),
  load(),
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
  { call: 'BPF_OBJ_PIN', path: '/b/p', fd: 4 },
  { call: 'mkdir', path: '/b/d' },
  { call: 'symlink', target: 'm', path: '/b/l' },
  { call: 'symlink', target: 'none', path: '/b/k' },
];

const missing: readonly (readonly [string, Path, string])[] = [
  ['nothing', '/b/none', 'ENOENT'],
  ['a link to nothing', '/b/k', 'ENOENT'],
  ['a pin and a slash', '/b/m/', 'ENOTDIR'],
  ['a name with a dot', '/b/q.q', 'EPERM'],
  ['an empty path', '', 'ENOENT'],
  ['no path', null, 'EFAULT'],
];

const cases: readonly Case[] = [
  ['a cut of a map', truncate('/b/m'), 0],
  ['a cut of a program, to a page', truncate('/b/p', 4096), 0],
  ['a cut of a link to a pin', truncate('/b/l'), 0],
  ['a cut of a directory', truncate('/b/d'), 'EISDIR'],
  ['a cut of the root', truncate('/b'), 'EISDIR'],
  ['a cut of a directory of the host', truncate('/'), 'EISDIR'],
  ['a cut to less than nothing', truncate('/b/m', -1), 'EINVAL'],
  ['a cut of nothing to less than nothing', truncate(null, -1), 'EINVAL'],
  ['the times of a pin', touch('/b/m'), 0],
  ['the times of a directory', touch('/b/d'), 0],
  ['the times of a link', touch('/b/l'), 0],
  ['an attribute of a pin', mark('/b/m'), 'EOPNOTSUPP'],
  ['a trusted attribute of a pin', mark('/b/m', 'trusted.a'), 'EOPNOTSUPP'],
  ['an attribute of a directory', mark('/b/d'), 'EOPNOTSUPP'],
  ...missing.flatMap(([what, path, errno]): readonly Case[] => [
    [`a cut of ${what}`, truncate(path), errno],
    [`the times of ${what}`, touch(path), errno],
    [`an attribute of ${what}`, mark(path), errno],
  ]),
];
itAnswersAsMeasured('what changes nothing that is seen', prelude, cases);
