import { describe, expect, it } from 'vitest';
import { profileNames, profiles } from '../index.ts';
import { pin, renameat2 } from '../lines.test-data.ts';
import {
  worldOf,
  denied,
  refused,
  chmod,
  chown,
  mkdir,
  recent,
  started,
  openTo,
} from './permission-lines.test-data.ts';
import { lines, replayed } from '../replayed.test-data.ts';

const renaming = profileNames.filter((name) => profiles[name].nameOps === 'built-in');

describe.each(renaming)('names that move under %s', (profile) => {
  it('are removed from one directory and made in another', () => {
    const text = `${started}
      1 ${mkdir('/a/e')} = 0
      1 ${chmod('/a/e', '0777')} = 0
      2 ${pin('/a/y', 3)} = 0
      2 rename("/a/d/x", "/a/e/x") = ${denied} ; rename.from-denied
      2 rename("/a/x", "/a/e/x") = ${refused} ; rename.from-sticky
      2 rename("/a/y", "/a/d/y") = ${denied} ; rename.to-denied
      2 rename("/a/y", "/a/x") = ${refused} ; rename.to-sticky
      2 rename("/a/y", "/a/d") = ${refused} ; rename.to-sticky
      2 rename("/a/x", "/a/x") = 0
      2 rename("/a/y", "/a/e/y") = 0
      1 ${mkdir('/a/e/d')} = 0
      2 rename("/a/e/d", "/a/f") = ${denied} ; rename.directory-denied
      2 rename("/a/e/d", "/a/e/f") = 0`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });

  it('are linked where the machine does not decide, and the directory is open', () => {
    const text = `${started}
      2 link("/a/x", "/a/y") ; bound.protected-hardlinks
      2 link("/a/x", "/a/d/x") = -1 EEXIST (File exists) ; hard-link.name-taken
      2 link("/a/d", "/a/y") ; bound.protected-hardlinks
      1 ${chmod('/a/x', '0666')} = 0
      2 link("/a/x", "/a/d/y") = ${denied} ; hard-link.denied
      2 link("/a/x", "/a/y") = 0
      1 ${chown('/a/d', 65534)} = 0
      2 link("/a/d", "/a/z") = ${refused} ; hard-link.directory`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });
});

describe.each(recent)('names that change places under %s', (profile) => {
  it('are both removed', () => {
    const text = `${started}
      2 ${pin('/a/y', 3)} = 0
      2 ${mkdir('/a/e')} = 0
      2 ${pin('/a/e/x', 3)} = 0
      1 ${mkdir('/a/e/d')} = 0
      2 ${renameat2('/a/d/x', '/a/y', 'RENAME_EXCHANGE')} = ${denied} ; renameat2.from-denied
      2 ${renameat2('/a/x', '/a/y', 'RENAME_EXCHANGE')} = ${refused} ; renameat2.from-sticky
      2 ${renameat2('/a/y', '/a/d/x', 'RENAME_EXCHANGE')} = ${denied} ; renameat2.to-denied
      2 ${renameat2('/a/y', '/a/x', 'RENAME_EXCHANGE')} = ${refused} ; renameat2.to-sticky
      2 ${renameat2('/a/y', '/a/e/d', 'RENAME_EXCHANGE')} = ${denied} ; renameat2.directory-denied
      2 ${renameat2('/a/y', '/a/e/x', 'RENAME_EXCHANGE')} = 0`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });
});
