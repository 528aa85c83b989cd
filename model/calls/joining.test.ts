import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type Bounds, type ProfileName } from '../index.ts';
import {
  badFd,
  create,
  get,
  invalid,
  mountOn,
  noEntry,
  noNumber,
  open,
  pin,
} from '../lines.test-data.ts';
import { become, refused } from './permission-lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const fileOf = (pid: number): string => `openat(AT_FDCWD, "/proc/${pid}/ns/mnt", O_RDONLY)`;
const join = (fd: number): string => `setns(${fd}, CLONE_NEWNS)`;

function check(profile: ProfileName, text: string, more: Partial<Bounds> = {}): void {
  const bounds = { ...roomy, directories: 1, namespaceFiles: 1, ...more } as const;
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

/** Process 2 in a namespace of its own, with a pin there; 1 has the file of it as 3. */
const apart = `1 fork() = 2
  2 unshare(CLONE_NEWNS) = 0
  2 ${mountOn('/a')} = 0
  2 ${create('ARRAY')} = 3
  2 ${pin('/a/m', 3)} = 0
  1 ${fileOf(2)} = 3`;

describe.each(profileNames)('the file of a namespace under %s', (profile) => {
  it('keeps the namespace when its last process is gone, until it is closed', () => {
    check(
      profile,
      `${apart}
      2 exit_group(0) = ?
      1 fork() = 3
      1 ${join(3)} = 0
      1 ${get('/a/m')} = 4
      1 close(4) = 0
      3 ${get('/a/m')} = ${noEntry}
      1 exit_group(0) = ?
      3 ${join(3)} = 0
      3 ${get('/a/m')} = 4`,
    );
  });

  it('puts who joins at the root, and leaves what is open where it is', () => {
    check(
      profile,
      `${apart}
      1 chdir("/d") = 0
      1 mkdir("e", 0755) = -1 EEXIST (File exists)
      1 ${join(3)} = 0
      1 ${get('a/m')} = 4
      1 ${get('../a/m')} = 5`,
    );
  });

  it('is of a process that runs, opened like any file', () => {
    check(
      profile,
      `1 ${fileOf(2)} = ${noEntry} ; open-namespace.no-process
      1 fork() = 2
      2 exit_group(0) = ?
      1 ${fileOf(2)} = ${noEntry} ; open-namespace.no-process
      1 ${fileOf(1)} = 3
      1 dup(3) = 4
      1 dup(3) = 5
      1 dup(3) = 6
      1 ${fileOf(9)} = ${noNumber} ; open-namespace.no-descriptor
      1 execve("/proc/self/exe", ["exe"], NULL) = 0
      1 ${join(6)} = 0`,
    );
  });

  it('is no other descriptor', () => {
    check(
      profile,
      `1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${open('/a', 'O_PATH')} = 4
      1 ${open('/a', 'O_DIRECTORY')} = 5
      1 ${join(3)} = ${invalid} ; setns.not-a-namespace
      1 ${join(4)} = ${badFd} ; setns.fd-closed
      1 ${join(5)} = ${invalid} ; setns.not-a-namespace
      1 ${join(9)} = ${badFd} ; setns.fd-closed
      1 ${join(0)} = ${invalid} ; setns.not-a-namespace
      1 close(5) = 0
      1 ${fileOf(1)} = 5
      1 ${pin('/a/m', 5)} = ${invalid} ; pin.not-an-object
      1 fchdir(5) = -1 ENOTDIR (Not a directory) ; fchdir.nowhere`,
    );
  });

  it('is joined by who has capabilities', () => {
    check(
      profile,
      `1 ${fileOf(1)} = 3
      1 ${become(65534)} = 0
      1 ${join(3)} = ${refused} ; setns.unprivileged
      1 ${join(9)} = ${badFd} ; setns.fd-closed
      1 ${fileOf(1)} ; bound.unprivileged`,
      { permissions: 1 },
    );
  });

  it('leads to no root that something is mounted on', () => {
    check(profile, `1 ${fileOf(1)} = 3\n1 ${mountOn('/')} = 0\n1 ${join(3)} ; bound.root`);
  });

  it('is outside where a world has none', () => {
    check(profile, `1 ${fileOf(1)} ; bound.namespace-files`, { namespaceFiles: 0 });
  });
});

describe('a namespace that is joined under linux-4.4', () => {
  it('makes its mounts those of the joined: they find its instance', () => {
    check(
      'linux-4.4',
      `${apart}
      1 ${mountOn('/b')} = 0
      1 ${get('/b/m')} = ${noEntry}
      1 ${join(3)} = 0
      1 ${mountOn('/b')} = 0
      1 ${get('/b/m')} = 4`,
    );
  });
});

it('links nothing from the host tree as another namespace shows it', () => {
  check(
    'linux-6.18',
    `1 ${mountOn('/a')} = 0
    1 ${open('/a', 'O_DIRECTORY')} = 3
    1 ${fileOf(1)} = 4
    1 unshare(CLONE_NEWNS) = 0
    1 umount2("/a", 0) = 0
    1 linkat(3, "..", AT_FDCWD, "/a/y", 0) = -1 EXDEV (Invalid cross-device link) ; hard-link.other-mount`,
  );
});
