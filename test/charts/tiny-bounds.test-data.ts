/** What small worlds have in common: a little of everything. */
import { profiles, type Bounds, type SearchOptions } from '../../model/index.ts';
import { single } from '../../properties/scopes-in-common.ts';

export type SmallWorld = SearchOptions & { readonly name: string };

export const one: Bounds = single;

export const switches = profiles['linux-6.18'];

export const noFiles = { switches, host: [], paths: [] } as const;
export const unmounted = { superblocks: 0, inodes: 0, dentries: 0, mounts: 0 } as const;
