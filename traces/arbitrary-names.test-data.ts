/** Any path, and any call on names; anything that stat can show. */
import * as fc from 'fast-check';
import type { Path } from '../model/vocabulary/index.ts';
import { statValue } from '../model/vocabulary/index.ts';
import { word } from './arbitrary-numbers.test-data.ts';

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

export const nameCalls = {
  mkdir: fc.record({ call: fc.constant('mkdir'), path }),
  rmdir: fc.record({ call: fc.constant('rmdir'), path }),
  unlink: fc.record({ call: fc.constant('unlink'), path }),
  link: fc.record({ call: fc.constant('link'), from: path, to: path }),
  rename: fc.record({ call: fc.constant('rename'), from: path, to: path }),
  renameat2: fc.record({
    call: fc.constant('renameat2'),
    from: path,
    to: path,
    flag: fc.constantFrom(
      ...(['RENAME_NOREPLACE', 'RENAME_EXCHANGE', 'RENAME_WHITEOUT'] as const),
      'RENAME_NOREPLACE|RENAME_EXCHANGE',
    ),
  }),
  symlink: fc.record({ call: fc.constant('symlink'), target: path, path }),
  mknod: fc.record({
    call: fc.constant('mknod'),
    path,
    type: fc.constantFrom('S_IFREG', 'S_IFIFO', 'S_IFCHR'),
  }),
  stat: fc.record({ call: fc.constant('stat'), path }),
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
