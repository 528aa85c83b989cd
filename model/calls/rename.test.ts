import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type World } from '../index.ts';
import { get, mountOn, pin, renameat2 } from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';
import { errors, link, linksOf, rename, tree } from './trees.test-data.ts';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const without = profileNames.filter((name) => profiles[name].nameOps === 'none');
const having = profileNames.filter((name) => profiles[name].nameOps === 'built-in');
const flagged = profileNames.filter((name) => profiles[name].renameFlags === 'built-in');

describe.each(without)('names under %s', (profile) => {
  it('stay where they are, once everything else is in order', () => {
    does(
      worldOf(profile),
      `${tree}
      1 ${rename('/a/x', '/a/n')} = ${errors.EPERM} ; rename.unknown
      1 ${rename('/a/x', '/a/d')} = ${errors.EISDIR} ; rename.file-onto-directory
      1 ${renameat2('/a/x', '/a/n', 'RENAME_NOREPLACE')} = ${errors.EPERM} ; renameat2.unknown
      1 ${link('/a/x', '/a/n')} = ${errors.EPERM} ; hard-link.unknown
      1 ${link('/a/x', '/b/n')} = ${errors.EXDEV} ; hard-link.other-mount`,
    );
  });
});

describe.each(having)('names that move under %s', (profile) => {
  it('lead to what they led to', () => {
    does(
      worldOf(profile, { ...roomy, descriptors: 6 }),
      `${tree}
      1 ${rename('/a/x', '/a/d/s/x')} = 0
      1 ${get('/a/x')} = ${errors.ENOENT} ; walk.missing
      1 ${get('/a/d/s/x')} = 5
      1 ${rename('/a/d', '/a/e')} = 0
      1 ${get('/a/e/s/x')} = 6`,
    );
  });

  it('let go of what the other name led to', () => {
    const world = worldOf(profile);
    does(world, `${tree} \n 1 close(4) = 0 \n 1 ${rename('/a/x', '/a/y')} = 0`);
    if (profiles[profile].pinPut === 'later') does(world, 'settle release-inode');
    expect(world.describe().filter((line) => line.startsWith('object'))).toEqual([
      expect.stringMatching(/^object 1: state=held-by-users .*refcnt=2/),
      'object 2: state=gone',
    ]);
  });

  it('stay both, where they lead to one pin', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 ${link('/a/x', '/a/n')} = 0
      1 ${rename('/a/x', '/a/n')} = 0`,
    );
    expect([linksOf(world, '/a/x'), linksOf(world, '/a/n')]).toEqual([2, 2]);
  });

  it('are refused in the order in which they are looked at', () => {
    does(
      worldOf(profile),
      `${tree}
      1 ${rename('/a/miss/x', '')} = ${errors.ENOENT} ; walk.missing
      1 rename("/a/x", NULL) = ${errors.EFAULT} ; path.fault
      1 ${rename('/a/missing', '/b/n')} = ${errors.EXDEV} ; rename.other-mount
      1 ${rename('/a/.', '/a/n')} = ${errors.EBUSY} ; rename.from-is-no-name
      1 ${rename('/a/missing', '/a/..')} = ${errors.EBUSY} ; rename.to-is-no-name
      1 ${rename('/a/missing', '/a/x/')} = ${errors.ENOENT} ; rename.missing
      1 ${rename('/a/x/', '/a/n')} = ${errors.ENOTDIR} ; rename.file-slash
      1 ${rename('/a/x', '/a/e/')} = ${errors.ENOTDIR} ; rename.file-slash
      1 ${rename('/a/d', '/a/d/s/t')} = ${errors.EINVAL} ; rename.into-itself
      1 ${rename('/a/d/s', '/a/d')} = ${errors.ENOTEMPTY} ; rename.onto-parent
      1 ${rename('/a/d', '/a/x')} = ${errors.ENOTDIR} ; rename.directory-onto-file
      1 ${rename('/a/x', '/a/d')} = ${errors.EISDIR} ; rename.file-onto-directory
      1 ${rename('/a/e', '/a/d')} = ${errors.ENOTEMPTY} ; rename.not-empty
      1 ${rename('/f', '/g')} ; bound.host`,
    );
  });

  it('stay where the caller has mounted something', () => {
    does(
      worldOf(profile),
      `${tree}
      1 ${mountOn('/a/e')} = 0
      1 ${rename('/a/e', '/a/n')} = ${errors.EBUSY} ; rename.mount-point
      1 ${rename('/a/d', '/a/e')} = ${errors.EBUSY} ; rename.mount-point`,
    );
  });

  it('take the mounts of other namespaces along', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 fork() = 2
      2 unshare(CLONE_NEWNS) = 0
      2 ${mountOn('/a/e')} = 0
      2 ${pin('/a/e/z', 3)} = 0
      1 ${rename('/a/e', '/a/n')} = 0
      2 ${get('/a/n/z')} = 5`,
    );
  });
});

describe.each(flagged)('the flags of renameat2 under %s', (profile) => {
  it('spare what is there, or exchange it', () => {
    const world = worldOf(profile);
    does(
      world,
      `${tree}
      1 ${renameat2('/a/x', '/a/y', 'RENAME_NOREPLACE')} = ${errors.EEXIST} ; renameat2.exists
      1 ${renameat2('/a/x', '/a/.', 'RENAME_NOREPLACE')} = ${errors.EEXIST} ; renameat2.exists-as-no-name
      1 ${renameat2('/a/x', '/a/.', 'RENAME_EXCHANGE')} = ${errors.EBUSY} ; renameat2.to-is-no-name
      1 ${renameat2('/a/x', '/a/n', 'RENAME_EXCHANGE')} = ${errors.ENOENT} ; renameat2.nothing-there
      1 ${renameat2('/a/d', '/a/x/', 'RENAME_EXCHANGE')} = ${errors.ENOTDIR} ; renameat2.exchanged-slash
      1 ${renameat2('/a/d/s', '/a/d', 'RENAME_EXCHANGE')} = ${errors.EINVAL} ; renameat2.with-parent
      1 ${renameat2('/a/x', '/a/d', 'RENAME_EXCHANGE')} = 0
      1 ${get('/a/d')} = 5
      1 ${renameat2('/a/x', '/a/x', 'RENAME_EXCHANGE')} = 0`,
    );
    expect(linksOf(world, '/a/x/s')).toBe(2);
  });

  it('exclude each other, and leave nothing white', () => {
    const both = 'RENAME_NOREPLACE|RENAME_EXCHANGE';
    does(
      worldOf(profile),
      `${tree}
      1 ${renameat2('/a/missing', '/b/n', both)} = ${errors.EINVAL} ; renameat2.flags
      1 ${renameat2('/a/missing', '/b/n', 'RENAME_WHITEOUT')} = ${errors.EXDEV} ; renameat2.other-mount
      1 ${renameat2('/a/..', '/a/n', 'RENAME_WHITEOUT')} = ${errors.EBUSY} ; renameat2.from-is-no-name
      1 ${renameat2('/a/missing', '/a/n', 'RENAME_WHITEOUT')} = ${errors.ENOENT} ; renameat2.missing
      1 ${renameat2('/a/x/', '/a/n', 'RENAME_WHITEOUT')} = ${errors.ENOTDIR} ; renameat2.file-slash
      1 ${renameat2('/a/d', '/a/d/n', 'RENAME_WHITEOUT')} = ${errors.EINVAL} ; renameat2.into-itself
      1 ${renameat2('/a/d/s', '/a/d', 'RENAME_WHITEOUT')} = ${errors.ENOTEMPTY} ; renameat2.onto-parent
      1 ${renameat2('/a/d', '/a/x', 'RENAME_WHITEOUT')} = ${errors.ENOTDIR} ; renameat2.directory-onto-file
      1 ${renameat2('/a/x', '/a/d', 'RENAME_WHITEOUT')} = ${errors.EISDIR} ; renameat2.file-onto-directory
      1 ${renameat2('/a/x', '/a/n', 'RENAME_WHITEOUT')} = ${errors.EINVAL} ; renameat2.whiteout
      1 ${mountOn('/a/e')} = 0
      1 ${renameat2('/a/e', '/a/n', 'RENAME_WHITEOUT')} = ${errors.EBUSY} ; renameat2.mount-point`,
    );
  });
});

describe.each(having.filter((name) => profiles[name].renameFlags === 'none'))(
  'renameat2 under %s',
  (profile) => {
    it('has no flags, and says so behind what it looks at first', () => {
      does(
        worldOf(profile),
        `${tree}
        1 ${renameat2('/a/x', '/a/y', 'RENAME_NOREPLACE')} = ${errors.EEXIST} ; renameat2.exists
        1 ${renameat2('/a/x', '/a/n', 'RENAME_NOREPLACE')} = ${errors.EINVAL} ; renameat2.unknown-flags`,
      );
    });
  },
);

describe.each(having.filter((name) => profiles[name].dotCheck === 'at-create-last'))(
  'names with a dot under %s',
  (profile) => {
    it('are refused when everything else is in order', () => {
      does(
        worldOf(profile),
        `${tree}
        1 ${rename('/a/x', '/a/a.b')} = ${errors.EPERM} ; rename.dotted
        1 ${rename('/a/x/', '/a/a.b')} = ${errors.ENOTDIR} ; rename.file-slash
        1 ${link('/a/x', '/a/a.b')} = ${errors.EPERM} ; hard-link.dotted`,
      );
    });
  },
);
