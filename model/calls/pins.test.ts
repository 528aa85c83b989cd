import { describe, expect, it } from 'vitest';
import { profileNames, type ProfileName } from '../index.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile), text)).toBe(lines(text));
}

const aMapInA = `
  1 mount("bpf", "/a", "bpf", 0, NULL) = 0
  1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, value_size=4, max_entries=1}, 16) = 3
`;
const longName = 'n'.repeat(256);

describe.each(profileNames)('pins under %s', (profile) => {
  it('keep a map alive after its creator is killed', () => {
    check(
      profile,
      `${aMapInA}
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_ANY}, 32) = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
      1 fork() = 2
      2 kill(1, SIGKILL) = 0
      2 close(3) = 0
      2 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 3
      2 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32) = 0 (value=7)`,
    );
  });

  it('take no name twice, nor one that is no name', () => {
    check(
      profile,
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.name-taken
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m/", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.name-taken
      1 bpf(BPF_OBJ_PIN, {pathname="/a", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.name-taken
      1 bpf(BPF_OBJ_PIN, {pathname="/a/.", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.last-is-no-name
      1 bpf(BPF_OBJ_PIN, {pathname="/a/..", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.last-is-no-name
      1 bpf(BPF_OBJ_PIN, {pathname="/", bpf_fd=3}, 16) = -1 EEXIST (File exists) ; pin.last-is-no-name
      1 bpf(BPF_OBJ_PIN, {pathname="/a/n/", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory) ; pin.trailing-slash`,
    );
  });

  it('fail with the errors of the walk to their directory', () => {
    check(
      profile,
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/x/m", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory) ; walk.missing
      1 bpf(BPF_OBJ_PIN, {pathname="/f/m", bpf_fd=3}, 16) = -1 ENOTDIR (Not a directory) ; walk.not-a-directory
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m/n", bpf_fd=3}, 16) = -1 ENOTDIR (Not a directory) ; walk.not-a-directory
      1 bpf(BPF_OBJ_PIN, {pathname="/b/m", bpf_fd=3}, 16) = -1 EPERM (Operation not permitted) ; pin.not-bpffs
      1 bpf(BPF_OBJ_PIN, {pathname="", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory) ; path.empty
      1 bpf(BPF_OBJ_PIN, {pathname=NULL, bpf_fd=3}, 16) = -1 EFAULT (Bad address) ; path.fault
      1 bpf(BPF_OBJ_PIN, {pathname="/a/${longName}", bpf_fd=3}, 16) = -1 ENAMETOOLONG (File name too long) ; last.name-too-long
      1 bpf(BPF_OBJ_PIN, {pathname="/${longName}/x", bpf_fd=3}, 16) = -1 ENAMETOOLONG (File name too long) ; walk.name-too-long
      1 bpf(BPF_OBJ_PIN, {pathname="${'/a'.repeat(2048)}", bpf_fd=3}, 16) = -1 ENAMETOOLONG (File name too long) ; path.too-long`,
    );
  });

  it('are got by walks that cross mounts and dots, and are no files nor directories', () => {
    check(
      profile,
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname="/d/../a/./m", bpf_fd=3}, 16) = 0
      1 bpf(BPF_OBJ_GET, {pathname="//a//m"}, 16) = 4
      1 bpf(BPF_OBJ_GET, {pathname="/a/m/"}, 16) = -1 ENOTDIR (Not a directory) ; walk.not-a-directory
      1 bpf(BPF_OBJ_GET, {pathname="/a"}, 16) = -1 EACCES (Permission denied) ; get.not-a-pin
      1 bpf(BPF_OBJ_GET, {pathname="/f"}, 16) = -1 EACCES (Permission denied) ; get.not-a-pin
      1 bpf(BPF_OBJ_GET, {pathname="/"}, 16) = -1 EACCES (Permission denied) ; get.not-a-pin
      1 bpf(BPF_OBJ_GET, {pathname="/a/n"}, 16) = -1 ENOENT (No such file or directory) ; walk.missing
      1 dup(3) = 5
      1 dup(3) = 6
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = -1 EMFILE (Too many open files) ; get.no-descriptor
      1 bpf(BPF_OBJ_PIN, {pathname="/a/n", bpf_fd=3}, 16) = 0`,
    );
  });

  it('need a directory that was not removed', () => {
    check(
      profile,
      `${aMapInA}
      1 mkdir("/a/x", 0755) = 0
      1 mount("/a/x", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/x") = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/b/m", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory) ; pin.in-removed-directory
      1 bpf(BPF_OBJ_PIN, {pathname="/b/m.n", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory)
      1 mkdir("/b/y", 0755) = -1 ENOENT (No such file or directory) ; mkdir.in-removed-directory
      1 mount("bpf", "/b", "bpf", 0, NULL) = -1 ENOENT (No such file or directory) ; mount.removed-directory
      1 umount2("/b", 0) = 0`,
    );
  });
});

describe('the order of checks of BPF_OBJ_PIN', () => {
  it('is the path string, the descriptor, the walk under linux-4.4', () => {
    check(
      'linux-4.4',
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname=NULL, bpf_fd=9}, 16) = -1 EFAULT (Bad address)
      1 bpf(BPF_OBJ_PIN, {pathname="", bpf_fd=9}, 16) = -1 ENOENT (No such file or directory)
      1 bpf(BPF_OBJ_PIN, {pathname="/x/y", bpf_fd=9}, 16) = -1 EBADF (Bad file descriptor) ; pin.fd-closed
      1 bpf(BPF_OBJ_PIN, {pathname="/x/y", bpf_fd=0}, 16) = -1 EINVAL (Invalid argument) ; pin.not-an-object`,
    );
  });

  it('is the descriptor first under linux-6.18, closed or not', () => {
    check(
      'linux-6.18',
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname=NULL, bpf_fd=9}, 16) = -1 EINVAL (Invalid argument) ; pin.not-an-object
      1 bpf(BPF_OBJ_PIN, {pathname="/x/y", bpf_fd=9}, 16) = -1 EINVAL (Invalid argument) ; pin.not-an-object
      1 bpf(BPF_OBJ_PIN, {pathname=NULL, bpf_fd=3}, 16) = -1 EFAULT (Bad address)`,
    );
  });

  it('refuses a dotted name last of all under linux-4.4, and at any lookup under linux-6.18', () => {
    check(
      'linux-4.4',
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname="/a/a.b", bpf_fd=3}, 16) = -1 EPERM (Operation not permitted) ; pin.dotted
      1 bpf(BPF_OBJ_GET, {pathname="/a/a.b"}, 16) = -1 ENOENT (No such file or directory)
      1 bpf(BPF_OBJ_PIN, {pathname="/a/a.b/x", bpf_fd=3}, 16) = -1 ENOENT (No such file or directory)
      1 mkdir("/a/.h", 0755) = -1 EPERM (Operation not permitted) ; mkdir.dotted
      1 unlink("/a/a.b") = -1 ENOENT (No such file or directory)`,
    );
    check(
      'linux-6.18',
      `${aMapInA}
      1 bpf(BPF_OBJ_PIN, {pathname="/a/a.b", bpf_fd=3}, 16) = -1 EPERM (Operation not permitted) ; last.dotted
      1 bpf(BPF_OBJ_GET, {pathname="/a/a.b"}, 16) = -1 EPERM (Operation not permitted) ; walk.dotted
      1 bpf(BPF_OBJ_PIN, {pathname="/a/a.b/x", bpf_fd=3}, 16) = -1 EPERM (Operation not permitted) ; walk.dotted
      1 bpf(BPF_OBJ_GET, {pathname="/a/${longName}."}, 16) = -1 EPERM (Operation not permitted)
      1 bpf(BPF_OBJ_GET, {pathname="/b/a.b"}, 16) = -1 ENOENT (No such file or directory)
      1 mkdir("/a/.h", 0755) = -1 EPERM (Operation not permitted)
      1 unlink("/a/a.b") = -1 EPERM (Operation not permitted)`,
    );
  });
});
