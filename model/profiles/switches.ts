/** The switches: what kernels differ in, and the values that each can have. */
import type { AttributesOf } from './attributes.ts';

interface Switch<Value extends string> {
  /** What the switch decides, as a sentence. */
  readonly about: string;
  readonly values: readonly Value[];
}

/** Keeps the values as literal types. */
const among = <Value extends string>(
  about: string,
  ...values: readonly Value[]
): Switch<Value> => ({
  about,
  values,
});

export const switches = {
  instance: among(
    'Whether mount(2) finds the instance that the caller’s namespace already has, or makes one.',
    'per-namespace',
    'per-mount',
  ),
  nsKeyReuse: among(
    'Whether a new namespace may get the address of one that is gone, which is the key of its instance.',
    'impossible',
    'adversarial',
  ),
  mountOptions: among(
    'Which options a mount of bpffs looks at: none, the mode of its root, or its owners as well.',
    'none',
    'mode',
    'mode-and-owners',
  ),
  coveredCopies: among(
    'What becomes of a copy of a mount that is unmounted, among its peers, while another covers that copy.',
    'stay',
    'slide',
  ),
  detachedType: among(
    'Whether mount(2) changes what passes on mounts of a mount that is in no namespace.',
    'changes',
    'EINVAL',
  ),
  pinOrder: among('Which argument of BPF_OBJ_PIN is looked at first.', 'path-first', 'fd-first'),
  pinBadFd: among('What BPF_OBJ_PIN answers for a descriptor that is not open.', 'EBADF', 'EINVAL'),
  pinPut: among(
    'When the object of an inode that is gone is let go: at once, or after a grace period.',
    'at-once',
    'later',
  ),
  dotCheck: among(
    'When a dotted name is refused in a bpffs: by the calls that create, last of all, or by lookup.',
    'at-create-last',
    'at-lookup',
  ),
  arrayClear: among(
    'When a program array is emptied: whenever an open file of it is released; when its last user lets go, at once; or some time after that.',
    'at-any-release',
    'at-last-user',
    'later',
  ),
  refLimit: among(
    'How many references an object can have, open files, pins, programs and slots together: as many as one likes; 32768; or 3, which no kernel has and a search reaches.',
    'none',
    '32768',
    '3',
  ),
  arrayLookup: among(
    'What a look-up in a program array says of a slot that is filled.',
    'ENOENT',
    'id',
  ),
  programMaps: among(
    'When the map that a program uses is released: later, always; or at once if an inode or a filter was the program’s last holder, and later otherwise.',
    'later',
    'later-after-close',
  ),
  hashFull: among(
    'What a full hash map refuses: a new key, before BPF_EXIST misses it, or after; or every update, because the new element of an old key needs room, too.',
    'before-flags',
    'after-flags',
    'every-update',
  ),
  hashKey: among(
    'Whether the key of a hash has to fit on a program’s stack.',
    'on-stack',
    'any-size',
  ),
  mapsOfMaps: among('Whether there are arrays and hashes of maps.', 'none', 'built-in'),
  testRun: among('Whether BPF_PROG_TEST_RUN exists.', 'none', 'built-in'),
  attributes: among<AttributesOf>(
    'Whose attributes of bpf(2) are known: sizes, last fields, commands (`attributes.ts`).',
    '2015',
    '4.6',
    '6.1',
    '6.12',
    '6.18',
  ),
  freeze: among('Whether BPF_MAP_FREEZE exists.', 'none', 'built-in'),
  info: among('Whether BPF_OBJ_GET_INFO_BY_FD exists.', 'none', 'built-in'),
  ids: among('Whether objects have ids, by which they are listed and opened.', 'none', 'built-in'),
  cgroups: among('Whether programs can be attached to cgroups.', 'none', 'built-in'),
  links: among('Whether there are links.', 'none', 'built-in'),
  nullKey: among('What BPF_MAP_GET_NEXT_KEY makes of a NULL key.', 'EFAULT', 'first-key'),
  pinOpen: among('What open(2) says of a pin.', 'ENXIO', 'EIO'),
  exclusive: among(
    'What open(2) refuses with O_EXCL: a name that is there, or also `.`, `..` and the root.',
    'names',
    'anything',
  ),
  nameOps: among('Whether a bpffs has link(2) and rename(2).', 'none', 'built-in'),
  renameFlags: among('Whether its renameat2(2) has flags.', 'none', 'built-in'),
  symlinks: among('Whether it has symlink(2).', 'none', 'built-in'),
  bindRemoved: among(
    'Whether what was removed, and is still the root of a mount, can be bound elsewhere.',
    'allowed',
    'ENOENT',
  ),
  detachedTarget: among(
    'What mounting in a mount that is in no namespace any more answers: it is one of nobody’s, or is gone.',
    'EINVAL',
    'ENOENT',
  ),
  umountSlash: among(
    'Whether umount2 asks for a directory behind a trailing slash.',
    'ignored',
    'checked',
  ),
  moveAsks: among(
    'Whether a mount that is to move is looked at before the place that it is to move to, or after.',
    'target-first',
    'source-first',
  ),
  truncateAsks: among(
    'Whether truncate asks for a mount that can be written before it asks for permissions, or after.',
    'mount-first',
    'mount-last',
  ),
  getAsks: among(
    'What BPF_OBJ_GET asks of a pin’s permission bits: to write, or what its flags want.',
    'to-write',
    'by-flags',
  ),
  unprivileged: among(
    'What bpf(2) refuses who has no capability, unless kernel.unprivileged_bpf_disabled is 0: every command; creation, first of all; or creation, once the arguments of a map have been looked at.',
    'no-command',
    'no-creation',
    'no-creation-after-checks',
  ),
  umountAsks: among(
    'Whether umount2 asks for the capability before it walks, or after.',
    'before-walk',
    'after-walk',
  ),
  freezeAsks: among(
    'Whether BPF_MAP_FREEZE asks for a capability, last of all.',
    'nothing',
    'capability',
  ),
  userNamespaceMount: among(
    'Whether who has every capability in a user namespace of its own may mount an instance there.',
    'allowed',
    'refused',
  ),
  bareDirectories: among(
    'Whether a directory without any permission bit takes dotted names.',
    'as-others',
    'dotted-names',
  ),
} as const;

export type SwitchName = keyof typeof switches;

/** A value for each switch. */
export type Switches = {
  readonly [Name in SwitchName]: (typeof switches)[Name]['values'][number];
};

/** The same with one switch set; a value that the switch does not have changes nothing. */
export function withSwitch(base: Switches, name: SwitchName, value: string): Switches {
  const known: readonly string[] = switches[name].values;
  return known.includes(value) ? { ...base, [name]: value } : base;
}
