/** Profiles: the switches in which kernels differ, and the named sets of them. */
import type { AttributesOf } from './attributes.ts';

export { layoutOf, type AttributesOf, type Layout } from './attributes.ts';

export interface Switches {
  /** Whether mount(2) finds the instance that the caller's namespace already has, or makes one. */
  readonly instance: 'per-namespace' | 'per-mount';
  /** Which argument of BPF_OBJ_PIN is looked at first. */
  readonly pinOrder: 'path-first' | 'fd-first';
  /** What BPF_OBJ_PIN answers for a descriptor that is not open. */
  readonly pinBadFd: 'EBADF' | 'EINVAL';
  /** When the object of an inode that is gone is let go: at once, or after a grace period. */
  readonly pinPut: 'at-once' | 'later';
  /** When a dotted name is refused in a bpffs: by the calls that create, last of all, or by lookup. */
  readonly dotCheck: 'at-create-last' | 'at-lookup';
  /**
   * When a program array is emptied: whenever an open file of it is released; when its last user
   * lets go, at once; or some time after that.
   */
  readonly arrayClear: 'at-any-release' | 'at-last-user' | 'later';
  /** What a look-up in a program array says of a slot that is filled. */
  readonly arrayLookup: 'ENOENT' | 'id';
  /**
   * When the map that a program uses is released: later, always; or at once if an inode or a filter
   * was the program's last holder, and later otherwise.
   */
  readonly programMaps: 'later' | 'later-after-close';
  /**
   * What a full hash map refuses: a new key, before BPF_EXIST misses it, or after; or every update,
   * because the new element of an old key needs room, too.
   */
  readonly hashFull: 'before-flags' | 'after-flags' | 'every-update';
  /** Whether the key of a hash has to fit on a program's stack. */
  readonly hashKey: 'on-stack' | 'any-size';
  /** Whether there are arrays and hashes of maps. */
  readonly mapsOfMaps: 'none' | 'built-in';
  /** Whether BPF_PROG_TEST_RUN exists. */
  readonly testRun: 'none' | 'built-in';
  /** Whose attributes of bpf(2) are known: sizes, last fields, commands (`attributes.ts`). */
  readonly attributes: AttributesOf;
  /** Whether BPF_MAP_FREEZE exists. */
  readonly freeze: 'none' | 'built-in';
  /** Whether BPF_OBJ_GET_INFO_BY_FD exists. */
  readonly info: 'none' | 'built-in';
  /** Whether objects have ids, by which they are listed and opened. */
  readonly ids: 'none' | 'built-in';
  /** Whether programs can be attached to cgroups. */
  readonly cgroups: 'none' | 'built-in';
  /** Whether there are links. */
  readonly links: 'none' | 'built-in';
  /** What BPF_MAP_GET_NEXT_KEY makes of a NULL key. */
  readonly nullKey: 'EFAULT' | 'first-key';
  /** What open(2) says of a pin. */
  readonly pinOpen: 'ENXIO' | 'EIO';
  /** What open(2) refuses with O_EXCL: a name that is there, or also `.`, `..` and the root. */
  readonly exclusive: 'names' | 'anything';
  /** Whether a bpffs has link(2) and rename(2). */
  readonly nameOps: 'none' | 'built-in';
  /** Whether its renameat2(2) has flags. */
  readonly renameFlags: 'none' | 'built-in';
  /** Whether it has symlink(2). */
  readonly symlinks: 'none' | 'built-in';
  /** Whether what was removed, and is still the root of a mount, can be bound elsewhere. */
  readonly bindRemoved: 'allowed' | 'ENOENT';
  /** What mounting in a mount that is in no namespace any more answers: it is one of nobody's, or is gone. */
  readonly detachedTarget: 'EINVAL' | 'ENOENT';
  /** Whether umount2 asks for a directory behind a trailing slash. */
  readonly umountSlash: 'ignored' | 'checked';
  /** What BPF_OBJ_GET asks of a pin's permission bits: to write, or what its flags want. */
  readonly getAsks: 'to-write' | 'by-flags';
  /**
   * What bpf(2) refuses who has no capability, unless kernel.unprivileged_bpf_disabled is 0: every
   * command; creation, first of all; or creation, once the arguments of a map have been looked at.
   */
  readonly unprivileged: 'no-command' | 'no-creation' | 'no-creation-after-checks';
  /** Whether umount2 asks for the capability before it walks, or after. */
  readonly umountAsks: 'before-walk' | 'after-walk';
  /** Whether BPF_MAP_FREEZE asks for a capability, last of all. */
  readonly freezeAsks: 'nothing' | 'capability';
  /** Whether a directory without any permission bit takes dotted names. */
  readonly bareDirectories: 'as-others' | 'dotted-names';
}

const linux44 = {
  instance: 'per-namespace',
  pinOrder: 'path-first',
  pinBadFd: 'EBADF',
  pinPut: 'at-once',
  dotCheck: 'at-create-last',
  arrayClear: 'at-last-user',
  arrayLookup: 'ENOENT',
  programMaps: 'later-after-close',
  hashFull: 'before-flags',
  hashKey: 'on-stack',
  mapsOfMaps: 'none',
  testRun: 'none',
  attributes: '2015',
  freeze: 'none',
  info: 'none',
  ids: 'none',
  cgroups: 'none',
  links: 'none',
  nullKey: 'EFAULT',
  pinOpen: 'ENXIO',
  exclusive: 'names',
  nameOps: 'none',
  renameFlags: 'none',
  symlinks: 'none',
  bindRemoved: 'allowed',
  detachedTarget: 'EINVAL',
  umountSlash: 'ignored',
  getAsks: 'to-write',
  unprivileged: 'no-command',
  umountAsks: 'before-walk',
  freezeAsks: 'nothing',
  bareDirectories: 'as-others',
} as const satisfies Switches;

const linux618 = {
  instance: 'per-mount',
  pinOrder: 'fd-first',
  pinBadFd: 'EINVAL',
  pinPut: 'at-once',
  dotCheck: 'at-lookup',
  arrayClear: 'later',
  arrayLookup: 'id',
  programMaps: 'later',
  hashFull: 'after-flags',
  hashKey: 'any-size',
  mapsOfMaps: 'built-in',
  testRun: 'built-in',
  attributes: '6.18',
  freeze: 'built-in',
  info: 'built-in',
  ids: 'built-in',
  cgroups: 'built-in',
  links: 'built-in',
  nullKey: 'first-key',
  pinOpen: 'EIO',
  exclusive: 'anything',
  nameOps: 'built-in',
  renameFlags: 'built-in',
  symlinks: 'built-in',
  bindRemoved: 'ENOENT',
  detachedTarget: 'ENOENT',
  umountSlash: 'checked',
  getAsks: 'by-flags',
  unprivileged: 'no-creation-after-checks',
  umountAsks: 'after-walk',
  freezeAsks: 'nothing',
  bareDirectories: 'dotted-names',
} as const satisfies Switches;

/** From the oldest on; docs/kernels.md tells what each stands for. */
export const profiles = {
  'seed-2015': { ...linux44, arrayClear: 'at-any-release' },
  'linux-4.4': linux44,
  'linux-4.6': { ...linux44, hashFull: 'every-update', attributes: '4.6', nameOps: 'built-in' },
  'linux-4.7': {
    ...linux44,
    instance: 'per-mount',
    dotCheck: 'at-lookup',
    hashFull: 'every-update',
    attributes: '4.6',
    nameOps: 'built-in',
  },
  'linux-6.1': {
    ...linux618,
    pinPut: 'later',
    detachedTarget: 'EINVAL',
    attributes: '6.1',
    unprivileged: 'no-creation',
    freezeAsks: 'capability',
  },
  'linux-6.12': {
    ...linux618,
    pinPut: 'later',
    detachedTarget: 'EINVAL',
    attributes: '6.12',
  },
  'linux-6.18': linux618,
} as const satisfies Record<string, Switches>;

export type ProfileName = keyof typeof profiles;

export const profileNames = [
  'seed-2015',
  'linux-4.4',
  'linux-4.6',
  'linux-4.7',
  'linux-6.1',
  'linux-6.12',
  'linux-6.18',
] as const satisfies readonly ProfileName[];

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
