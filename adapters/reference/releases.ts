/** The releases of Linux that the reference can be. */
import type { Release } from './structures.types.ts';

export type KernelName = 'linux-4.4' | 'linux-6.18';

export const releases: Readonly<Record<KernelName, Release>> = {
  'linux-4.4': {
    instances: 'by-namespace',
    pinReads: 'path-first',
    dottedNames: 'refused-by-creation',
    usedMaps: 'deferred-after-file',
    fullHash: 'before-flag',
    umountSlash: 'ignored',
    bindRemoved: 'allowed',
  },
  'linux-6.18': {
    instances: 'by-mount',
    pinReads: 'descriptor-first',
    dottedNames: 'refused-by-lookup',
    usedMaps: 'deferred',
    fullHash: 'after-flag',
    umountSlash: 'directory',
    bindRemoved: 'refused',
  },
};
