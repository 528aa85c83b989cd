import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import { create, get, mountOn, noDirectory, noEntry, pin } from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const places = { ...roomy, descriptors: 8, directories: 1 } as const;
const invalid = '-1 EINVAL (Invalid argument)';
const noDescriptor = '-1 EBADF (Bad file descriptor)';
const busy = '-1 EBUSY (Device or resource busy)';
const stat = (path: string, nlink: number): string =>
  `stat("${path}", {st_mode=S_IFDIR, st_nlink=${nlink}}) = 0`;

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile, places), text)).toBe(lines(text));
}

/** A map, 3, pinned as /a/m; a directory /a/d. */
const mounted = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 mkdir("/a/d", 0755) = 0`;

describe.each(profileNames)('a working directory under %s', (profile) => {
  it('is where paths without a slash start, and ".." leads on from', () => {
    check(
      profile,
      `${mounted}
      1 chdir("/a/d") = 0
      1 ${pin('n', 3)} = 0
      1 ${get('/a/d/n')} = 4
      1 ${get('../m')} = 5
      1 ${get('../../a/m')} = 6
      1 ${get('./d/m')} = ${noEntry} ; walk.missing
      1 chdir("..") = 0
      1 ${get('m')} = 7
      1 chdir("m") = ${noDirectory} ; chdir.not-a-directory
      1 chdir("m/") = ${noDirectory} ; walk.not-a-directory
      1 chdir("x") = ${noEntry} ; walk.missing`,
    );
  });

  it('is its child’s as well, until that goes elsewhere', () => {
    check(
      profile,
      `${mounted}
      1 chdir("/a") = 0
      1 fork() = 2
      2 ${get('m')} = 4
      2 chdir("d") = 0
      2 ${get('m')} = ${noEntry}
      1 ${get('m')} = 4`,
    );
  });

  it('keeps a mount busy as long as somebody is in it', () => {
    check(
      profile,
      `${mounted}
      1 fork() = 2
      2 chdir("/a/d") = 0
      1 umount2("/a", 0) = ${busy} ; umount.busy
      2 exit_group(0) = ?
      1 umount2("/a", 0) = 0`,
    );
  });

  it('stays when its name is removed: nothing is found or made there, and ".." leads out', () => {
    check(
      profile,
      `${mounted}
      1 chdir("/a/d") = 0
      1 rmdir("/a/d") = 0
      1 ${stat('.', 0)}
      1 ${pin('x', 3)} = ${noEntry} ; pin.in-removed-directory
      1 ${get('x')} = ${noEntry}
      1 mkdir("x", 0755) = ${noEntry} ; mkdir.in-removed-directory
      1 ${mountOn('.')} = ${noEntry} ; mount.removed-directory
      1 mkdir("/a/d", 0755) = 0
      1 ${stat('..', 3)}
      1 ${get('../m')} = 4
      1 ${stat('.', 0)}`,
    );
  });

  it('leads out of a removed directory that lay in a removed directory', () => {
    const world = worldOf(profile, places);
    const text = `${mounted}
      1 mkdir("/a/d/e", 0755) = 0
      1 chdir("/a/d/e") = 0
      1 rmdir("/a/d/e") = 0
      1 rmdir("/a/d") = 0
      1 ${stat('..', 0)}
      1 ${stat('../..', 2)}
      1 ${get('../../m')} = 4
      1 chdir("/") = 0`;
    expect(replayed(world, text)).toBe(lines(text));
    // Both are gone now: the root of the instance and the pin are all that is left.
    expect(world.describe().filter((line) => line.startsWith('inode'))).toHaveLength(2);
  });

  it('comes along to a new namespace, where its mount is the copy', () => {
    check(
      profile,
      `${mounted}
      1 chdir("/a") = 0
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      1 umount2("/a", 0) = ${busy}
      1 chdir("/") = 0
      1 umount2("/a", 0) = 0
      2 ${get('m')} = 4
      2 umount2("/a", 0) = ${busy}`,
    );
  });
});

describe.each(profileNames)('a mount that was detached under %s', (profile) => {
  const { instance, detachedTarget } = profiles[profile];
  const detached = `${mounted}
    1 chdir("/a/d") = 0
    1 umount2("/a", MNT_DETACH) = 0`;

  it('goes on for who is in it, with nothing above its root', () => {
    check(
      profile,
      `${detached}
      1 ${get('/a/m')} = ${noEntry}
      1 ${get('../m')} = 4
      1 ${pin('../../../n', 3)} = 0
      1 ${get('../n')} = 5`,
    );
  });

  it('lets go of its pins with the last who is in it', () => {
    const world = worldOf(profile, places);
    const text = `${detached}
      1 close(3) = 0
      1 chdir("/") = 0
      ${profiles[profile].pinPut === 'later' ? 'settle release-inode' : ''}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('is no place to mount, to bind or to unmount', () => {
    const refused =
      detachedTarget === 'ENOENT' ? `${noEntry} ; mount.detached` : `${invalid} ; mount.foreign`;
    const alike =
      detachedTarget === 'ENOENT' ? `${noEntry} ; bind.detached` : `${invalid} ; bind.foreign`;
    check(
      profile,
      `${detached}
      1 ${mountOn('.')} = ${refused}
      1 mount("/b", ".", NULL, MS_BIND, NULL) = ${alike}
      1 mount(".", "/b", NULL, MS_BIND, NULL) = ${invalid} ; bind.foreign
      1 umount2("..", 0) = ${invalid} ; umount.foreign`,
    );
  });

  it('is found again by a fresh mount where instances are a namespace’s', () => {
    check(
      profile,
      `${detached}
      1 ${mountOn('/a')} = 0
      1 ${get('/a/m')} = ${instance === 'per-namespace' ? '4' : noEntry}`,
    );
  });
});

describe.each(profileNames)('a directory that is open under %s', (profile) => {
  const opened = `${mounted}
    1 openat(AT_FDCWD, "/a/d", O_RDONLY|O_DIRECTORY) = 4`;

  it('is where paths can start, if they are not absolute', () => {
    check(
      profile,
      `${opened}
      1 mkdirat(4, "e", 0755) = 0
      1 ${stat('/a/d/e', 2)}
      1 newfstatat(4, "e", {st_mode=S_IFDIR, st_nlink=2}, 0) = 0
      1 unlinkat(4, "e", AT_REMOVEDIR) = 0
      1 unlinkat(4, "../m", 0) = 0
      1 openat(4, "..", O_RDONLY|O_PATH) = 5
      1 openat(5, "d", O_RDONLY|O_DIRECTORY) = 6
      1 mkdirat(99, "/a/e", 0755) = 0
      1 mkdirat(99, "e", 0755) = ${noDescriptor} ; walk.bad-descriptor
      1 mkdirat(3, "e", 0755) = ${noDirectory} ; walk.not-a-directory
      1 mkdirat(0, "e", 0755) = ${noDirectory} ; walk.not-a-directory
      1 openat(AT_FDCWD, "/dev/null", O_RDWR) = 7
      1 mkdirat(7, "e", 0755) = ${noDirectory} ; walk.not-a-directory`,
    );
  });

  it('keeps its mount busy, also as a mere place, in a child and in a message', () => {
    check(
      profile,
      `${mounted}
      1 openat(AT_FDCWD, "/a/m", O_RDONLY|O_PATH) = 4
      1 umount2("/a", 0) = ${busy} ; umount.busy
      1 socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0
      1 sendmsg(5, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[4]}]}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1
      1 close(4) = 0
      1 umount2("/a", 0) = ${busy} ; umount.busy
      1 close(6) = 0
      1 umount2("/a", 0) = 0`,
    );
  });

  it('can become the working directory, as a place can', () => {
    check(
      profile,
      `${opened}
      1 fchdir(4) = 0
      1 ${get('../m')} = 5
      1 openat(AT_FDCWD, "/a", O_RDONLY|O_PATH) = 6
      1 fchdir(6) = 0
      1 ${get('m')} = 7
      1 openat(AT_FDCWD, "m", O_RDONLY|O_PATH) = 8
      1 fchdir(8) = ${noDirectory} ; fchdir.not-a-directory
      1 fchdir(3) = ${noDirectory} ; fchdir.nowhere
      1 fchdir(99) = ${noDescriptor} ; fchdir.bad-descriptor`,
    );
  });

  it('stays in its namespace when the process leaves that', () => {
    check(
      profile,
      `${opened}
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      2 umount2("/a", 0) = 0
      2 unlinkat(4, "../m", 0) = 0
      1 ${get('/a/m')} = ${noEntry}
      2 fchdir(4) = 0
      2 mount("bpf", ".", "bpf", 0, NULL) = ${invalid} ; mount.foreign`,
    );
  });
});
