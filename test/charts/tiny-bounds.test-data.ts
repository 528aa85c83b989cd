/** What small worlds have in common: a little of everything. */
import { profiles, type Bounds, type SearchOptions } from '../../model/index.ts';

export type SmallWorld = SearchOptions & { readonly name: string };

export const one: Bounds = {
  processes: 1,
  descriptors: 1,
  descriptions: 1,
  objects: 1,
  elements: 0,
  superblocks: 1,
  inodes: 1,
  dentries: 1,
  mounts: 1,
  namespaces: 1,
};

export const switches = profiles['linux-6.18'];

export const noFiles = { switches, host: [], paths: [] } as const;
export const unmounted = { superblocks: 0, inodes: 0, dentries: 0, mounts: 0 } as const;
