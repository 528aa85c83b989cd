import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import {
  create,
  exists,
  mountOn,
  noDirectory,
  noEntry,
  noNumber,
  open,
  pin,
} from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

const noFile = '-1 EACCES (Permission denied)';
const isDirectory = '-1 EISDIR (Is a directory)';
const noDots = '-1 EPERM (Operation not permitted)';
const tooLong = '-1 ENAMETOOLONG (File name too long)';
const [make, makeNew] = ['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const;

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile), text)).toBe(lines(text));
}

const before = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 mkdir("/a/d", 0755) = 0`;

const pinAnswer = (profile: ProfileName): string =>
  profiles[profile].pinOpen === 'EIO'
    ? '-1 EIO (Input/output error)'
    : '-1 ENXIO (No such device or address)';

describe.each(profileNames)('open(2) that may make a file, under %s', (profile) => {
  const is = profiles[profile];
  const noPinOpen = pinAnswer(profile);

  it('makes none on a bpffs', () => {
    const dotted = is.dotCheck === 'at-lookup';
    check(
      profile,
      `${before}
      1 ${open('/a/x', make)} = ${noFile} ; open.no-file
      1 ${open('/a/x', makeNew)} = ${noFile} ; open.no-file
      1 ${open('/a/x/', make)} = ${isDirectory} ; open.new-with-slash
      1 ${open('/a/m/', makeNew)} = ${isDirectory} ; open.new-with-slash
      1 ${open('/a/x.y', make)} = ${dotted ? noDots : noFile} ; open.${dotted ? 'new-dotted' : 'no-file'}
      1 ${open(`/a/${'n'.repeat(256)}`, make)} = ${tooLong} ; open.new-name-too-long
      1 ${open('/a/y/x', make)} = ${noEntry} ; walk.missing
      1 ${open('/a/m/x', make)} = ${noDirectory} ; walk.not-a-directory
      1 ${open('/x', make)} ; bound.host
      1 ${open('/dev/null', make)} ; bound.dev`,
    );
  });

  it('finds what is there', () => {
    const without = is.exclusive === 'anything' ? exists : isDirectory;
    const row = is.exclusive === 'anything' ? 'exists' : 'is-a-directory';
    check(
      profile,
      `${before}
      1 ${open('/a/m', make)} = ${noPinOpen} ; open.pin
      1 ${open('/a/m', makeNew)} = ${exists} ; open.exists
      1 ${open('/a/d', make)} = ${isDirectory} ; open.is-a-directory
      1 ${open('/a/d', makeNew)} = ${exists} ; open.exists
      1 ${open('/a/d/.', make)} = ${isDirectory} ; open.is-a-directory
      1 ${open('/a/d/..', makeNew)} = ${without} ; open.${row}
      1 ${open('/', makeNew)} = ${without} ; open.${row}
      1 ${open('/a', makeNew)} = ${exists} ; open.exists
      1 ${open('/f', make)} ; bound.open
      1 ${open('/f', makeNew)} = ${exists} ; open.exists`,
    );
  });

  it('looks no name up where a directory was removed', () => {
    check(
      profile,
      `${before}
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/d") = 0
      1 ${open('/b/x', make)} = ${noEntry} ; open.in-removed-directory
      1 ${open('/b/x.y', makeNew)} = ${noEntry} ; open.in-removed-directory
      1 ${open('/b/x/', make)} = ${isDirectory} ; open.new-with-slash`,
    );
  });

  it('wants a number before it walks', () => {
    check(
      profile,
      `${before}
      1 dup(3) = 4
      1 dup(3) = 5
      1 dup(3) = 6
      1 ${open('/a/x', make)} = ${noNumber} ; open.no-descriptor
      1 ${open(null, make)} = -1 EFAULT (Bad address) ; path.fault`,
    );
  });
});

const withLinks = profileNames.filter((profile) => profiles[profile].symlinks !== 'none');

describe.each(withLinks)(
  'open(2) that may make a file, under %s, where there are symbolic links,',
  (profile) => {
    const noPinOpen = pinAnswer(profile);

    it('follows symbolic links to where it would, but for O_EXCL', () => {
      check(
        profile,
        `${before}
      1 symlink("x", "/a/l") = 0
      1 symlink("m", "/a/to-m") = 0
      1 symlink("x/", "/a/slash") = 0
      1 symlink("l/", "/a/l-slash") = 0
      1 symlink("/", "/a/root") = 0
      1 symlink("loop", "/a/loop") = 0
      1 symlink("x.y", "/a/dotted") = 0
      1 ${open('/a/l', make)} = ${noFile} ; open.no-file
      1 ${open('/a/to-m', make)} = ${noPinOpen} ; open.pin
      1 ${open('/a/slash', make)} = ${isDirectory} ; open.new-with-slash
      1 ${open('/a/l-slash', make)} = ${isDirectory} ; open.new-with-slash
      1 ${open('/a/root', make)} = ${isDirectory} ; open.is-a-directory
      1 ${open('/a/dotted', make)} = ${noDots} ; open.new-dotted
      1 ${open('/a/loop', make)} = -1 ELOOP (Too many levels of symbolic links) ; walk.loop
      1 ${open('/a/loop/x', makeNew)} = -1 ELOOP (Too many levels of symbolic links) ; walk.loop
      1 ${open('/a/l', makeNew)} = ${exists} ; open.exists
      1 ${open('/a/loop', makeNew)} = ${exists} ; open.exists
      1 ${open('/a/root', makeNew)} = ${exists} ; open.exists
      1 ${open('/a/root/', makeNew)} = ${isDirectory} ; open.new-with-slash`,
      );
    });
  },
);
