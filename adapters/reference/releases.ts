/** The releases of Linux that the reference can be. */
import type { Release } from './release.types.ts';

export type KernelName =
  'seed-2015' | 'linux-4.4' | 'linux-4.6' | 'linux-4.7' | 'linux-6.1' | 'linux-6.12' | 'linux-6.18';

const linux44: Release = {
  instances: 'by-namespace',
  namespaceAddresses: 'ever-new',
  mountOptions: 'ignored',
  coveredCopies: 'stay',
  detachedType: 'changes',
  pinReads: 'path-first',
  pinProbe: 'asks-for-file',
  dottedNames: 'refused-by-creation',
  mostReferences: Infinity,
  usedMaps: 'deferred-after-file',
  arrayClear: 'last-user',
  evictedPin: 'at-once',
  progArrayLookup: 'nothing',
  fullHash: 'before-flag',
  hashKeys: 'on-stack',
  mapsOfMaps: 'unknown',
  cgroupPrograms: 'unknown',
  testRun: 'unknown',
  attributes: '2015',
  elementLocks: 'unknown',
  openedPin: 'ENXIO',
  exclusiveDots: 'EISDIR',
  nullKey: 'fault',
  detachedMounts: 'foreign',
  umountSlash: 'ignored',
  renames: 'unknown',
  symlinks: 'unknown',
  bindRemoved: 'allowed',
  moveAsks: 'target-first',
  truncateAsks: 'mount-first',
  getChecks: 'write',
  unprivilegedBpf: 'every-command',
  umountAsks: 'first',
  freezeWants: 'nothing',
  userMount: 'allowed',
  modelessDirectory: 'as-any',
};

/**
 * References are counted up to a limit since 92117d8443bc. Hashes allocate their elements in advance since 4.6 (6c9059817432), and bpffs has link and rename
 * (bb35a6ef7da4).
 */
const linux46: Release = {
  ...linux44,
  mostReferences: 32768,
  fullHash: 'after-flag-old-keys-too',
  renames: 'without-flags',
  attributes: '4.6',
};

const linux618: Release = {
  instances: 'by-mount',
  namespaceAddresses: 'ever-new',
  mountOptions: 'mode-and-ids',
  coveredCopies: 'slide',
  detachedType: 'refused',
  pinReads: 'descriptor-first',
  pinProbe: 'asks-for-objects',
  dottedNames: 'refused-by-lookup',
  mostReferences: Infinity,
  usedMaps: 'deferred',
  arrayClear: 'last-user-queued',
  evictedPin: 'at-once',
  progArrayLookup: 'id',
  fullHash: 'after-flag',
  hashKeys: 'any',
  mapsOfMaps: 'known',
  cgroupPrograms: 'known',
  testRun: 'known',
  attributes: '6.18',
  elementLocks: 'known',
  openedPin: 'EIO',
  exclusiveDots: 'EEXIST',
  nullKey: 'no-key',
  detachedMounts: 'gone',
  umountSlash: 'directory',
  renames: 'with-flags',
  symlinks: 'known',
  bindRemoved: 'refused',
  moveAsks: 'source-first',
  truncateAsks: 'mount-last',
  getChecks: 'mode',
  unprivilegedBpf: 'creation',
  umountAsks: 'last',
  freezeWants: 'nothing',
  userMount: 'refused',
  modelessDirectory: 'takes-dots',
};

/** bpf_free_inode ran after a grace period, until the put moved to destroy_inode. */
const linux61: Release = {
  ...linux618,
  evictedPin: 'after-grace-period',
  detachedMounts: 'foreign',
  moveAsks: 'target-first',
  truncateAsks: 'mount-first',
  attributes: '6.1',
};

export const releases: Readonly<Record<KernelName, Release>> = {
  // The commit that brought pins, before a map knew its users apart (c9da161c6517).
  'seed-2015': { ...linux44, arrayClear: 'every-release' },
  'linux-4.4': linux44,
  'linux-4.6': linux46,
  // FS_USERNS_MOUNT went with the key (612bacad78ba).
  'linux-4.7': {
    ...linux46,
    instances: 'by-mount',
    dottedNames: 'refused-by-lookup',
    userMount: 'refused',
  },
  // The sysctl moved into the two commands in 6.5, when a freeze came to want nothing but a writer.
  'linux-6.1': {
    ...linux61,
    mountOptions: 'mode',
    unprivilegedBpf: 'creating-commands',
    freezeWants: 'capability',
  },
  'linux-6.12': { ...linux61, attributes: '6.12' },
  'linux-6.18': linux618,
};
