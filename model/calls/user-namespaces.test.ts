import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type Bounds, type ProfileName } from '../index.ts';
import { create, get, invalid, mountOn, open, pin } from '../lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';
import {
  become,
  chmod,
  chown,
  denied,
  old,
  recent,
  refused,
  statx,
} from './permission-lines.test-data.ts';

const leave = 'unshare(CLONE_NEWUSER|CLONE_NEWNS)';
const copy = 'unshare(CLONE_NEWNS)';
const exec = 'execve("/proc/self/exe", ["exe"], NULL)';
const mountAs = (source: string, target: string, flags: string): string =>
  `mount(${source === '' ? 'NULL' : `"${source}"`}, "${target}", NULL, ${flags}, NULL)`;
const bind = (source: string, target: string): string => mountAs(source, target, 'MS_BIND');
const move = (source: string, target: string): string => mountAs(source, target, 'MS_MOVE');
const remount = (target: string, flags: string): string => mountAs('', target, flags);

function check(profile: ProfileName, text: string, more: Partial<Bounds> = {}): void {
  const bounds = {
    ...roomy,
    ...({ directories: 1, namespaceFiles: 1, permissions: 1, readOnly: 1 } as const),
    ...({ unprivilegedBpf: 1, userNamespaces: 1 } as const),
    ...more,
  };
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

describe.each(profileNames)(
  'a process that left the initial user namespace under %s',
  (profile) => {
    it('neither moves nor removes the mounts that it took along', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 ${leave} = 0
      1 umount2("/a", 0) = ${invalid} ; umount.locked
      1 umount2("/a", MNT_DETACH) = ${invalid} ; umount.locked
      1 ${move('/a', '/b')} = ${invalid} ; move.locked
      1 ${bind('/a', '/b')} = 0
      1 umount2("/b", MNT_FORCE) = ${refused} ; umount.force
      1 umount2("/b", 0) = 0`,
      );
    });

    it('leaves those of others alone', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 fork() = 2
      2 ${leave} = 0
      2 ${bind('/a', '/b')} = 0
      1 umount2("/b", 0) = ${invalid} ; umount.not-a-mount
      1 umount2("/a", 0) = 0
      2 umount2("/b", 0) = 0
      2 umount2("/a", 0) = ${invalid} ; umount.locked`,
      );
    });

    it('binds no place that a locked mount covers a part of, unless it takes that along', () => {
      check(
        profile,
        `1 ${mountOn('/d/e')} = 0
      1 ${leave} = 0
      1 ${bind('/d', '/b')} = ${invalid} ; bind.locked-children
      1 ${bind('/d/e', '/b')} = 0`,
      );
    });

    it('keeps read-only what was, and changes no instance', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 ${remount('/a', 'MS_RDONLY|MS_REMOUNT|MS_BIND')} = 0
      1 ${mountOn('/b')} = 0
      1 ${leave} = 0
      1 ${remount('/a', 'MS_REMOUNT|MS_BIND')} = ${refused} ; remount.locked-read-only
      1 ${remount('/b', 'MS_RDONLY|MS_REMOUNT')} = ${refused} ; remount.instance-of-others
      1 ${remount('/b', 'MS_RDONLY|MS_REMOUNT|MS_BIND')} = 0
      1 ${remount('/b', 'MS_REMOUNT|MS_BIND')} = 0
      1 ${bind('/a', '/d')} = 0
      1 ${remount('/d', 'MS_REMOUNT|MS_BIND')} = ${refused} ; remount.locked-read-only`,
      );
    });

    it('can do so whoever it is, once, and has a root that nothing covers', () => {
      check(
        profile,
        `1 fork() = 2
      2 ${become(65534)} = 0
      2 ${copy} = ${refused} ; unshare.unprivileged
      2 ${leave} = 0
      2 ${copy} = 0
      2 ${leave} = ${refused} ; unshare-user.unmapped
      1 ${mountOn('/')} = 0
      1 ${leave} = ${refused} ; unshare-user.covered-root`,
      );
    });

    it('has no capability left after an exec, and neither have its children', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 ${leave} = 0
      1 fork() = 2
      1 ${exec} = 0
      1 fork() = 3
      1 ${bind('/a', '/b')} = ${refused} ; bind.unprivileged
      3 ${copy} = ${refused} ; unshare.unprivileged
      2 ${bind('/a', '/b')} = 0`,
      );
    });

    it('joins the namespaces of its user namespace only', () => {
      check(
        profile,
        `1 openat(AT_FDCWD, "/proc/1/ns/mnt", O_RDONLY) = 3
      1 fork() = 2
      2 ${leave} = 0
      2 setns(3, CLONE_NEWNS) = ${refused} ; setns.unprivileged
      2 openat(AT_FDCWD, "/proc/2/ns/mnt", O_RDONLY) ; bound.unprivileged
      1 openat(AT_FDCWD, "/proc/2/ns/mnt", O_RDONLY) = 4
      1 setns(4, CLONE_NEWNS) = 0`,
      );
    });

    it('has no number, and neither has anybody else', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 mkdir("/a/d", 0755) = 0
      1 fork() = 2
      1 ${leave} = 0
      1 ${statx('/a/d', 'S_IFDIR|0755', 65534)} = 0
      2 ${statx('/a/d', 'S_IFDIR|0755', 0)} = 0
      1 ${chown('/a/d', 65534)} = ${invalid} ; chown.unmapped
      1 ${become(0)} = ${invalid} ; setresuid.unmapped
      1 ${chmod('/a/d', '0700')} = 0`,
      );
    });

    it('is to files who it was, without capabilities', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/m', 3)} = 0
      1 ${pin('/a/u', 3)} = 0
      1 ${chown('/a/u', 65534)} = 0
      1 fork() = 2
      2 ${become(65534)} = 0
      1 ${leave} = 0
      1 ${get('/a/m')} = 4
      1 ${get('/a/u')} = ${denied} ; get.denied
      1 kill(2, SIGKILL) = ${refused} ; kill.other-user
      2 ${leave} = 0
      2 ${get('/a/u')} = 4
      2 ${get('/a/m')} = ${denied} ; get.denied`,
      );
    });

    it('is outside where locked mounts would lie in each other, or nobody can leave', () => {
      check(
        profile,
        `1 ${mountOn('/a')} = 0
      1 mkdir("/a/d", 0755) = 0
      1 ${bind('/d', '/a/d')} = 0
      1 ${leave} ; bound.locked-tree`,
      );
      check(
        profile,
        `1 ${mountOn('/d/e')} = 0
      1 ${leave} = 0
      1 ${mountAs('/d', '/b', 'MS_BIND|MS_REC')} ; bound.locked-tree`,
      );
      check(profile, `1 ${leave} ; bound.user-namespaces`, { userNamespaces: 0 });
      check(profile, `1 ${leave} ; bound.user-namespaces`, { permissions: 0 });
    });

    it('keeps locked what lies in what is copied, where nobody is anywhere', () => {
      check(
        profile,
        `1 ${mountOn('/d/e')} = 0
      1 ${leave} = 0
      1 ${mountAs('/d', '/b', 'MS_BIND|MS_REC')} = 0
      1 umount2("/b/e", 0) = ${invalid} ; umount.locked
      1 umount2("/b", MNT_DETACH) = 0`,
        { directories: 0 },
      );
    });
  },
);

describe.each(old.filter((name) => name !== 'linux-4.7'))('a mount inside under %s', (profile) => {
  it('makes an instance, which is root’s', () => {
    check(
      profile,
      `1 ${leave} = 0
      1 ${mountOn('/a')} = 0
      1 ${statx('/a', 'S_IFDIR|01777', 65534)} = 0
      1 umount2("/a", 0) = 0`,
    );
  });
});

describe.each([...recent, 'linux-4.7'] as const)('a mount inside under %s', (profile) => {
  it('is refused', () => {
    check(
      profile,
      `1 ${leave} = 0
      1 ${mountOn('/a')} = ${refused} ; mount.user-namespace
      1 ${mountOn('/f')} = ${refused} ; mount.user-namespace`,
    );
  });
});

describe('the copies of a namespace', () => {
  it('are locked for root, too, who makes them of those of a user namespace', () => {
    check(
      'linux-6.18',
      `1 fork() = 2
      2 ${leave} = 0
      1 openat(AT_FDCWD, "/proc/2/ns/mnt", O_RDONLY) = 3
      1 setns(3, CLONE_NEWNS) = 0
      1 ${mountOn('/a')} = 0
      1 ${open('/b', 'O_PATH')} = 4
      1 ${copy} = 0
      1 umount2("/a", 0) = ${invalid} ; umount.locked
      2 umount2("/a", 0) = 0`,
    );
  });
});
