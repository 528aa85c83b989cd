import { describe, expect, it } from 'vitest';
import { createWorld, profileNames, profiles, type ProfileName } from '../index.ts';
import { create, get, invalid, mountOn, noEntry, pin } from '../lines.test-data.ts';
import { mkdir, statx, worldOf } from './permission-lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const move = (from: string, to: string): string => `mount("${from}", "${to}", NULL, MS_MOVE, NULL)`;
const bindAll = (from: string, to: string): string =>
  `mount("${from}", "${to}", NULL, MS_BIND|MS_REC, NULL)`;

function check(profile: ProfileName, text: string): void {
  const bounds = { ...roomy, directories: 1, descriptors: 6 } as const;
  const world = createWorld({ switches: profiles[profile], bounds, host });
  expect(replayed(world, text)).toBe(lines(text));
}

const pinned = `1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${mkdir('/a/d')} = 0
  1 ${pin('/a/m', 3)} = 0`;

describe.each(profileNames)('a mount that is moved under %s', (profile) => {
  it('shows elsewhere what it showed, and what is mounted in it', () => {
    check(
      profile,
      `${pinned}
      1 mount("/b", "/a/d", NULL, MS_BIND, NULL) = 0
      1 chdir("/a/d") = 0
      1 ${move('/a', '/b')} = 0
      1 ${get('/a/m')} = ${noEntry}
      1 ${get('/b/m')} = 4
      1 ${get('../m')} = 5
      1 umount2("/b", 0) = -1 EBUSY (Device or resource busy) ; umount.busy`,
    );
  });

  it('goes on top of what is there', () => {
    check(
      profile,
      `${pinned}
      1 mount("/d", "/b", NULL, MS_BIND, NULL) = 0
      1 ${move('/a', '/b')} = 0
      1 ${get('/b/m')} = 4
      1 umount2("/b", 0) = 0
      1 umount2("/b", 0) = 0`,
    );
  });

  it('is a mount, of the own namespace, and no part of one', () => {
    check(
      profile,
      `${pinned}
      1 ${move('/a/d', '/b')} = ${invalid} ; move.not-a-mount
      1 ${move('/a', '/f')} = ${invalid} ; move.kinds-differ
      1 ${move('/a', '/a/d')} = -1 ELOOP (Too many levels of symbolic links) ; move.into-itself
      1 ${move('', '/b')} = ${invalid} ; move.no-source
      1 mount(NULL, "/b", NULL, MS_MOVE, NULL) = ${invalid} ; move.no-source
      1 ${move('x'.repeat(4096), '/b')} = ${invalid} ; move.source-too-long
      1 ${move('/nothing', '/b')} = ${noEntry} ; walk.missing
      1 chdir("/a") = 0
      1 umount2("/a", MNT_DETACH) = 0
      1 ${move('.', '/b')} = ${invalid} ; move.foreign`,
    );
  });

  it('goes to no place that was removed, or is in no namespace', () => {
    const { detachedTarget } = profiles[profile];
    const gone =
      detachedTarget === 'ENOENT' ? `${noEntry} ; move.detached` : `${invalid} ; move.foreign`;
    check(
      profile,
      `${pinned}
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 mount("/a", "/d", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/d") = 0
      1 ${move('/d', '/b')} = ${noEntry} ; move.removed-target
      1 chdir("/d") = 0
      1 umount2("/d", MNT_DETACH) = 0
      1 ${move('/a', '.')} = ${gone}`,
    );
  });

  it('may be of what was removed, where a bind mount may', () => {
    const answer =
      profiles[profile].bindRemoved === 'ENOENT' ? `${noEntry} ; move.removed-source` : '0';
    check(
      profile,
      `${pinned}
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/d") = 0
      1 ${move('/b', '/d')} = ${answer}`,
    );
  });
});

describe.each(profileNames)('a recursive bind mount under %s', (profile) => {
  it('takes along what is mounted at or below its source, and nothing beside it', () => {
    check(
      profile,
      `${pinned}
      1 mount("/d", "/a/d", NULL, MS_BIND, NULL) = 0
      1 mount("/a", "/d/e", NULL, MS_BIND, NULL) = 0
      1 ${bindAll('/a/d', '/b')} = 0
      1 ${get('/b/e/m')} = ${noEntry}
      1 ${bindAll('/d', '/b')} = 0
      1 ${get('/b/e/m')} = 4
      1 ${get('/b/e/d/e/m')} = ${noEntry}
      1 umount2("/b", 0) = -1 EBUSY (Device or resource busy) ; umount.busy
      1 umount2("/b", MNT_FORCE) = -1 EBUSY (Device or resource busy) ; umount.busy
      1 umount2("/b", MNT_DETACH) = 0
      1 ${get('/d/e/m')} = 5`,
    );
  });

  it('meets its bound where there is no room for all of it', () => {
    const world = createWorld({
      switches: profiles[profile],
      bounds: { ...roomy, mounts: 3 },
      host,
    });
    const text = `${pinned}
      1 mount("/b", "/a/d", NULL, MS_BIND, NULL) = 0
      1 ${bindAll('/a', '/d')} ; bound.mounts`;
    expect(replayed(world, text)).toBe(lines(text));
  });
});

describe('options of a mount', () => {
  const mountWith = (data: string): string => `mount("bpf", "/a", "bpf", 0, "${data}")`;
  const shown = (data: string, mode: string, uid = 0): string => `1 ${mountWith(data)} = 0
    1 ${statx('/a', `S_IFDIR|${mode}`, uid)} = 0
    1 umount2("/a", 0) = 0`;
  const does = (profile: ProfileName, text: string): void => {
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  };

  it.each(profileNames)('that nobody knows are no error under %s', (profile) => {
    does(profile, shown('foo=1,bar', '01777'));
  });

  it.each(profileNames)('are what the kernel of %s looks at', (profile) => {
    switch (profiles[profile].mountOptions) {
      case 'none':
        does(profile, `${shown('mode=9', '01777')}\n${shown('mode=0700,uid=x', '01777')}`);
        break;
      case 'mode':
        does(
          profile,
          `${shown('mode=0700', '01700')}
          ${shown('mode=0700,mode=5', '01005')}
          ${shown('uid=x,mode=+0', '01000')}
          1 ${mountWith('mode=9')} = ${invalid} ; mount.bad-option
          1 ${mountWith('mode')} = ${invalid} ; mount.bad-option
          1 ${mountWith('mode=9,mode=0700')} = ${invalid} ; mount.bad-option
          1 ${mountWith('mode=')} = ${invalid} ; mount.bad-option`,
        );
        break;
      case 'mode-and-owners':
        does(
          profile,
          `${shown('uid=65534,gid=65534,mode=0755', '01755', 65534)}
          ${shown('uid=0,gid=0', '01777')}
          1 ${mountWith('uid=x')} = ${invalid} ; mount.bad-option
          1 ${mountWith('gid')} = ${invalid} ; mount.bad-option
          1 ${mountWith('mode=77777777777')} = ${invalid} ; mount.bad-option
          1 ${mountWith('uid=5,gid=5')} ; bound.mount-options
          1 ${mountWith('uid=65534')} ; bound.mount-options
          1 ${mountWith('mode=4755')} ; bound.mount-options
          1 ${mountWith('delegate_cmds=any')} ; bound.mount-options`,
        );
    }
  });

  it('are looked at behind capabilities and the way there, and before what is there', () => {
    does(
      'linux-6.18',
      `1 mount("bpf", "/nothing", "bpf", 0, "mode=9") = ${noEntry} ; walk.missing
      1 mount("bpf", "/f", "bpf", 0, "mode=9") = ${invalid} ; mount.bad-option
      1 mount("bpf", "/f", "bpf", MS_RDONLY, NULL) ; bound.read-only
      1 mount(NULL, "/", NULL, MS_REMOUNT, NULL) ; bound.root`,
    );
  });
});

it.each(profileNames)(
  'umount2 follows a symbolic link unless it is told not to, under %s',
  (profile) => {
    if (profiles[profile].symlinks === 'none') return;
    check(
      profile,
      `${pinned}
    1 symlink("/b", "/a/s") = 0
    1 mount("/d", "/b", NULL, MS_BIND, NULL) = 0
    1 umount2("/a/s", UMOUNT_NOFOLLOW) = ${invalid} ; umount.not-a-mount
    1 umount2("/b", UMOUNT_NOFOLLOW) = 0
    1 umount2("/a/s", 0) = ${invalid} ; umount.not-a-mount`,
    );
  },
);
