import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type Bounds, type ProfileName } from '../index.ts';
import { create, get, invalid, mountOn, noEntry, open, pin } from '../lines.test-data.ts';
import { become, refused } from './permission-lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const busy = '-1 EBUSY (Device or resource busy)';
const type = (path: string, types: string): string =>
  `mount(NULL, "${path}", NULL, ${types}, NULL)`;
const unmount = (path: string): string => `umount2("${path}", 0)`;

function check(profile: ProfileName, text: string, more: Partial<Bounds> = {}): void {
  const bounds = { ...roomy, directories: 1, peerGroups: 8, ...more } as const;
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

/** Process 2 in a copy of a namespace that is shared. */
const shared = `1 ${type('/', 'MS_REC|MS_SHARED')} = 0
  1 fork() = 2
  2 unshare(CLONE_NEWNS) = 0`;

const old = profileNames.filter((name) => profiles[name].coveredCopies === 'stay');
const young = profileNames.filter((name) => profiles[name].coveredCopies === 'slide');

describe.each(profileNames)('peers under %s', (profile) => {
  it('see what the others mount, and lose what they unmount, unless somebody is in a copy', () => {
    check(
      profile,
      `${shared}
      2 ${mountOn('/a')} = 0
      2 ${create('ARRAY')} = 3
      2 ${pin('/a/m', 3)} = 0
      1 ${get('/a/m')} = 3
      1 chdir("/a") = 0
      2 ${unmount('/a')} = ${busy} ; umount.peer-busy
      1 chdir("/") = 0
      2 ${unmount('/a')} = 0
      1 ${get('/a/m')} = ${noEntry}`,
    );
  });

  it('are made of mounts, by who may mount', () => {
    check(
      profile,
      `1 ${type('/d', 'MS_SHARED')} = ${invalid} ; propagation.not-a-mount
      1 ${become(65534)} = 0
      1 ${type('/', 'MS_SHARED')} = ${refused} ; propagation.unprivileged`,
      { permissions: 1 },
    );
  });

  it('keep what is mounted in them where it is', () => {
    check(
      profile,
      `1 ${mountOn('/a')} = 0
      1 ${type('/', 'MS_SHARED')} = 0
      1 mount("/a", "/b", NULL, MS_MOVE, NULL) = ${invalid} ; move.from-shared
      1 ${type('/', 'MS_SLAVE')} = 0
      1 mount("/a", "/b", NULL, MS_MOVE, NULL) = 0`,
    );
  });

  it('are as many as the bounds say, and none in a world without', () => {
    check(
      profile,
      `1 ${mountOn('/a')} = 0
      1 ${type('/', 'MS_REC|MS_SHARED')} ; bound.peer-groups
      1 ${type('/', 'MS_SHARED')} = 0
      1 ${mountOn('/b')} ; bound.peer-groups
      1 ${type('/', 'MS_PRIVATE')} = 0
      1 ${type('/a', 'MS_SHARED')} = 0`,
      { peerGroups: 1 },
    );
    const { peerGroups, ...without } = { ...roomy, peerGroups: 1 };
    const world = createWorld({ switches: profiles[profile], bounds: without, host });
    const text = `1 ${type('/', 'MS_SHARED')} ; bound.propagation`;
    expect([peerGroups, replayed(world, text)]).toEqual([1, lines(text)]);
  });

  it('get copies for which there has to be room', () => {
    check(
      profile,
      `${shared}
      1 ${mountOn('/a')} = 0
      1 ${mountOn('/b')} ; bound.mounts`,
      { mounts: 3 },
    );
  });
});

describe.each(old)('copies of a mount under %s', (profile) => {
  it('do not lie under what is there', () => {
    check(
      profile,
      `${shared}
      2 ${type('/', 'MS_SLAVE')} = 0
      2 ${mountOn('/a')} = 0
      1 ${mountOn('/a')} ; bound.shadow-mounts`,
    );
  });
});

describe.each(young)('copies of a mount under %s', (profile) => {
  it('lie under what is there, with all that is mounted in the original', () => {
    check(
      profile,
      `${shared}
      2 ${type('/', 'MS_SLAVE')} = 0
      2 ${mountOn('/b')} = 0
      2 ${create('ARRAY')} = 3
      2 ${pin('/b/own', 3)} = 0
      1 ${mountOn('/a')} = 0
      1 mkdir("/a/d", 0755) = 0
      1 ${mountOn('/a/d')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/d/m', 3)} = 0
      1 mount("/a", "/b", NULL, MS_BIND|MS_REC, NULL) = 0
      2 ${get('/b/own')} = 4
      2 ${unmount('/b')} = 0
      2 ${get('/b/d/m')} = 5`,
    );
  });
});

describe.each(young)('a locked mount under %s', (profile) => {
  const locked = `1 ${type('/', 'MS_SHARED')} = 0
    1 ${mountOn('/a')} = 0
    1 mkdir("/a/d", 0755) = 0
    1 fork() = 2
    2 unshare(CLONE_NEWNS) = 0
    1 ${type('/a', 'MS_PRIVATE')} = 0
    1 ${mountOn('/a/d')} = 0
    2 ${unmount('/a')} = 0
    1 ${unmount('/a/d')} = 0
    1 fork() = 3
    3 unshare(CLONE_NEWUSER|CLONE_NEWNS) = 0`;
  const users = { permissions: 1, userNamespaces: 1 } as const;

  it('slides down from what is unmounted below it', () => {
    check(
      profile,
      `${locked}
      2 ${mountOn('/a')} = 0
      2 ${unmount('/a')} = 0
      3 mkdir("/a/d", 0755) = -1 EEXIST (File exists)
      1 ${unmount('/a')} = 0
      3 stat("/a/d", {}) = ${noEntry}`,
      { ...users, directories: 0 },
    );
  });

  it('does not come to lie in a copy where somebody might be', () => {
    check(profile, `${locked}\n2 ${mountOn('/a')} ; bound.locked-tree`, users);
  });
});

describe('a mount that is in no namespace', () => {
  const detached = `1 ${mountOn('/a')} = 0
    1 ${open('/a', 'O_DIRECTORY')} = 3
    1 umount2("/a", MNT_DETACH) = 0`;

  it.each(profileNames)('is nobody’s peer, whether that is said or not, under %s', (profile) => {
    const answer =
      profiles[profile].detachedType === 'EINVAL' ? `= ${invalid} ; propagation.detached` : '= 0';
    check(profile, `${detached}\n1 ${type('/proc/self/fd/3', 'MS_SHARED')} ${answer}`);
  });
});
