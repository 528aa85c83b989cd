/** Profiles: the switches in which kernels differ, and the named sets of them. */

export interface Switches {
  /** Whether mount(2) finds the instance that the caller's namespace already has, or makes one. */
  readonly instance: 'per-namespace' | 'per-mount';
  /** Which argument of BPF_OBJ_PIN is looked at first. */
  readonly pinOrder: 'path-first' | 'fd-first';
  /** What BPF_OBJ_PIN answers for a descriptor that is not open. */
  readonly pinBadFd: 'EBADF' | 'EINVAL';
  /** When a dotted name is refused in a bpffs: by the calls that create, last of all, or by lookup. */
  readonly dotCheck: 'at-create-last' | 'at-lookup';
  /**
   * When the map that a program uses is released: later, always; or later if a descriptor was the
   * program's last holder, and at once if an inode was.
   */
  readonly programMaps: 'later' | 'later-after-close';
  /** Whether a full hash map refuses a new key before BPF_EXIST misses it, or after. */
  readonly hashFull: 'before-flags' | 'after-flags';
  /** Whether what was removed, and is still the root of a mount, can be bound elsewhere. */
  readonly bindRemoved: 'allowed' | 'ENOENT';
  /** Whether umount2 asks for a directory behind a trailing slash. */
  readonly umountSlash: 'ignored' | 'checked';
}

export const profiles = {
  'linux-4.4': {
    instance: 'per-namespace',
    pinOrder: 'path-first',
    pinBadFd: 'EBADF',
    dotCheck: 'at-create-last',
    programMaps: 'later-after-close',
    hashFull: 'before-flags',
    bindRemoved: 'allowed',
    umountSlash: 'ignored',
  },
  'linux-6.18': {
    instance: 'per-mount',
    pinOrder: 'fd-first',
    pinBadFd: 'EINVAL',
    dotCheck: 'at-lookup',
    programMaps: 'later',
    hashFull: 'after-flags',
    bindRemoved: 'ENOENT',
    umountSlash: 'checked',
  },
} as const satisfies Record<string, Switches>;

export type ProfileName = keyof typeof profiles;

export const profileNames = ['linux-4.4', 'linux-6.18'] as const satisfies readonly ProfileName[];

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
