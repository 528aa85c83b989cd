/** open(2) that may make a file in a bpffs: its errors in order, on Linux 6.18. */
import type { Call, Open, Path } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import { create } from './short-calls.test-data.ts';

const open = (path: Path, flag: Open['flag']): Call => ({ call: 'open', path, flag });
const symlink = (target: string, path: string): Call => ({ call: 'symlink', target, path });

const prelude: readonly Call[] = [
  { call: 'mount', target: '/b' },
  create('HASH'),
  { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
  { call: 'mkdir', path: '/b/d' },
  { call: 'mkdir', path: '/b/gone' },
  { call: 'bind', source: '/b/gone', target: '/c' },
  { call: 'rmdir', path: '/b/gone' },
  symlink('x', '/b/l'),
  symlink('m', '/b/to-m'),
  symlink('x/', '/b/slash'),
  symlink('l/', '/b/l-slash'),
  symlink('/', '/b/root'),
  symlink('loop', '/b/loop'),
  symlink('x.y', '/b/dotted'),
];

/** What is answered with O_CREAT alone, and with O_EXCL. */
const measured: readonly (readonly [string, Path, string, string])[] = [
  ['a new name', '/b/x', 'EACCES', 'EACCES'],
  ['a pin', '/b/m', 'EIO', 'EEXIST'],
  ['a directory', '/b/d', 'EISDIR', 'EEXIST'],
  ['the root of a mount', '/b', 'EISDIR', 'EEXIST'],
  ['a pin and a slash', '/b/m/', 'EISDIR', 'EISDIR'],
  ['a new name and a slash', '/b/x/', 'EISDIR', 'EISDIR'],
  ['a name with a dot', '/b/x.y', 'EPERM', 'EPERM'],
  ['a name with a dot, and a slash', '/b/x.y/', 'EISDIR', 'EISDIR'],
  ['.', '/b/.', 'EISDIR', 'EEXIST'],
  ['..', '/b/d/..', 'EISDIR', 'EEXIST'],
  ['. and a slash', '/b/d/./', 'EISDIR', 'EEXIST'],
  ['the root', '/', 'EISDIR', 'EEXIST'],
  ['a name too long', `/b/${'n'.repeat(256)}`, 'ENAMETOOLONG', 'ENAMETOOLONG'],
  ['a name too long with a dot', `/b/.${'n'.repeat(256)}`, 'EPERM', 'EPERM'],
  ['a pin as parent', '/b/m/x', 'ENOTDIR', 'ENOTDIR'],
  ['no parent', '/b/none/x', 'ENOENT', 'ENOENT'],
  ['a removed directory', '/c/x', 'ENOENT', 'ENOENT'],
  ['a name with a dot in a removed directory', '/c/x.y', 'ENOENT', 'ENOENT'],
  ['a link to nothing', '/b/l', 'EACCES', 'EEXIST'],
  ['a link to a pin', '/b/to-m', 'EIO', 'EEXIST'],
  ['a link to nothing and a slash', '/b/slash', 'EISDIR', 'EEXIST'],
  ['a link to a link and a slash', '/b/l-slash', 'EISDIR', 'EEXIST'],
  ['a link to the root', '/b/root', 'EISDIR', 'EEXIST'],
  ['a link and a slash', '/b/l/', 'EISDIR', 'EISDIR'],
  ['a link to itself', '/b/loop', 'ELOOP', 'EEXIST'],
  ['below a link to itself', '/b/loop/x', 'ELOOP', 'ELOOP'],
  ['a link to a name with a dot', '/b/dotted', 'EPERM', 'EEXIST'],
  ['an empty path', '', 'ENOENT', 'ENOENT'],
  ['no path', null, 'EFAULT', 'EFAULT'],
];

const cases = measured.flatMap(([what, path, plain, exclusive]): readonly Case[] => [
  [what, open(path, 'O_RDWR|O_CREAT'), plain],
  [`${what}, with O_EXCL`, open(path, 'O_RDWR|O_CREAT|O_EXCL'), exclusive],
]);
itAnswersAsMeasured('open(2) that may make a file', prelude, cases);
