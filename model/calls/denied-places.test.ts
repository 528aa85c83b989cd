import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import { lines, replayed } from '../replayed.test-data.ts';
import {
  become,
  chmod,
  chown,
  denied,
  isDirectory,
  invalid,
  openTo,
  refused,
  started,
} from './permission-lines.test-data.ts';

const truncate = (path: string, length = 0): string => `truncate("${path}", ${length})`;
const touch = (path: string): string => `utimensat(AT_FDCWD, "${path}", NULL, 0)`;
const mark = (path: string, name = 'user.a'): string => `setxattr("${path}", "${name}", "v", 1, 0)`;
const noAttributes = '-1 EOPNOTSUPP (Operation not supported)';
const owned = `${started}
      1 ${chown('/a/x', 65534)} = 0`;

describe.each(profileNames)('a user under %s', (profile) => {
  const check = (text: string): void => {
    expect(replayed(openTo(profile, { directories: 1 }), text)).toBe(lines(text));
  };

  it('enters directories that it may search', () => {
    check(`${started}
      1 ${chmod('/a/d', '0666')} = 0
      2 chdir("/a") = 0
      2 chdir("d") = ${denied} ; chdir.denied
      2 openat(AT_FDCWD, "/a/d", O_RDONLY|O_DIRECTORY) = 4
      2 fchdir(4) = ${denied} ; fchdir.denied
      1 chdir("/a/d") = 0
      1 ${chmod('/a/d', '0711')} = 0
      2 fchdir(4) = 0`);
  });

  it('cuts files that it may write, whatever else is wrong with them', () => {
    check(`${owned}
      2 ${truncate('/a/d/x')} = ${denied} ; truncate.denied
      2 ${truncate('/a/d')} = ${isDirectory} ; truncate.is-a-directory
      2 ${truncate('/a/d/x', -1)} = ${invalid} ; truncate.negative
      2 ${truncate('/a/x')} = 0`);
  });

  it('touches what is its own, or what it may write', () => {
    check(`${owned}
      2 ${touch('/a/d')} = ${denied} ; utimensat.denied
      2 ${touch('/a/d/x')} = ${denied} ; utimensat.denied
      1 ${chmod('/a/d/x', '0666')} = 0
      2 ${touch('/a/d/x')} = 0
      1 ${chmod('/a/x', '000')} = 0
      2 ${touch('/a/x')} = 0`);
  });

  it('is told that there are no attributes where it could have set one', () => {
    check(`${owned}
      2 ${mark('/a/d/x', 'trusted.a')} = ${refused} ; setxattr.unprivileged
      2 ${mark('/a/x', 'trusted.a')} = ${refused} ; setxattr.unprivileged
      2 ${mark('/a')} = ${refused} ; setxattr.sticky
      2 ${mark('/a/d/x')} = ${denied} ; setxattr.denied
      2 ${mark('/a/d')} = ${denied} ; setxattr.denied
      2 ${mark('/a/x')} = ${noAttributes} ; setxattr.no-attributes`);
  });

  it('lists directories that it may read', () => {
    check(`${started}
      1 ${chmod('/a/d', '0711')} = 0
      2 readdir("/a/d", []) = ${denied} ; readdir.denied`);
  });

  it('links no open file', () => {
    check(`${started}
      2 openat(AT_FDCWD, "/a/x", O_RDONLY|O_PATH) = 4
      2 linkat(4, "", AT_FDCWD, "/a/n", AT_EMPTY_PATH) ; bound.unprivileged
      1 ${become(0)} = 0`);
  });
});
