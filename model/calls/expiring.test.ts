import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type Bounds, type ProfileName } from '../index.ts';
import { exists, invalid, mountOn, noEntry } from '../lines.test-data.ts';
import { become } from './permission-lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const again = '-1 EAGAIN (Resource temporarily unavailable)';
const busy = '-1 EBUSY (Device or resource busy)';
const expire = (path: string): string => `umount2("${path}", MNT_EXPIRE)`;
const look = (path: string): string => `stat("${path}", {})`;
const marked = `${again} ; umount.unmarked`;

function check(profile: ProfileName, text: string, more: Partial<Bounds> = {}): void {
  const bounds = { ...roomy, directories: 1, symlinks: 1, expiry: 1, ...more } as const;
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

/** On `/a`, with a mark; whatever comes next may use it. */
const onceAsked = `1 ${mountOn('/a')} = 0
  1 mkdir("/a/e", 0755) = 0
  1 ${expire('/a')} = ${marked}`;

describe.each(profileNames)('MNT_EXPIRE under %s', (profile) => {
  it('marks a mount, and unmounts one that has the mark', () => {
    check(profile, `${onceAsked}\n1 ${expire('/a')} = 0\n1 ${look('/a/e')} = ${noEntry}`);
  });

  it.each([
    ['a look at its root', `1 ${mountOn('/a/e')} = 0\n1 umount2("/a/e", 0) = 0`],
    ['a look at what is not there', `1 ${look('/a/m')} = ${noEntry}`],
    ['a name that cannot be', `1 ${look('/a/e/m/n')} = ${noEntry}`],
    ['a name that was made', '1 mkdir("/a/f", 0755) = 0'],
    ['a name that was there', `1 mkdir("/a/e", 0755) = ${exists}`],
    ['who was in it for a while', '1 chdir("/a/e") = 0\n1 chdir("/") = 0'],
    ['a bind mount of it', '1 mount("/a/e", "/d", NULL, MS_BIND, NULL) = 0'],
    ['a umount2 that finds nothing in it', `1 umount2("/a/m", 0) = ${noEntry}`],
  ])('finds no mark after %s', (_, use) => {
    check(profile, `${onceAsked}\n${use}\n1 ${expire('/a')} = ${marked}\n1 ${expire('/a')} = 0`);
  });

  it.each([
    ['a umount2 of no mount', `1 umount2("/a/e", 0) = ${invalid} ; umount.not-a-mount`],
    ['what is made where it is mounted', `1 mkdir("/a", 0755) = ${exists}`],
    ['what is removed there', `1 rmdir("/a") = ${busy}`],
    ['a source that nobody came to', `1 mount("/a", "/no", NULL, MS_BIND, NULL) = ${noEntry}`],
    ['a copy of its namespace', '1 fork() = 2\n2 unshare(CLONE_NEWNS) = 0'],
    ['a copy with all below', '1 mount("/", "/d", NULL, MS_BIND|MS_REC, NULL) = 0'],
    [
      'a path string that is too long',
      `1 ${look(`/a/${'x'.repeat(4096)}`)} = -1 ENAMETOOLONG (File name too long)`,
    ],
  ])('finds the mark after %s', (_, other) => {
    check(profile, `${onceAsked}\n${other}\n1 ${expire('/a')} = 0`);
  });

  it('has copies begin without a mark', () => {
    check(
      profile,
      `${onceAsked}\n1 fork() = 2\n2 unshare(CLONE_NEWNS) = 0\n2 ${expire('/a')} = ${marked}`,
    );
  });

  it('marks nothing in use', () => {
    check(
      profile,
      `${onceAsked}
      1 chdir("/a") = 0
      1 ${expire('/a')} = ${busy} ; umount.busy
      1 chdir("/") = 0
      1 mount("/d", "/a/e", NULL, MS_BIND, NULL) = 0
      1 ${expire('/a')} = ${busy} ; umount.busy
      1 umount2("/a/e", 0) = 0
      1 ${expire('/a')} = ${marked}`,
    );
  });

  it('is told apart from a mount that is detached, whether that is busy or not', () => {
    check(
      profile,
      `${onceAsked}
      1 umount2("/a", MNT_DETACH|MNT_EXPIRE) = ${invalid} ; umount.expire-detached
      1 ${expire('/a')} = 0
      1 umount2("/a", MNT_DETACH|MNT_EXPIRE) = ${invalid} ; umount.not-a-mount`,
    );
  });

  it('says nothing of a mount that a walk went through', () => {
    check(
      profile,
      `${onceAsked}\n1 ${look('/a/../no')} = ${noEntry}\n1 ${expire('/a')} ; bound.expiry`,
    );
    check(
      profile,
      `${onceAsked}
      1 ${look('/a/../no')} = ${noEntry}
      1 ${look('/a/no')} = ${noEntry}
      1 ${expire('/a')} = ${marked}`,
    );
  });

  it('says nothing where nobody was let in', () => {
    check(
      profile,
      `1 ${mountOn('/a')} = 0
      1 chmod("/a", 0700) = 0
      1 fork() = 2
      2 ${become(65534)} = 0
      1 ${expire('/a')} = ${marked}
      2 ${look('/a/m')} = -1 EACCES (Permission denied) ; walk.denied
      1 ${expire('/a')} ; bound.expiry`,
      { permissions: 1 },
    );
  });

  it('is outside of a world without marks, but for what comes before', () => {
    check(profile, `1 ${mountOn('/a')} = 0\n1 ${expire('/a')} ; bound.expiry`, { expiry: 0 });
    check(profile, `1 ${expire('/a')} = ${invalid} ; umount.not-a-mount`, { expiry: 0 });
  });
});
