import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile), text)).toBe(lines(text));
}

const mapPinnedInA = `
  1 mount("bpf", "/a", "bpf", 0, NULL) = 0
  1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, value_size=4, max_entries=1}, 16) = 3
  1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
  1 close(3) = 0
`;
/** Some kernels let go of the object of an inode that is gone a little later. */
const evicted = (profile: ProfileName): string =>
  profiles[profile].pinPut === 'later' ? 'settle release-inode' : '';
const noEntry = '-1 ENOENT (No such file or directory)';

describe('a second mount in one namespace', () => {
  it('shows the same instance under linux-4.4, and is refused on the same place', () => {
    check(
      'linux-4.4',
      `${mapPinnedInA}
      1 mount("bpf", "/a", "bpf", 0, NULL) = -1 EBUSY (Device or resource busy) ; mount.same-superblock
      1 mount("bpf", "/b", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/b/m"}, 16) = 3
      1 umount2("/a", 0) = 0
      1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 4`,
    );
  });

  it('makes another instance under linux-6.18, which hides the first on the same place', () => {
    check(
      'linux-6.18',
      `${mapPinnedInA}
      1 mount("bpf", "/b", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/b/m"}, 16) = ${noEntry}
      1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = ${noEntry}
      1 umount2("/a", 0) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 3`,
    );
  });
});

describe('namespaces', () => {
  it('keep an instance alive for its parent to find again under linux-4.4 only', () => {
    const parent = `${mapPinnedInA}
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      1 umount2("/a", 0) = 0
      1 mount("bpf", "/a", "bpf", 0, NULL) = 0`;
    check('linux-4.4', `${parent}\n1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 3`);
    check('linux-6.18', `${parent}\n1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = ${noEntry}`);
  });

  it('find no instance of a namespace that is gone', () => {
    check(
      'linux-4.4',
      `${mapPinnedInA}
      1 unshare(CLONE_NEWNS) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 3
      1 mount("bpf", "/b", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/b/m"}, 16) = ${noEntry}`,
    );
  });

  it.each(profileNames)('take their mounts and pins along when they die (%s)', (profile) => {
    const world = worldOf(profile);
    const text = `${mapPinnedInA} \n 1 exit_group(0) = ? \n ${evicted(profile)}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toEqual(['process 1: state=reaped', 'object 1: state=gone']);
  });

  it.each(profileNames)('lose a mount whose mount point another one removes (%s)', (profile) => {
    check(
      profile,
      `1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 mkdir("/a/x", 0755) = 0
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      2 mount("bpf", "/a/x", "bpf", 0, NULL) = 0
      2 rmdir("/a/x") = -1 EBUSY (Device or resource busy) ; rmdir.mount-point
      1 rmdir("/a/x") = 0
      2 umount2("/a/x", 0) = ${noEntry}
      2 umount2("/a", 0) = 0`,
    );
  });
});

describe.each(profileNames)('mounts under %s', (profile) => {
  it('need a directory that is there', () => {
    check(
      profile,
      `1 mount("bpf", "/x", "bpf", 0, NULL) = ${noEntry}
      1 mount("bpf", "/f", "bpf", 0, NULL) = -1 ENOTDIR (Not a directory) ; mount.not-a-directory
      1 mount("bpf", "/f/x", "bpf", 0, NULL) = -1 ENOTDIR (Not a directory) ; walk.not-a-directory
      1 mount("bpf", NULL, "bpf", 0, NULL) = -1 EFAULT (Bad address)
      1 mount("bpf", "/d/e", "bpf", 0, NULL) = 0`,
    );
  });

  it('are busy while another is attached to them, but not to a lazy umount', () => {
    check(
      profile,
      `1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 mkdir("/a/x", 0755) = 0
      1 mount("/d", "/a/x", NULL, MS_BIND, NULL) = 0
      1 umount2("/a", 0) = -1 EBUSY (Device or resource busy) ; umount.busy
      1 umount2("/a", MNT_DETACH) = 0
      1 umount2("/a", 0) = -1 EINVAL (Invalid argument) ; umount.not-a-mount
      1 umount2("/", 0) ; bound.root`,
    );
  });

  it('bind directories onto directories and pins onto files', () => {
    check(
      profile,
      `${mapPinnedInA}
      1 mount("/a", "/f", NULL, MS_BIND, NULL) = -1 ENOTDIR (Not a directory) ; bind.kinds-differ
      1 mount("/a/m", "/b", NULL, MS_BIND, NULL) = -1 ENOTDIR (Not a directory) ; bind.kinds-differ
      1 mount("/a/m", "/f", NULL, MS_BIND, NULL) = 0
      1 mount("/x", "/b", NULL, MS_BIND, NULL) = ${noEntry}
      1 mount("/x", "/y", NULL, MS_BIND, NULL) = ${noEntry} ; walk.missing
      1 mount(NULL, "/b", NULL, MS_BIND, NULL) = -1 EINVAL (Invalid argument) ; bind.no-source
      1 mount("", "/x", NULL, MS_BIND, NULL) = ${noEntry} ; walk.missing
      1 mount("${'/a'.repeat(2048)}", NULL, NULL, MS_BIND, NULL) = -1 EINVAL (Invalid argument) ; bind.source-too-long
      1 unlink("/a/m") = 0
      1 umount2("/a", 0) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/f"}, 16) = 3
      1 unlink("/f") = -1 EBUSY (Device or resource busy) ; unlink.mount-point
      1 umount2("/f", 0) = 0
      1 unlink("/f") ; bound.host`,
    );
  });

  it('keep what a removed name held until the last mount of it is gone', () => {
    const world = worldOf(profile);
    replayed(
      world,
      `${mapPinnedInA}
      1 mount("/a/m", "/f", NULL, MS_BIND, NULL) = 0
      1 unlink("/a/m") = 0`,
    );
    expect(world.describe()).toContain('inode 2: state=unlinked superblock=1 kind=2 object=1');
    const unmounted = `1 umount2("/f", 0) = 0\n${evicted(profile)}`;
    expect(replayed(world, unmounted)).toBe(lines(unmounted));
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('over the root are entered by going up only', () => {
    check(
      profile,
      `1 mount("bpf", "/", "bpf", 0, NULL) = 0
      1 mkdir("/x", 0755) ; bound.host
      1 mkdir("/../x", 0755) = 0
      1 rmdir("/a/../x") = 0`,
    );
  });
});

describe.each(profileNames)('directories under %s', (profile) => {
  it('are removed when they are empty, by a name that is one', () => {
    check(
      profile,
      `${mapPinnedInA}
      1 mkdir("/a/x/", 0755) = 0
      1 mkdir("/a/x", 0755) = -1 EEXIST (File exists) ; mkdir.name-taken
      1 mkdir("/a/x/y", 0755) = 0
      1 mkdir("/a/m/y", 0755) = -1 ENOTDIR (Not a directory)
      1 mkdir("/a/..", 0755) = -1 EEXIST (File exists) ; mkdir.last-is-no-name
      1 rmdir("/a/x") = -1 ENOTEMPTY (Directory not empty) ; rmdir.not-empty
      1 rmdir("/a/x/.") = -1 EINVAL (Invalid argument) ; rmdir.dot
      1 rmdir("/a/x/..") = -1 ENOTEMPTY (Directory not empty) ; rmdir.dot-dot
      1 rmdir("/") = -1 EBUSY (Device or resource busy) ; rmdir.root
      1 rmdir("/a/m") = -1 ENOTDIR (Not a directory) ; rmdir.not-a-directory
      1 rmdir("/a/z") = ${noEntry} ; rmdir.missing
      1 rmdir("/a") = -1 EBUSY (Device or resource busy) ; rmdir.mount-point
      1 rmdir("/d") = -1 ENOTEMPTY (Directory not empty) ; rmdir.not-empty
      1 rmdir("/d/e") ; bound.host
      1 rmdir("/a/x/y/") = 0
      1 rmdir("/a/x") = 0`,
    );
  });

  it('are not unlinked, and neither is what is not there', () => {
    check(
      profile,
      `${mapPinnedInA}
      1 mkdir("/a/x", 0755) = 0
      1 unlink("/a/x") = -1 EISDIR (Is a directory) ; unlink.directory
      1 unlink("/a/x/") = -1 EISDIR (Is a directory) ; unlink.directory
      1 unlink("/a/.") = -1 EISDIR (Is a directory) ; unlink.last-is-no-name
      1 unlink("/a/m/") = -1 ENOTDIR (Not a directory) ; unlink.trailing-slash
      1 unlink("/a/n/") = ${noEntry} ; unlink.missing
      1 unlink("/a/m") = 0
      1 unlink("/a/m") = ${noEntry} ; unlink.missing`,
    );
  });
});

describe('where kernels differ in what can be bound and unmounted', () => {
  const removed = `${mapPinnedInA}
    1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 3
    1 bpf(BPF_OBJ_PIN, {pathname="/a/n", bpf_fd=3}, 16) = 0
    1 mount("/a/m", "/f", NULL, MS_BIND, NULL) = 0
    1 unlink("/a/m") = 0
    1 mount("/f", "/f", NULL, MS_BIND, NULL) = ${noEntry} ; bind.removed-target
    1 mount("/f", "/b", NULL, MS_BIND, NULL) = -1 ENOTDIR (Not a directory) ; bind.kinds-differ`;

  it('binds what was removed under linux-4.4 only', () => {
    check('linux-4.4', `${removed}\n1 mount("/f", "/a/n", NULL, MS_BIND, NULL) = 0`);
    check(
      'linux-6.18',
      `${removed}\n1 mount("/f", "/a/n", NULL, MS_BIND, NULL) = ${noEntry} ; bind.removed-source`,
    );
  });

  it('asks for a directory behind a trailing slash of umount2 under linux-6.18 only', () => {
    check('linux-4.4', `${removed}\n1 umount2("/f/", 0) = 0`);
    check(
      'linux-6.18',
      `${removed}\n1 umount2("/f/", 0) = -1 ENOTDIR (Not a directory) ; walk.not-a-directory`,
    );
  });
});
