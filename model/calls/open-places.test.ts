import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type ProfileName } from '../index.ts';
import {
  create,
  exists,
  get,
  mountOn,
  noDirectory,
  noEntry,
  pin,
  renameat2,
} from '../lines.test-data.ts';
import { layoutOf } from '../profiles/index.ts';
import { hookedWorld, lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const places = { ...roomy, descriptors: 8, directories: 1 } as const;
const invalid = '-1 EINVAL (Invalid argument)';
const noDescriptor = '-1 EBADF (Bad file descriptor)';
const refused = '-1 EPERM (Operation not permitted)';
const otherDevice = '-1 EXDEV (Invalid cross-device link)';

const pinAt = (fd: number, path: string, object: number): string =>
  `bpf(BPF_OBJ_PIN, {pathname="${path}", bpf_fd=${object}, file_flags=BPF_F_PATH_FD, path_fd=${fd}}, 20)`;
const getAt = (fd: number, path: string): string =>
  `bpf(BPF_OBJ_GET, {pathname="${path}", file_flags=BPF_F_PATH_FD, path_fd=${fd}}, 20)`;
const linkat = (fd: number, to: string): string =>
  `linkat(${fd}, "", AT_FDCWD, "${to}", AT_EMPTY_PATH)`;
const place = (path: string): string => `openat(AT_FDCWD, "${path}", O_RDONLY|O_PATH)`;

function check(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile, places), text)).toBe(lines(text));
}

/** A map, 3, pinned as /a/m; a directory /a/d, open as 4. */
const opened = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 mkdir("/a/d", 0755) = 0
  1 openat(AT_FDCWD, "/a/d", O_RDONLY|O_DIRECTORY) = 4`;

const withPathFd = profileNames.filter(
  (name) => layoutOf(profiles[name].attributes).pathFd === 'known',
);

describe.each(withPathFd)('BPF_F_PATH_FD under %s', (profile) => {
  it('says in which directory the path of a pin starts', () => {
    check(
      profile,
      `${opened}
      1 ${pinAt(4, 'x', 3)} = 0
      1 ${getAt(4, 'x')} = 5
      1 ${getAt(4, '../d/x')} = 6
      1 ${getAt(99, '/a/d/x')} = 7
      1 ${getAt(99, 'x')} = ${noDescriptor} ; walk.bad-descriptor
      1 ${pinAt(99, 'x', 3)} = ${noDescriptor} ; walk.bad-descriptor
      1 ${pinAt(99, 'x', 99)} = ${invalid} ; pin.not-an-object
      1 ${pinAt(3, 'x', 3)} = ${noDirectory} ; walk.not-a-directory
      1 ${pinAt(99, '', 3)} = ${noEntry} ; path.empty`,
    );
  });
});

describe.each(profileNames.filter((name) => !withPathFd.includes(name)))(
  'BPF_F_PATH_FD under %s',
  (profile) => {
    it('is unknown, which is told before anything else', () => {
      check(
        profile,
        `${opened}
        1 ${pinAt(4, 'x', 99)} = ${invalid} ; pin.path-fd
        1 ${getAt(4, '')} = ${invalid} ; get.path-fd`,
      );
    });
  },
);

describe.each(profileNames)('a pin that is open as a place under %s', (profile) => {
  const { nameOps, pinPut } = profiles[profile];

  it('keeps its object when its name is removed, until it is closed', () => {
    const world = worldOf(profile, places);
    const text = `${opened}
      1 ${place('/a/m')} = 5
      1 close(3) = 0
      1 unlink("/a/m") = 0
      1 readdir("/a", ["d"]) = 1
      1 ${get('/a/m')} = ${noEntry}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContainEqual(
      expect.stringMatching(/^object 1: state=held-by-users/),
    );
    const end = `1 close(5) = 0 \n ${pinPut === 'later' ? 'settle release-inode' : ''}`;
    expect(replayed(world, end)).toBe(lines(end));
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('is no way to link what is elsewhere, a directory, or nothing', () => {
    const onDirectory = nameOps === 'none' ? 'hard-link.unknown' : 'hard-link.directory';
    check(
      profile,
      `${opened}
      1 ${linkat(4, '/a/x')} = ${refused} ; ${onDirectory}
      1 ${linkat(3, '/a/x')} = ${otherDevice} ; hard-link.other-mount
      1 ${linkat(0, '/a/x')} = ${otherDevice} ; hard-link.other-mount
      1 ${linkat(99, '/a/x')} = ${noDescriptor} ; linkat.bad-descriptor
      1 ${linkat(99, '')} = ${noDescriptor} ; linkat.bad-descriptor`,
    );
  });
});

const withLinks = profileNames.filter((name) => profiles[name].nameOps === 'built-in');

describe.each(withLinks)('a pin that is open as a place under %s', (profile) => {
  it('can get another name, but none once it has none', () => {
    check(
      profile,
      `${opened}
      1 ${place('/a/m')} = 5
      1 ${linkat(5, '/a/n')} = 0
      1 unlink("/a/m") = 0
      1 ${linkat(5, '/a/m')} = 0
      1 unlink("/a/m") = 0
      1 unlink("/a/n") = 0
      1 ${linkat(5, '/a/m')} = ${noEntry} ; hard-link.unlinked
      1 ${linkat(5, '/a/d')} = ${exists} ; hard-link.name-taken`,
    );
  });
});

describe.each(profileNames)('what is outside under %s', (profile) => {
  it('is a place of which nothing is known, where nobody says who is where', () => {
    const text = `
      1 openat(AT_FDCWD, "/b", O_RDONLY|O_DIRECTORY) = 3
      1 openat(3, "x", O_RDONLY|O_PATH) ; bound.directory
      1 chdir("/b") ; bound.directories`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('is a directory of the host tree as another namespace shows it', () => {
    check(
      profile,
      `1 openat(AT_FDCWD, "/b", O_RDONLY|O_DIRECTORY) = 3
      1 fork() = 2
      2 newfstatat(3, ".", {}, 0) ; bound.host
      2 unshare(CLONE_NEWNS) = 0
      2 newfstatat(3, ".", {}, 0) ; bound.directory
      2 exit_group(0) = ?
      1 newfstatat(3, ".", {}, 0) ; bound.host
      1 unshare(CLONE_NEWNS) = 0
      1 newfstatat(3, ".", {}, 0) ; bound.directory`,
    );
  });

  it('is a path that starts in a cgroup, and to be in one', () => {
    const world = hookedWorld(profile, { directories: 1 });
    const text = `1 openat(AT_FDCWD, "/cgroup/a", O_RDONLY|O_DIRECTORY) = 3
      1 newfstatat(3, ".", {}, 0) ; bound.directory
      1 chdir("/cgroup/a") ; bound.cgroup`;
    expect(replayed(world, text)).toBe(lines(text));
  });

  it('is to remove the name of a mount of others with mounts below it that somebody is in', () => {
    check(
      profile,
      `1 ${mountOn('/a')} = 0
      1 mkdir("/a/x", 0755) = 0
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      2 mount("/b", "/a/x", NULL, MS_BIND, NULL) = 0
      2 chdir("/a/x") = 0
      1 rmdir("/a/x") = 0
      2 chdir("/") = 0
      1 mkdir("/a/x", 0755) = 0
      2 mount("/d", "/a/x", NULL, MS_BIND, NULL) = 0
      2 mount("/b", "/a/x/e", NULL, MS_BIND, NULL) = 0
      2 chdir("/a/x/e") = 0
      1 rmdir("/a/x") ; bound.held-mounts`,
    );
  });
});

describe.each(profileNames)('a directory under %s', (profile) => {
  it('takes no names as a working directory that was removed', () => {
    check(
      profile,
      `${opened}
      1 chdir("/a/d") = 0
      1 rmdir("/a/d") = 0
      1 rename("/a/m", "n") = ${noEntry} ; rename.in-removed-directory
      1 rename("/a/m", "n/") = ${noEntry} ; rename.in-removed-directory
      1 rename("/a/m", "a.b") = ${noEntry} ; rename.in-removed-directory
      1 ${renameat2('/a/m', 'n', 'RENAME_NOREPLACE')} = ${noEntry} ; renameat2.in-removed-directory
      1 ${renameat2('/a/m', 'n', 'RENAME_EXCHANGE')} = ${noEntry} ; renameat2.in-removed-directory
      1 link("/a/m", "n") = ${noEntry} ; hard-link.in-removed-directory
      1 rename("n", "/a/n") = ${noEntry} ; rename.missing`,
    );
  });
});
