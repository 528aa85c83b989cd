/** Profiles: the switches in which kernels differ, and the named sets of them. */
import type { Switches } from './switches.ts';

export { switches, withSwitch, type SwitchName, type Switches } from './switches.ts';
export { layoutOf, type AttributesOf, type Layout } from './attributes.ts';

const linux44 = {
  instance: 'per-namespace',
  nsKeyReuse: 'impossible',
  mountOptions: 'none',
  pinOrder: 'path-first',
  pinBadFd: 'EBADF',
  pinPut: 'at-once',
  dotCheck: 'at-create-last',
  arrayClear: 'at-last-user',
  refLimit: 'none',
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
  moveAsks: 'target-first',
  truncateAsks: 'mount-first',
  getAsks: 'to-write',
  unprivileged: 'no-command',
  umountAsks: 'before-walk',
  freezeAsks: 'nothing',
  bareDirectories: 'as-others',
} as const satisfies Switches;

const linux618 = {
  instance: 'per-mount',
  nsKeyReuse: 'impossible',
  mountOptions: 'mode-and-owners',
  pinOrder: 'fd-first',
  pinBadFd: 'EINVAL',
  pinPut: 'at-once',
  dotCheck: 'at-lookup',
  arrayClear: 'later',
  refLimit: 'none',
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
  moveAsks: 'source-first',
  truncateAsks: 'mount-last',
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
  'linux-4.6': {
    ...linux44,
    refLimit: '32768',
    hashFull: 'every-update',
    attributes: '4.6',
    nameOps: 'built-in',
  },
  'linux-4.7': {
    ...linux44,
    instance: 'per-mount',
    dotCheck: 'at-lookup',
    refLimit: '32768',
    hashFull: 'every-update',
    attributes: '4.6',
    nameOps: 'built-in',
  },
  'linux-6.1': {
    ...linux618,
    pinPut: 'later',
    detachedTarget: 'EINVAL',
    moveAsks: 'target-first',
    truncateAsks: 'mount-first',
    attributes: '6.1',
    mountOptions: 'mode',
    unprivileged: 'no-creation',
    freezeAsks: 'capability',
  },
  'linux-6.12': {
    ...linux618,
    pinPut: 'later',
    detachedTarget: 'EINVAL',
    moveAsks: 'target-first',
    truncateAsks: 'mount-first',
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
