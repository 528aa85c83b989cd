import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import { create, invalid, mountOn, noDirectory, noEntry, pin } from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

const isDirectory = '-1 EISDIR (Is a directory)';
const noAttributes = '-1 EOPNOTSUPP (Operation not supported)';

const truncate = (path: string, length = 0): string => `truncate("${path}", ${length})`;
const touch = (path: string): string => `utimensat(AT_FDCWD, "${path}", NULL, 0)`;
const mark = (path: string, name = 'user.a'): string => `setxattr("${path}", "${name}", "v", 1, 0)`;

describe.each(profileNames)('under %s', (profile) => {
  it('a pin is cut to any length, and stays what it is', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/x', 3)} = 0
      1 mkdir("/a/d", 0755) = 0
      1 ${truncate('/a/x')} = 0
      1 ${truncate('/a/x', 2 ** 31 - 1)} = 0
      1 stat("/a/x", {st_mode=S_IFREG, st_nlink=1}) = 0
      1 ${truncate('/a/d')} = ${isDirectory} ; truncate.is-a-directory
      1 ${truncate('/d')} = ${isDirectory} ; truncate.is-a-directory
      1 ${truncate('/a/y')} = ${noEntry} ; walk.missing
      1 ${truncate('/a/x/')} = ${noDirectory} ; walk.not-a-directory
      1 ${truncate('/a/y', -1)} = ${invalid} ; truncate.negative
      1 truncate(NULL, -1) = ${invalid} ; truncate.negative
      1 truncate(NULL, 0) = -1 EFAULT (Bad address) ; path.fault
      1 ${truncate('/f')} ; bound.host`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('what lies on a bpffs has times', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/x', 3)} = 0
      1 ${touch('/a/x')} = 0
      1 ${touch('/a')} = 0
      1 ${touch('/a/y')} = ${noEntry} ; walk.missing
      1 ${touch('/a/x/')} = ${noDirectory} ; walk.not-a-directory
      1 ${touch('/f')} ; bound.host`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('and no attributes, which is told behind all else', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/x', 3)} = 0
      1 ${mark('/a/x')} = ${noAttributes} ; setxattr.no-attributes
      1 ${mark('/a/x', 'trusted.a')} = ${noAttributes} ; setxattr.no-attributes
      1 ${mark('/a')} = ${noAttributes} ; setxattr.no-attributes
      1 ${mark('/a/y')} = ${noEntry} ; walk.missing
      1 ${mark('/a/x/')} = ${noDirectory} ; walk.not-a-directory
      1 ${mark('/f')} ; bound.host`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });
});
