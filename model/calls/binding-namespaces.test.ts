import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type Bounds, type ProfileName } from '../index.ts';
import {
  create,
  get,
  invalid,
  mountOn,
  noDirectory,
  noEntry,
  open,
  pin,
} from '../lines.test-data.ts';
import { become, refused } from './permission-lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const busy = '-1 EBUSY (Device or resource busy)';
const show = (pid: number, path = '/f'): string =>
  `mount("/proc/${pid}/ns/mnt", "${path}", NULL, MS_BIND, NULL)`;
const join = (fd: number): string => `setns(${fd}, CLONE_NEWNS)`;

function check(profile: ProfileName, text: string, more: Partial<Bounds> = {}): void {
  const bounds = { ...roomy, directories: 1, namespaceFiles: 1, ...more } as const;
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

/** Process 2 in a namespace of its own, which began later, with a pin there; its file is `/f` for 1. */
const shown = `1 fork() = 2
  2 unshare(CLONE_NEWNS) = 0
  2 ${mountOn('/a')} = 0
  2 ${create('ARRAY')} = 3
  2 ${pin('/a/m', 3)} = 0
  1 ${show(2)} = 0`;

describe.each(profileNames)('a mount of the file of a namespace under %s', (profile) => {
  it('keeps the namespace, and leads to it', () => {
    check(
      profile,
      `${shown}
      2 exit_group(0) = ?
      1 ${open('/f', 'O_RDONLY')} = 3
      1 umount2("/f", 0) = ${busy}
      1 fork() = 3
      1 ${join(3)} = 0
      1 ${get('/a/m')} = 4
      1 umount2("/f", 0) = ${invalid} ; umount.not-a-mount`,
    );
  });

  it('lets go of it when it is gone, and whoever has it open keeps both', () => {
    check(
      profile,
      `${shown}
      2 exit_group(0) = ?
      1 ${open('/f', 'O_RDONLY')} = 3
      1 umount2("/f", MNT_DETACH) = 0
      1 ${open('/f', 'O_RDONLY')} ; bound.open
      1 ${join(3)} = 0
      1 ${get('/a/m')} = 4`,
    );
    check(
      profile,
      `${shown}\n2 exit_group(0) = ?\n1 umount2("/f", 0) = 0\n1 unshare(CLONE_NEWNS) = 0`,
      {
        namespaces: 2,
      },
    );
  });

  it('stays behind where a namespace is copied, and goes along with a tree', () => {
    check(
      profile,
      `${shown}
      1 mount("/", "/b", NULL, MS_BIND|MS_REC, NULL) = 0
      1 ${open('/b/f', 'O_RDONLY')} = 3
      1 umount2("/f", 0) = 0
      1 unshare(CLONE_NEWNS) = 0
      1 umount2("/b/f", 0) = ${invalid} ; umount.not-a-mount`,
    );
  });

  it('shows what began later, so that none keeps itself', () => {
    const older = `${invalid} ; bind-namespace.not-younger`;
    check(
      profile,
      `1 ${show(1)} = ${older}
      1 fork() = 2
      1 ${show(2)} = ${older}
      2 unshare(CLONE_NEWNS) = 0
      2 ${show(1)} = ${older}
      1 ${show(2)} = 0
      1 unshare(CLONE_NEWNS) = 0
      1 ${show(2)} = ${older}
      2 ${show(1)} = 0`,
    );
  });

  it('is told apart by age although rows are used again', () => {
    check(
      profile,
      `1 fork() = 2
      1 fork() = 3
      2 unshare(CLONE_NEWNS) = 0
      3 unshare(CLONE_NEWNS) = 0
      2 exit_group(0) = ?
      1 fork() = 4
      4 unshare(CLONE_NEWNS) = 0
      3 ${show(4)} = 0
      4 ${show(3)} = ${invalid} ; bind-namespace.not-younger`,
    );
  });

  it('is of a process that runs, on what is no directory', () => {
    check(
      profile,
      `1 ${show(2)} = ${noEntry} ; bind-namespace.no-process
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      1 ${show(2, '/a')} = ${noDirectory} ; bind-namespace.directory
      1 ${show(2, '/no')} = ${noEntry} ; walk.missing
      1 ${show(1, '/a')} = ${invalid} ; bind-namespace.not-younger`,
    );
  });

  it('is not made in a mount that is detached, or on what was removed', () => {
    const isEarly = profiles[profile].detachedTarget === 'ENOENT';
    const detached = isEarly
      ? `${noEntry} ; bind-namespace.detached`
      : `${invalid} ; bind-namespace.foreign`;
    check(
      profile,
      `${shown}
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/m', 3)} = 0
      1 mount("/a/m", "/f", NULL, MS_BIND, NULL) ; bound.namespace-file
      1 umount2("/f", 0) = 0
      1 mount("/a/m", "/f", NULL, MS_BIND, NULL) = 0
      1 unlink("/a/m") = 0
      1 ${show(2)} = ${noEntry} ; bind-namespace.removed-target
      1 ${pin('/a/n', 3)} = 0
      1 chdir("/a") = 0
      1 umount2("/a", MNT_DETACH) = 0
      1 ${show(2, 'n')} = ${detached}`,
    );
  });

  it('is shared, and copied to nobody, where what is mounted is passed on', () => {
    check(
      profile,
      `${shown}
      1 umount2("/f", 0) = 0
      1 mount(NULL, "/", NULL, MS_SHARED, NULL) = 0
      1 ${show(2)} = 0
      1 umount2("/f", 0) = 0
      1 fork() = 3
      3 unshare(CLONE_NEWNS) = 0
      1 ${show(2)} = ${invalid} ; bind-namespace.heard
      1 ${show(2, '/d')} = ${noDirectory}`,
      { peerGroups: 4 },
    );
  });

  it('is made by who may mount', () => {
    check(
      profile,
      `${shown}
      1 ${become(65534)} = 0
      1 ${show(2, '/no')} = ${/^linux-6/.test(profile) ? `${noEntry} ; walk.missing` : noEntry}
      1 ${show(2, '/d')} = ${refused} ; bind-namespace.unprivileged`,
      { permissions: 1 },
    );
  });

  it('is only opened, and unmounted', () => {
    check(
      profile,
      `${shown}
      1 ${open('/f', 'O_PATH')} = 3
      1 close(3) = 0
      1 ${open('/f', 'O_DIRECTORY')} = ${noDirectory}
      1 ${open('/f', 'O_RDWR')} ; bound.namespace-file
      1 ${get('/f')} ; bound.namespace-file
      1 ${show(2)} ; bound.namespace-file
      1 stat("/f/x", {}) = ${noDirectory}`,
    );
  });

  it('is outside where a world has none, and opened where one knows who is where', () => {
    check(profile, `1 ${show(1)} ; bound.namespace-files`, { namespaceFiles: 0 });
    check(profile, `${shown}\n1 ${open('/f', 'O_RDONLY')} ; bound.namespace-file`, {
      directories: 0,
    });
  });
});
