import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import { create, get, mountOn, noEntry, open, pin, renameat2 } from '../lines.test-data.ts';
import { getFor, old, recent, worldOf } from './permission-lines.test-data.ts';
import { access, chmod, chown, mkdir, readOnly } from './permission-lines.test-data.ts';
import { lines, replayed } from '../replayed.test-data.ts';

const noWriting = '-1 EROFS (Read-only file system)';
const again = (path: string, flags: string): string =>
  `mount(NULL, "${path}", NULL, ${flags}, NULL)`;
const ofMount = 'MS_RDONLY|MS_REMOUNT|MS_BIND';
const ofInstance = 'MS_RDONLY|MS_REMOUNT';

function check(profile: ProfileName, text: string): void {
  const world = worldOf(profile, { readOnly: 1, directories: 1 });
  expect(replayed(world, text)).toBe(lines(text));
}

const pinned = `1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 ${mkdir('/a/d')} = 0`;

describe.each(profileNames)('a read-only mount under %s', (profile) => {
  it('takes no names and gives none up', () => {
    check(
      profile,
      `${pinned}
      1 ${again('/a', ofMount)} = 0
      1 ${pin('/a/n', 3)} = ${noWriting} ; pin.read-only
      1 ${mkdir('/a/e')} = ${noWriting} ; mkdir.read-only
      1 mknod("/a/e", S_IFREG|0644) = ${noWriting} ; mknod.read-only
      1 symlink("m", "/a/e") = ${noWriting} ; symlink.read-only
      1 link("/a/m", "/a/e") = ${noWriting} ; hard-link.read-only
      1 link("/f", "/a/e") = ${noWriting} ; hard-link.read-only
      1 rename("/a/m", "/a/e") = ${noWriting} ; rename.read-only
      1 ${renameat2('/a/m', '/a/e', 'RENAME_NOREPLACE')} = ${noWriting} ; renameat2.read-only
      1 unlink("/a/m") = ${noWriting} ; unlink.read-only
      1 rmdir("/a/d") = ${noWriting} ; rmdir.read-only
      1 ${open('/a/e', 'O_RDWR|O_CREAT')} = ${noWriting} ; open.read-only-directory`,
    );
  });

  it('says first what is wrong with a name that is to be made, and last with one that is to go', () => {
    check(
      profile,
      `${pinned}
      1 ${again('/a', ofMount)} = 0
      1 ${mkdir('/a/m')} = -1 EEXIST (File exists) ; mkdir.name-taken
      1 ${pin('/a/n/', 3)} = ${noEntry} ; pin.trailing-slash
      1 unlink("/a/nothing") = ${noWriting} ; unlink.read-only
      1 rmdir("/a/m") = ${noWriting} ; rmdir.read-only
      1 rmdir("/a/.") = -1 EINVAL (Invalid argument) ; rmdir.dot
      1 rename("/a/nothing", "/a/m") = ${noWriting} ; rename.read-only`,
    );
  });

  it('changes no file, and tells who asks whether it may', () => {
    check(
      profile,
      `${pinned}
      1 ${again('/a', ofMount)} = 0
      1 truncate("/a/m", 0) = ${noWriting} ; truncate.read-only
      1 utimensat(AT_FDCWD, "/a/m", NULL, 0) = ${noWriting} ; utimensat.read-only
      1 setxattr("/a/m", "user.a", "v", 1, 0) = ${noWriting} ; setxattr.read-only
      1 ${chmod('/a/m', '0600')} = ${noWriting} ; chmod.read-only
      1 ${chown('/a/m', 65534)} = ${noWriting} ; chown.read-only
      1 ${access('/a/m', 'W_OK')} = ${noWriting} ; access.read-only
      1 ${access('/a/m', 'R_OK')} = 0
      1 ${open('/a/m', 'O_RDWR')} = ${noWriting} ; open.read-only-mount
      1 ${open('/a/m', 'O_WRONLY|O_TRUNC')} = ${noWriting} ; open.read-only`,
    );
  });

  it('is no matter to a get, nor to another mount of the instance', () => {
    check(
      profile,
      `${pinned}
      1 mount("/a", "/b", NULL, MS_BIND, NULL) = 0
      1 ${again('/a', ofMount)} = 0
      1 ${get('/a/m')} = 4
      1 ${pin('/b/n', 3)} = 0
      1 mount("/a", "/d", NULL, MS_BIND, NULL) = 0
      1 ${pin('/d/o', 3)} = ${noWriting} ; pin.read-only
      1 ${again('/a', 'MS_REMOUNT|MS_BIND')} = 0
      1 ${pin('/a/o', 3)} = 0`,
    );
  });

  it('is copied as it is', () => {
    check(
      profile,
      `${pinned}
      1 ${again('/a', ofMount)} = 0
      1 unshare(CLONE_NEWNS) = 0
      1 ${pin('/a/n', 3)} = ${noWriting} ; pin.read-only`,
    );
  });

  it('may be read-only from the start, with an instance that is', () => {
    check(
      profile,
      `1 mount("bpf", "/a", "bpf", MS_RDONLY, NULL) = 0
      1 ${mkdir('/a/d')} = ${noWriting} ; mkdir.read-only
      1 mount("/a", "/b", NULL, MS_BIND, NULL) = 0
      1 ${again('/b', 'MS_REMOUNT|MS_BIND')} = 0
      1 ${mkdir('/b/d')} = ${noWriting} ; mkdir.read-only
      1 ${again('/b', 'MS_REMOUNT')} = 0
      1 ${mkdir('/b/d')} = 0
      1 ${mkdir('/a/e')} = ${noWriting} ; mkdir.read-only`,
    );
  });
});

describe.each(profileNames)('a read-only instance under %s', (profile) => {
  it('is that through all its mounts', () => {
    check(
      profile,
      `${pinned}
      1 mount("/a", "/b", NULL, MS_BIND, NULL) = 0
      1 ${again('/a', ofInstance)} = 0
      1 ${pin('/b/n', 3)} = ${noWriting} ; pin.read-only
      1 ${access('/b/m', 'W_OK')} = ${noWriting} ; access.read-only-instance
      1 ${open('/b/m', 'O_RDWR')} = ${noWriting} ; open.read-only
      1 ${get('/b/m')} = ${noWriting} ; get.read-only`,
    );
  });

  it('has no file without a name', () => {
    check(
      profile,
      `${pinned}
      1 ${open('/a/m', 'O_PATH')} = 4
      1 unlink("/a/m") = 0
      1 ${again('/a', ofInstance)} = -1 EBUSY (Device or resource busy) ; remount.open-without-name
      1 ${pin('/a/m', 3)} = 0
      1 close(4) = 0
      1 ${again('/a', ofInstance)} = 0
      1 ${again('/a', ofInstance)} = 0`,
    );
  });

  it('is made where a mount of it is, in the own namespace', () => {
    const invalid = '-1 EINVAL (Invalid argument)';
    check(
      profile,
      `${pinned}
      1 ${again('/a/d', ofInstance)} = ${invalid} ; remount.not-a-mount
      1 ${again('/b', ofInstance)} = ${invalid} ; remount.not-a-mount
      1 ${again('/nothing', ofInstance)} = ${noEntry} ; walk.missing
      1 chdir("/a") = 0
      1 umount2("/a", MNT_DETACH) = 0
      1 ${again('.', ofInstance)} = ${invalid} ; remount.foreign`,
    );
  });
});

describe('a get from a read-only instance', () => {
  it.each(recent)('opens what is only read under %s', (profile) => {
    check(
      profile,
      `${pinned}\n1 ${again('/a', ofInstance)} = 0\n1 ${getFor('/a/m', readOnly)} = 4`,
    );
  });

  it.each(old)('is none for reading under %s', (profile) => {
    expect(profiles[profile].getAsks).toBe('to-write');
    check(profile, `${pinned}\n1 ${again('/a', ofInstance)} = 0\n1 ${get('/a/m')} = ${noWriting}`);
  });
});
