/** Any path, and any call on names; anything that stat can show. */
import * as fc from 'fast-check';
import type { Path } from '../model/vocabulary/index.ts';
import { statValue } from '../model/vocabulary/index.ts';
import { descriptor, word } from './arbitrary-numbers.test-data.ts';

export const name = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((text) => text.replaceAll('\0', '0'));

/** Bytes whose escapes are shorter or longer, before what could be taken for a part of them. */
export const escaped = fc.string({
  unit: fc.constantFrom('\u0001', '\u001f', '\ufeff', '\n', '"', '\\', '0', '7', '8', 'x', 'n'),
  maxLength: 6,
});

export const path: fc.Arbitrary<Path> = fc.oneof(
  fc.constantFrom('/mnt/a', '', null),
  name,
  escaped,
);

/** AT_FDCWD is no descriptor of a directory. */
export const dirFd = descriptor.filter((fd) => fd !== -100);
const at = { path, dirFd };
const both = { from: path, to: path, fromFd: dirFd, toFd: dirFd };

export const nameCalls = {
  chdir: fc.record({ call: fc.constant('chdir'), path }),
  fchdir: fc.record({ call: fc.constant('fchdir'), fd: descriptor }),
  mkdir: fc.record({ call: fc.constant('mkdir'), ...at }, { requiredKeys: ['call', 'path'] }),
  rmdir: fc.record({ call: fc.constant('rmdir'), ...at }, { requiredKeys: ['call', 'path'] }),
  unlink: fc.record({ call: fc.constant('unlink'), ...at }, { requiredKeys: ['call', 'path'] }),
  link: fc.record({ call: fc.constant('link'), ...both }, { requiredKeys: ['call', 'from', 'to'] }),
  linkat: fc.record(
    { call: fc.constant('linkat'), fd: descriptor, toFd: dirFd, to: path },
    { requiredKeys: ['call', 'fd', 'to'] },
  ),
  rename: fc.record(
    { call: fc.constant('rename'), ...both },
    { requiredKeys: ['call', 'from', 'to'] },
  ),
  renameat2: fc.record(
    {
      call: fc.constant('renameat2'),
      ...both,
      flag: fc.constantFrom(
        ...(['RENAME_NOREPLACE', 'RENAME_EXCHANGE', 'RENAME_WHITEOUT'] as const),
        'RENAME_NOREPLACE|RENAME_EXCHANGE',
      ),
    },
    { requiredKeys: ['call', 'from', 'to', 'flag'] },
  ),
  symlink: fc.record(
    { call: fc.constant('symlink'), target: path, ...at },
    { requiredKeys: ['call', 'target', 'path'] },
  ),
  mknod: fc.record(
    {
      call: fc.constant('mknod'),
      ...at,
      type: fc.constantFrom('S_IFREG', 'S_IFIFO', 'S_IFCHR'),
    },
    { requiredKeys: ['call', 'path', 'type'] },
  ),
  stat: fc.record({ call: fc.constant('stat'), ...at }, { requiredKeys: ['call', 'path'] }),
  truncate: fc.record({
    call: fc.constant('truncate'),
    path,
    length: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  }),
  readdir: fc.record({ call: fc.constant('readdir'), path }),
  utimensat: fc.record({ call: fc.constant('utimensat'), path }),
  setxattr: fc.record({
    call: fc.constant('setxattr'),
    path,
    name: fc.constantFrom('user.a', 'trusted.a'),
  }),
} as const;

export const shown = fc
  .record({ kind: fc.constantFrom('directory', 'file'), nlink: word })
  .map(statValue);
