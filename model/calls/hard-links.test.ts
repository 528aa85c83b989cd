import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type World } from '../index.ts';
import { get } from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';
import { errors, link, linksOf, tree } from './trees.test-data.ts';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const having = profileNames.filter((name) => profiles[name].nameOps === 'built-in');

describe.each(having)('several names of one pin under %s', (profile) => {
  it('keep it to the last', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 ${link('/a/x', '/a/d/x')} = 0
      1 close(3) = 0
      1 unlink("/a/x") = 0
      1 ${get('/a/d/x')} = 3
      1 close(3) = 0`,
    );
    expect(linksOf(world, '/a/d/x')).toBe(1);
    expect(linksOf(world, '/a/d')).toBe(3);
    does(world, '1 unlink("/a/d/x") = 0');
    if (profiles[profile].pinPut === 'later') does(world, 'settle release-inode');
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('keep it while one of them is bound elsewhere and lost, and the other is there', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 ${link('/a/x', '/a/n')} = 0
      1 mount("/a/x", "/f", NULL, MS_BIND, NULL) = 0
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      1 umount2("/f", 0) = 0
      1 unlink("/a/x") = 0`,
    );
    expect(linksOf(world, '/a/n')).toBe(1);
    does(world, '2 exit_group(0) = ?');
    does(world, `1 close(3) = 0 \n 1 ${get('/a/n')} = 3`);
    expect(world.describe().join('\n')).toMatch(/object 1: state=held-by-users .*refcnt=2/);
  });

  it('are gone with the last mount of one of them that has no name', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 ${link('/a/x', '/a/n')} = 0
      1 mount("/a/x", "/f", NULL, MS_BIND, NULL) = 0
      1 mount("/a/n", "/a/y", NULL, MS_BIND, NULL) = 0
      1 close(3) = 0
      1 unlink("/a/x") = 0
      1 unlink("/a/n") = 0
      1 umount2("/f", 0) = 0
      1 ${get('/a/y')} = 3
      1 close(3) = 0
      1 umount2("/a/y", 0) = 0`,
    );
    if (profiles[profile].pinPut === 'later') does(world, 'settle release-inode');
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('are refused in the order in which they are looked at', () => {
    does(
      worldOf(profile),
      `${tree}
      1 ${link('/a/missing', '/a/x')} = ${errors.ENOENT} ; walk.missing
      1 ${link('/a/x/', '')} = ${errors.ENOTDIR} ; walk.not-a-directory
      1 ${link('/a/d', '/a/.')} = ${errors.EEXIST} ; hard-link.last-is-no-name
      1 ${link('/a/d', '/a/x')} = ${errors.EEXIST} ; hard-link.name-taken
      1 ${link('/a/d', '/a/n/')} = ${errors.ENOENT} ; hard-link.trailing-slash
      1 ${link('/f', '/a/n')} = ${errors.EXDEV} ; hard-link.other-mount
      1 ${link('/a/x', '/b/n/')} = ${errors.ENOENT} ; hard-link.trailing-slash
      1 ${link('/d', '/g')} = ${errors.EPERM} ; hard-link.directory
      1 ${link('/a/d', '/a/n')} = ${errors.EPERM} ; hard-link.directory
      1 ${link('/f', '/n')} ; bound.host`,
    );
  });

  it('are not made in a directory that was removed', () => {
    does(
      worldOf(profile),
      `${tree}
      1 mount("/a/e", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/e") = 0
      1 ${link('/a/x', '/b/n')} = ${errors.ENOENT} ; hard-link.in-removed-directory`,
    );
  });
});
