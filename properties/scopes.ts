/** The named scopes: worlds small enough to be searched to the end. */
import type { Scope } from './scope.types.ts';
import { cycles, filters, messages, nesting, tables, tailCalls } from './scopes-of-holders.ts';
import { bindings, isolation, joined, peers, shown, singleton } from './scopes-of-mounts.ts';
import { cgroups, links, programTypes, trafficFilters } from './scopes-of-hooks.ts';
import { oddArguments, oddPaths } from './scopes-of-arguments.ts';
import { names, symlinks } from './scopes-of-names.ts';
import { deniedNames, deniedPlaces, permissions, unprivileged } from './scopes-of-permissions.ts';
import { counts, errors, ids, survival } from './scopes-of-objects.ts';
import { openPins, places, removedPlaces } from './scopes-of-places.ts';
import { moved, movedPlaces, readOnly, readOnlyFiles } from './scopes-of-read-only.ts';
import { frozen, restricted } from './scopes-of-restrictions.ts';
import { userNamespaces } from './scopes-of-user-namespaces.ts';

/** In the order in which they are run. */
export const scopes: readonly Scope[] = [
  survival,
  singleton,
  counts,
  isolation,
  bindings,
  joined,
  peers,
  shown,
  errors,
  tailCalls,
  nesting,
  messages,
  cycles,
  filters,
  tables,
  frozen,
  restricted,
  ids,
  oddArguments,
  oddPaths,
  links,
  cgroups,
  trafficFilters,
  programTypes,
  names,
  symlinks,
  places,
  openPins,
  removedPlaces,
  readOnly,
  readOnlyFiles,
  moved,
  movedPlaces,
  permissions,
  deniedNames,
  deniedPlaces,
  unprivileged,
  userNamespaces,
];

/** The scope with this name, or undefined. */
export function scopeByName(name: string): Scope | undefined {
  return scopes.find((scope) => scope.name === name);
}
