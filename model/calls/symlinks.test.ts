import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type World } from '../index.ts';
import { create, exists, get, mountOn, noDirectory, noEntry, pin } from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const refused = '-1 EPERM (Operation not permitted)';
const loops = '-1 ELOOP (Too many levels of symbolic links)';
const noPin = '-1 EACCES (Permission denied)';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const symlink = (target: string, path: string): string => `symlink("${target}", "${path}")`;

const mounted = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/x', 3)} = 0
  1 mkdir("/a/d", 0755) = 0`;

describe.each(profileNames.filter((name) => profiles[name].symlinks === 'none'))(
  'symbolic links under %s',
  (profile) => {
    it('are unknown to a bpffs', () => {
      does(
        worldOf(profile),
        `${mounted}
        1 ${symlink('x', '/a/x')} = ${exists} ; symlink.name-taken
        1 ${symlink('x', '/a/l')} = ${refused} ; symlink.unknown`,
      );
    });
  },
);

describe.each(profileNames.filter((name) => profiles[name].symlinks === 'built-in'))(
  'symbolic links under %s',
  (profile) => {
    const wide = { ...roomy, descriptors: 9 };

    it('lead on from where they lie, or from the root', () => {
      does(
        worldOf(profile, wide),
        `${mounted}
        1 ${symlink('../x', '/a/d/l')} = 0
        1 ${get('/a/d/l')} = 4
        1 ${symlink('/a/d', '/a/l')} = 0
        1 ${get('/a/l/l')} = 5
        1 ${pin('/a/l/y', 3)} = 0
        1 ${get('/a/d/y')} = 6
        1 ${mountOn('/b')} = 0
        1 ${symlink('/a/x', '/b/l')} = 0
        1 ${get('/b/l')} = 7`,
      );
    });

    it('are not followed by those that make or remove a name', () => {
      const world = worldOf(profile, wide);
      does(
        world,
        `${mounted}
        1 ${symlink('missing', '/a/l')} = 0
        1 ${pin('/a/l', 3)} = ${exists} ; pin.name-taken
        1 mkdir("/a/l", 0755) = ${exists} ; mkdir.name-taken
        1 rmdir("/a/l") = ${noDirectory} ; rmdir.not-a-directory
        1 link("/a/l", "/a/k") = 0
        1 rename("/a/l", "/a/m") = 0
        1 unlink("/a/m") = 0
        1 ${get('/a/k')} = ${noEntry} ; walk.missing
        1 unlink("/a/k") = 0
        1 unlink("/a/k") = ${noEntry} ; unlink.missing`,
      );
      expect(world.describe().filter((line) => line.startsWith('inode'))).toEqual([
        'inode 1: state=named superblock=1 kind=1',
        'inode 2: state=named superblock=1 kind=2 object=1',
        'inode 3: state=named superblock=1 kind=1',
      ]);
    });

    it('lead to directories where a slash asks for one', () => {
      does(
        worldOf(profile, wide),
        `${mounted}
        1 ${symlink('x', '/a/l')} = 0
        1 ${get('/a/l/')} = ${noDirectory} ; walk.not-a-directory
        1 ${symlink('x/', '/a/m')} = 0
        1 ${get('/a/m')} = ${noDirectory} ; walk.not-a-directory
        1 ${symlink('d', '/a/n')} = 0
        1 ${get('/a/n/')} = ${noPin} ; get.not-a-pin
        1 link("/a/n/", "/a/o") = ${refused} ; hard-link.directory`,
      );
    });

    it('may lead in circles, or on forty times', () => {
      const chain = Array.from(
        { length: 40 },
        (_, k) => `1 ${symlink(`l${k}`, `/a/l${k + 1}`)} = 0`,
      );
      does(
        worldOf(profile, { ...wide, inodes: 60, dentries: 60 }),
        `${mounted}
        1 ${symlink('l', '/a/l')} = 0
        1 ${get('/a/l')} = ${loops} ; walk.loop
        1 ${symlink('x', '/a/l0')} = 0
        ${chain.join('\n')}
        1 ${get('/a/l39')} = 4
        1 ${get('/a/l40')} = ${loops} ; walk.loop`,
      );
    });

    it('are mounted on, bound and unmounted where they lead', () => {
      does(
        worldOf(profile, wide),
        `${mounted}
        1 ${symlink('/a/d', '/a/l')} = 0
        1 ${mountOn('/a/l')} = 0
        1 ${pin('/a/d/z', 3)} = 0
        1 ${get('/a/l/z')} = 4
        1 umount2("/a/l", 0) = 0
        1 ${get('/a/d/z')} = ${noEntry} ; walk.missing
        1 mount("/a/l", "/b", NULL, MS_BIND, NULL) = 0
        1 ${pin('/b/q', 3)} = 0
        1 ${get('/a/d/q')} = 5`,
      );
    });

    it('are refused in the order in which they are looked at', () => {
      does(
        worldOf(profile, wide),
        `${mounted}
        1 symlink(NULL, "") = -1 EFAULT (Bad address) ; path.fault
        1 ${symlink('', '/a/missing/l')} = ${noEntry} ; path.empty
        1 ${symlink('x', '/a/.')} = ${exists} ; symlink.last-is-no-name
        1 ${symlink('x', '/a/x')} = ${exists} ; symlink.name-taken
        1 ${symlink('x', '/a/l/')} = ${noEntry} ; symlink.trailing-slash
        1 ${symlink('x', '/l')} ; bound.host
        1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
        1 rmdir("/a/d") = 0
        1 ${symlink('x', '/b/l')} = ${noEntry} ; symlink.in-removed-directory`,
      );
    });

    it('are outside a world that has none', () => {
      does(
        worldOf(profile, { ...wide, symlinks: 0 }),
        `${mounted} \n 1 ${symlink('x', '/a/l')} ; bound.symlinks`,
      );
    });
  },
);
