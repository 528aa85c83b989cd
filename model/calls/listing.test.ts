import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import { create, mountOn, noDirectory, noEntry, noNumber, pin } from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

const list = (path: string, ...names: readonly string[]): string =>
  `readdir("${path}", [${names.map((name) => `"${name}"`).join(', ')}])`;

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile), text)).toBe(lines(text));
}

const before = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 mkdir("/a/d", 0755) = 0
  1 ${pin('/a/d/x', 3)} = 0`;

describe.each(profileNames)('readdir under %s', (profile) => {
  it('shows the names in a directory of a bpffs, and nothing below them', () => {
    check(
      profile,
      `${before}
      1 ${list('/a', 'd', 'm')} = 2
      1 ${list('/a/d/', 'x')} = 1
      1 unlink("/a/d/x") = 0
      1 ${list('/a/d')} = 0
      1 unlink("/a/m") = 0
      1 ${list('/a', 'd')} = 1`,
    );
  });

  it('shows names, whatever is mounted on them', () => {
    check(
      profile,
      `${before}
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 mount("/b", "/a/m", NULL, MS_BIND, NULL) = -1 ENOTDIR (Not a directory)
      1 ${mountOn('/a/d')} = 0
      1 ${list('/a', 'd', 'm')} = 2
      1 ${list('/b', 'x')} = 1
      1 rmdir("/b/y") = ${noEntry}`,
    );
  });

  it('is refused where there is no directory, or none any more', () => {
    check(
      profile,
      `${before}
      1 ${list('/a/m')} = ${noDirectory} ; readdir.not-a-directory
      1 ${list('/a/m/')} = ${noDirectory} ; walk.not-a-directory
      1 ${list('/f')} = ${noDirectory} ; readdir.not-a-directory
      1 ${list('/a/none')} = ${noEntry} ; walk.missing
      1 ${list('/')} ; bound.host
      1 unlink("/a/d/x") = 0
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/d") = 0
      1 ${list('/b')} = ${noEntry} ; readdir.removed-directory`,
    );
  });

  it('wants a number before it walks, which it gives back', () => {
    check(
      profile,
      `${before}
      1 dup(3) = 4
      1 dup(3) = 5
      1 ${list('/a', 'd', 'm')} = 2
      1 dup(3) = 6
      1 ${list('/a')} = ${noNumber} ; readdir.no-descriptor
      1 ${list('/none')} = ${noNumber} ; readdir.no-descriptor
      1 readdir(NULL, []) = -1 EFAULT (Bad address) ; path.fault`,
    );
  });
});

const withLinks = profileNames.filter((profile) => profiles[profile].symlinks !== 'none');

describe.each(withLinks)('readdir under %s, where there are symbolic links,', (profile) => {
  it('shows links, and follows one at the end', () => {
    check(
      profile,
      `${before}
      1 symlink("d", "/a/l") = 0
      1 symlink("none", "/a/k") = 0
      1 ${list('/a', 'd', 'k', 'l', 'm')} = 4
      1 ${list('/a/l', 'x')} = 1
      1 ${list('/a/k')} = ${noEntry} ; walk.missing`,
    );
  });
});
