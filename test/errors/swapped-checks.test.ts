import { describe, expect, it } from 'vitest';
import { profileNames } from '../../model/index.ts';
import type { CallName } from '../../model/vocabulary/index.ts';
import { rowMutations } from '../../scripts/mutations/listing.ts';
import { pairRowJudge } from '../../scripts/mutations/pair-calls.ts';

const looked: readonly CallName[] = [
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'unlink',
  'rmdir',
  'mkdir',
  'mknod',
  'truncate',
  'utimensat',
  'setxattr',
  'readdir',
  'open',
  'symlink',
  'link',
  'rename',
  'renameat2',
  'chmod',
  'chown',
  'access',
  'mount',
  'bind',
  'move',
  'remount',
  'set-propagation',
  'umount2',
];

/** Two checks that stand side by side, by their ids. */
type Pair = `${string} before ${string}`;

/** The pair that changes places in a mutation of this name. */
function pairOf(name: string): Pair {
  const [, next, row] = / with (\S+) before (\S+)/.exec(name) ?? [];
  if (next === undefined || row === undefined) throw new Error(`${name} swaps nothing`);
  return `${row} before ${next}`;
}

/** Pairs that cannot hold together, by the reason. */
const exclusive: Readonly<Record<string, readonly Pair[]>> = {
  'a string has one fault': ['path.fault before path.too-long', 'path.too-long before path.empty'],
  'a walk stops at its first fault': [
    'last.dotted before last.name-too-long',
    'walk.bad-descriptor before walk.not-a-directory',
    'open.new-dotted before open.new-name-too-long',
    'walk.dotted before walk.name-too-long',
    'walk.missing before walk.loop',
    'walk.name-too-long before walk.missing',
    'walk.denied before walk.dotted',
    'walk.not-a-directory before walk.denied',
  ],
  'what is no name is not looked up, and is one thing': [
    'hard-link.last-is-no-name before last.dotted',
    'mkdir.last-is-no-name before last.dotted',
    'mknod.last-is-no-name before last.dotted',
    'open.new-with-slash before open.new-dotted',
    'pin.last-is-no-name before last.dotted',
    'rmdir.dot before rmdir.root',
    'rmdir.dot-dot before rmdir.dot',
    'rmdir.root before rmdir.read-only',
    'symlink.last-is-no-name before last.dotted',
  ],
  'the host tree can be written': ['pin.read-only before pin.not-bpffs'],
  'what is in no namespace is in nobody’s': ['propagation.detached before propagation.of-others'],
  // traces/corpus/propagation/expiring-with-a-peer-in-use shows the order.
  'no copy in a peer is in use here': ['umount.unmarked before umount.peer-busy'],
  // The order of most of them is in traces/corpus/user-namespaces.
  'nobody here has left the initial user namespace': [
    'chown.read-only before chown.unmapped',
    'chown.unmapped before chown.unprivileged',
    'remount.instance-of-others before remount.open-without-name',
    'umount.force before umount.expire-detached',
    'umount.locked before umount.force',
  ],
  'what was removed has nothing in it': ['move.into-itself before move.removed-source'],
  'open has one set of flags': [
    'open.exists before open.not-a-directory',
    'open.not-a-directory before open.is-a-directory',
  ],
  'a pin of a link is a pin': ['get.not-a-pin before get.link-access'],
  'what is no pin has no references': ['get.not-a-pin before get.references'],
  'an object is a map or a program': ['pin.map-references before pin.program-references'],
  'a removed directory is empty': [
    'hard-link.name-taken before hard-link.in-removed-directory',
    'mkdir.name-taken before mkdir.in-removed-directory',
    'mknod.name-taken before mknod.in-removed-directory',
    'pin.name-taken before pin.in-removed-directory',
    'renameat2.in-removed-directory before renameat2.exists',
    'symlink.name-taken before symlink.in-removed-directory',
  ],
  'there is something, or nothing': ['renameat2.exists before renameat2.nothing-there'],
  'a file is no directory, and has nothing below it': [
    'rename.directory-onto-file before rename.file-onto-directory',
    'rename.file-slash before rename.into-itself',
    'rename.file-onto-directory before rename.directory-denied',
    'renameat2.directory-onto-file before renameat2.file-onto-directory',
    'renameat2.file-slash before renameat2.into-itself',
    'renameat2.file-onto-directory before renameat2.directory-denied',
  ],
  'of two directories one is above the other': ['rename.into-itself before rename.onto-parent'],
  'no name with a dot is there to be replaced': ['rename.dotted before rename.not-empty'],
};

describe('two neighbouring checks that change places', () => {
  it('are noticed by some call that fails, but for those that exclude each other', () => {
    const swaps = rowMutations(profileNames).filter(
      ({ kind, call }) => kind === 'swapped' && call !== 'any' && looked.includes(call),
    );
    const told = new Set<Pair>();
    for (const profile of profileNames) {
      const pending = swaps.filter(
        ({ name, profiles }) => profiles.includes(profile) && !told.has(pairOf(name)),
      );
      const found = pairRowJudge(profile, new Map(pending.map(({ name, call }) => [name, call])));
      for (const name of found.keys()) told.add(pairOf(name));
    }
    const others = new Set(swaps.map(({ name }) => pairOf(name)).filter((pair) => !told.has(pair)));
    expect([...others].sort()).toEqual(Object.values(exclusive).flat().sort());
  });
});
