/** link, rename, renameat2, symlink, mknod and stat in a bpffs: their errors in order, on Linux 6.18. */
import type { Call } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import {
  bind,
  exchange,
  impossible,
  makeDirectory,
  mount,
  name,
  node,
  noReplace,
  pin,
  rename,
  shown,
  stat,
  symlink,
  whiteout,
} from './name-calls.test-data.ts';
import { hashMap } from './session.test-data.ts';
import { removeDirectory } from './short-calls.test-data.ts';

/** fd 3 and 4: maps. /b/x is also /b/x2, /b/e a mount point, /c/sub what was /b/gone. */
const prelude: readonly Call[] = [
  ...[hashMap, hashMap, mount('/b'), pin('/b/x'), pin('/b/y', 4), name('/b/x', '/b/x2')],
  ...[makeDirectory('/b/d'), makeDirectory('/b/d/s'), pin('/b/d/p')],
  ...[makeDirectory('/b/e'), mount('/b/e'), makeDirectory('/b/empty')],
  ...[makeDirectory('/b/gone'), bind('/b/gone', '/c/sub'), removeDirectory('/b/gone')],
];
const long = 'n'.repeat(256);
const padded = (bytes: number): string => `/b${'/'.repeat(bytes - 3)}x`;

const linkCases: readonly Case[] = [
  ['another name', name('/b/x', '/b/new'), 0],
  ['no path', name(null, null), 'EFAULT'],
  ['an empty path', name('', null), 'ENOENT'],
  ['a path too long', name(padded(4096), null), 'ENAMETOOLONG'],
  ['a missing one, before no new path', name('/b/none', null), 'ENOENT'],
  ['a slash after a pin, before no new path', name('/b/x/', null), 'ENOTDIR'],
  ['no new path', name('/b/x', null), 'EFAULT'],
  ['a missing parent', name('/b/x', '/b/none/n'), 'ENOENT'],
  ['a pin as parent', name('/b/x', '/b/y/n'), 'ENOTDIR'],
  ['over a pin', name('/b/x', '/b/y'), 'EEXIST'],
  ['over itself', name('/b/x', '/b/x'), 'EEXIST'],
  ['over a directory with a slash', name('/b/x', '/b/d/'), 'EEXIST'],
  ['over .', name('/b/x', '/b/d/.'), 'EEXIST'],
  ['over the root', name('/b/x', '/'), 'EEXIST'],
  ['a name with a dot', name('/b/x', '/b/q.q'), 'EPERM'],
  ['a name with a dot, in another mount', name('/b/x', '/b/e/q.q'), 'EPERM'],
  ['a name too long, in another mount', name('/b/x', `/b/e/${long}`), 'ENAMETOOLONG'],
  ['a slash after a new name, in another mount', name('/b/x', '/b/e/n/'), 'ENOENT'],
  ['another mount', name('/b/x', '/b/e/n'), 'EXDEV'],
  ['the same instance by another mount', name('/b/d', '/c/sub/n'), 'ENOENT'],
  ['a name with a dot in a removed directory', name('/b/x', '/c/sub/q.q'), 'ENOENT'],
  ['a name too long in a removed directory', name('/b/x', `/c/sub/${long}`), 'ENOENT'],
  ['a directory to another mount', name('/b/d', '/b/e/n'), 'EXDEV'],
  ['a directory', name('/b/d', '/b/n'), 'EPERM'],
  ['a directory as .', name('/b/.', '/b/n'), 'EPERM'],
  ['the root of another mount', name('/b/e', '/b/n'), 'EXDEV'],
  ['to the tree of the host', name('/b/x', '/c/n'), 'EXDEV'],
  ['from the tree of the host', name('/file', '/b/n'), 'EXDEV'],
];
itAnswersAsMeasured('link', prelude, linkCases);

const renameCases: readonly Case[] = [
  ['a pin', rename('/b/x', '/b/new'), 0],
  ['a pin over a pin', rename('/b/x', '/b/y'), 0],
  ['a directory', rename('/b/d', '/b/new/'), 0],
  ['a directory over an empty one', rename('/b/d/', '/b/empty/'), 0],
  ['no path', rename(null, null), 'EFAULT'],
  ['a missing parent, before no new path', rename('/b/none/x', null), 'ENOENT'],
  ['a missing one, but no new path', rename('/b/none', null), 'EFAULT'],
  ['a missing new parent', rename('/b/none', '/b/y/n'), 'ENOTDIR'],
  ['., to another mount', rename('/b/d/.', '/b/e/n'), 'EXDEV'],
  ['a missing one, to another mount', rename('/b/none', '/b/e/n'), 'EXDEV'],
  ['to a removed directory', rename('/b/x', '/c/sub/n'), 'EXDEV'],
  ['.', rename('/b/d/.', '/b/d/..'), 'EBUSY'],
  ['a missing one, over .', rename('/b/none', '/b/.'), 'EBUSY'],
  ['a name with a dot', rename('/b/q.q', `/b/${long}`), 'EPERM'],
  ['a missing one, to a name with a dot', rename('/b/none', '/b/q.q'), 'ENOENT'],
  ['to a name with a dot', rename('/b/x/', '/b/q.q'), 'EPERM'],
  ['a name with a dot in a removed directory', rename('/c/sub/q.q', '/c/sub/n'), 'ENOENT'],
  ['a slash after a pin', rename('/b/x/', '/b/new'), 'ENOTDIR'],
  ['a slash after a new name of a pin', rename('/b/x', '/b/new/'), 'ENOTDIR'],
  ['a slash after its own name', rename('/b/x', '/b/x/'), 'ENOTDIR'],
  ['into itself', rename('/b/d', '/b/d/n'), 'EINVAL'],
  ['over what is in it', rename('/b/d', '/b/d/p'), 'EINVAL'],
  ['over its directory', rename('/b/d/p', '/b/d'), 'ENOTEMPTY'],
  ['over itself', rename('/b/x', '/b/x'), 0],
  ['over its other name', rename('/b/x', '/b/x2'), 0],
  ['a mount point over itself', rename('/b/e', '/b/e'), 0],
  ['a directory over a pin', rename('/b/d', '/b/x'), 'ENOTDIR'],
  ['a pin over a mount point', rename('/b/x', '/b/e'), 'EISDIR'],
  ['a mount point over a pin', rename('/b/e', '/b/x'), 'ENOTDIR'],
  ['a directory over a mount point', rename('/b/empty', '/b/e'), 'EBUSY'],
  ['a mount point over a directory in use', rename('/b/e', '/b/d'), 'EBUSY'],
  ['a mount point', rename('/b/e', '/b/new'), 'EBUSY'],
  ['over a directory in use', rename('/b/empty', '/b/d'), 'ENOTEMPTY'],
];
itAnswersAsMeasured('rename', prelude, renameCases);

const flagCases: readonly Case[] = [
  ['flags that exclude each other, before no path', impossible(null, null), 'EINVAL'],
  ['no path', whiteout(null, null), 'EFAULT'],
  ['a new name', noReplace('/b/x', '/b/new'), 0],
  ['a taken name', noReplace('/b/x', '/b/y'), 'EEXIST'],
  ['its own name', noReplace('/b/x', '/b/x'), 'EEXIST'],
  ['a mount point with a slash', noReplace('/b/x/', '/b/e/'), 'EEXIST'],
  ['over .', noReplace('/b/none', '/b/.'), 'EEXIST'],
  ['., over .', noReplace('/b/.', '/b/.'), 'EBUSY'],
  ['a missing one', noReplace('/b/none', '/b/y'), 'ENOENT'],
  ['to another mount', noReplace('/b/.', '/b/e/.'), 'EXDEV'],
  ['exchanged pins', exchange('/b/x', '/b/y'), 0],
  ['exchanged with a directory', exchange('/b/x', '/b/d/'), 0],
  ['exchanged with its other name', exchange('/b/x', '/b/x2'), 0],
  ['exchanged with nothing', exchange('/b/x/', '/b/none/'), 'ENOENT'],
  ['exchanged with a name with a dot', exchange('/b/x', '/b/q.q'), 'EPERM'],
  ['exchanged with a slash after a pin', exchange('/b/d', '/b/x/'), 'ENOTDIR'],
  ['exchanged, from a slash after a pin', exchange('/b/x/', '/b/y'), 'ENOTDIR'],
  ['exchanged with what is in it', exchange('/b/d', '/b/d/s'), 'EINVAL'],
  ['exchanged with its directory', exchange('/b/d/s', '/b/d'), 'EINVAL'],
  ['exchanged with a mount point', exchange('/b/x', '/b/e'), 'EBUSY'],
  ['a whiteout', whiteout('/b/x', '/b/new'), 'EINVAL'],
  ['a whiteout over its other name', whiteout('/b/x', '/b/x2'), 0],
  ['a whiteout of a mount point', whiteout('/b/e', '/b/new'), 'EBUSY'],
  ['a whiteout over a directory in use', whiteout('/b/empty', '/b/d'), 'EINVAL'],
  ['a whiteout of nothing', whiteout('/b/none', '/b/new'), 'ENOENT'],
];
itAnswersAsMeasured('renameat2', prelude, flagCases);

const symlinkCases: readonly Case[] = [
  ['to anything', symlink('no/such.thing', '/b/new'), 0],
  ['no target, before no path', symlink(null, null), 'EFAULT'],
  ['an empty target, before no path', symlink('', null), 'ENOENT'],
  ['a target of 4095 bytes', symlink('t'.repeat(4095), '/b/new'), 0],
  ['a target of 4096 bytes', symlink('t'.repeat(4096), null), 'ENAMETOOLONG'],
  ['a target of 20000 bytes', symlink('t'.repeat(20_000), '/b/new'), 'ENAMETOOLONG'],
  ['no path', symlink('x', null), 'EFAULT'],
  ['a taken name', symlink('x', '/b/y/'), 'EEXIST'],
  ['a slash after a new name', symlink('x', '/b/new/'), 'ENOENT'],
  ['a name with a dot', symlink('x', '/b/q.q/'), 'EPERM'],
  ['a removed directory', symlink('x', '/c/sub/q.q'), 'ENOENT'],
];
itAnswersAsMeasured('symlink', prelude, symlinkCases);

const nodeCases: readonly Case[] = [
  ['a file', node('/b/new'), 'EACCES'],
  ['a pipe', node('/b/new', 'S_IFIFO'), 'EPERM'],
  ['a device', node('/b/new', 'S_IFCHR'), 'EPERM'],
  ['a taken name', node('/b/y', 'S_IFIFO'), 'EEXIST'],
  ['a taken name with a slash', node('/b/y/'), 'EEXIST'],
  ['the root', node('/b'), 'EEXIST'],
  ['.', node('/b/d/.'), 'EEXIST'],
  ['a slash after a new name', node('/b/new/', 'S_IFIFO'), 'ENOENT'],
  ['a name with a dot', node('/b/q.q'), 'EPERM'],
  ['a name with a dot and a slash', node('/b/q.q/'), 'EPERM'],
  ['a name too long', node(`/b/${long}`), 'ENAMETOOLONG'],
  ['a pin as parent', node('/b/y/n'), 'ENOTDIR'],
  ['a removed directory', node('/c/sub/n'), 'ENOENT'],
  ['no path', node(null), 'EFAULT'],
];
itAnswersAsMeasured('mknod', prelude, nodeCases);

const statCases: readonly Case[] = [
  ['a pin of two names', stat('/b/x'), shown('file', 2)],
  ['a pin of one', stat('/b/y'), shown('file', 1)],
  ['a directory with one in it', stat('/b/d'), shown('directory', 3)],
  ['a directory without', stat('/b/d/s/'), shown('directory', 2)],
  ['a root, in which are d, e and empty', stat('/b'), shown('directory', 5)],
  ['what is mounted', stat('/b/e'), shown('directory', 2)],
  ['a removed directory', stat('/c/sub'), shown('directory', 0)],
  ['no path', stat(null), 'EFAULT'],
  ['a missing one', stat('/b/none'), 'ENOENT'],
  ['a slash after a pin', stat('/b/x/'), 'ENOTDIR'],
  ['a name with a dot', stat('/b/q.q'), 'EPERM'],
];
itAnswersAsMeasured('stat', prelude, statCases);

const removedPin = [...prelude, bind('/b/y', '/file'), rename('/b/x', '/b/y')];
itAnswersAsMeasured('of a pin that was renamed over and is still mounted, calls', removedPin, [
  ['stat', stat('/file'), shown('file', 0)],
  ['link', name('/file', '/b/n'), 'EXDEV'],
  ['stat of what took its place', stat('/b/y'), shown('file', 2)],
]);
itAnswersAsMeasured(
  'after directories moved, stat',
  [...prelude, rename('/b/d/s', '/b/empty/s'), exchange('/b/empty/s', '/b/y')],
  [
    ['of where it was', stat('/b/d'), shown('directory', 2)],
    ['of where it was then', stat('/b/empty'), shown('directory', 2)],
    ['of where it is', stat('/b'), shown('directory', 6)],
    ['of it', stat('/b/y'), shown('directory', 2)],
    ['of what took its place', stat('/b/empty/s'), shown('file', 1)],
  ],
);
