import { describe, expect, it } from 'vitest';
import type { CallRows, Clause, Row } from '../../model/calls/row.ts';
import { callCode, encodeArgs } from '../../model/encode.ts';
import { profileNames, profiles, type ProfileName } from '../../model/index.ts';
import { createNames } from '../../model/names.ts';
import { runRows } from '../../model/step.ts';
import type { Call, CallName, Step } from '../../model/vocabulary/index.ts';
import { createMachinery } from '../../model/world.ts';
import { tried } from './failing-calls.test-data.ts';
import { boundsUnder, host, making, type Setting, type State } from './full-world.test-data.ts';

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
  'umount2',
];

/** Two checks that stand side by side, by their ids. */
type Pair = `${string} before ${string}`;

const clausesOf = (row: Row): readonly Row[] => (row.kind === 'family' ? row.clauses : [row]);

/** Whether some tried call tells two neighbours of one call apart. */
type Told = ReadonlyMap<Pair, 'told' | 'not told'>;

interface Surroundings {
  readonly setting: Setting;
  readonly state: State;
}

const surroundings: readonly Surroundings[] = [
  { setting: 'disabled', state: 'writable' },
  { setting: 'allowed', state: 'writable' },
  { setting: 'disabled', state: 'read-only' },
];

/** Of all neighbours of one call whose errors differ. */
function toldApart(profile: ProfileName, call: CallName, { setting, state }: Surroundings): Told {
  const names = createNames();
  const ids = { names: 0xffff, words: 0xffff, paths: 0xffff };
  const switches = profiles[profile];
  const machinery = createMachinery({ switches, bounds: boundsUnder(setting), host }, names, ids);
  const { calls } = machinery;
  const rowsOf = ({ call: name }: Call): CallRows => {
    const rows = calls[callCode(name)];
    if (rows === undefined) throw new Error(`no rows for ${name}`);
    return rows;
  };
  const answer = (rows: CallRows, { pid, call: asked }: Step): string => {
    const { row } = runRows(rows, pid, ...encodeArgs(asked, names));
    return row === undefined ? 'ok' : row.kind === 'bound' ? 'bound' : row.errno;
  };
  machinery.reset();
  for (const made of making(state)) answer(rowsOf(made.call), made);
  const own = calls[callCode(call)];
  if (own === undefined) return new Map();
  const rows = own.rows.flatMap(clausesOf);
  const asked = tried.filter(
    // The setting is nothing to root.
    (one) => one.call.call === call && (setting === 'disabled' || one.pid === 2),
  );
  // An effect would change the world: what succeeds either way is left out.
  const inert = { ...own, effect: () => 0 };
  const sound = asked.map((one) => answer({ ...inert, rows }, one));
  const found = new Map<Pair, 'told' | 'not told'>();
  rows.forEach((row, at) => {
    const next = rows[at + 1];
    if (row.kind !== 'clause' || next?.kind !== 'clause' || row.errno === next.errno) return;
    const swapped = [...rows.slice(0, at), next, row, ...rows.slice(at + 2)];
    // Nobody else can be told anything else.
    const told = asked.some(
      (one, k) =>
        (sound[k] === row.errno || sound[k] === next.errno) &&
        answer({ ...inert, rows: swapped }, one) !== sound[k],
    );
    // The same rows may stand there twice: of the first path, and of the second.
    if (found.get(nameOf(row, next)) !== 'told') {
      found.set(nameOf(row, next), told ? 'told' : 'not told');
    }
  });
  return found;
}

const nameOf = (row: Clause, next: Clause): Pair => `${row.id} before ${next.id}`;

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
  'what lies in a mount of no namespace is told so first': ['move.foreign before move.into-itself'],
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
  it(
    'are noticed by some call that fails, but for those that exclude each other',
    { timeout: 240_000 },
    () => {
      const all = profileNames.flatMap((profile) =>
        looked.flatMap((call) =>
          surroundings.flatMap((around) => [...toldApart(profile, call, around)]),
        ),
      );
      const told = new Set(all.flatMap(([pair, how]) => (how === 'told' ? [pair] : [])));
      const others = new Set(all.flatMap(([pair]) => (told.has(pair) ? [] : [pair])));
      expect([...others].sort()).toEqual(Object.values(exclusive).flat().sort());
    },
  );
});
