/** A name in one directory, and why it cannot be found there (fs/namei.c, lookup_real). */
import type { MountEdges } from './edges/mounts.ts';
import { fault } from './faults.ts';
import type { Names } from './names.ts';
import type { Permissions } from './permissions.ts';
import type { Switches } from './profiles/index.ts';
import type { Tables } from './state/tables.ts';

interface Lookup {
  readonly isCgroupRoot: (e: number) => boolean;
  readonly isOfCgroups: (e: number) => boolean;
  /** The dentry with that name, or 0. */
  readonly lookup: (parent: number, name: number) => number;
  /** Why a name that is not there cannot be found: a dead directory is not asked. */
  readonly missFault: (parent: number, name: number) => number;
}

export function createLookup(
  w: Tables,
  names: Names,
  edges: MountEdges,
  is: Switches,
  may: Permissions,
): Lookup {
  const { dentry, cgroup, bounds } = w;
  const end = bounds.dentries + w.hostDentries;
  const hasCgroups = w.cgroupRoot !== 0;
  const isCgroupRoot = (e: number): boolean => e !== 0 && e === w.cgroupRoot;
  const isOfCgroups = (e: number): boolean =>
    hasCgroups && (isCgroupRoot(e) || w.cgroupOf(e) !== 0);

  /** A cgroup's directory is scenery that goes when the cgroup is removed. */
  function isRemoved(e: number): boolean {
    const c = hasCgroups && e > bounds.dentries ? w.cgroupOf(e) : 0;
    return c !== 0 && cgroup.state(c) !== w.charts.cgroup.states.online;
  }

  /** kernfs, where cgroups are, does not look at the length of a name (measured on 6.18.44). */
  function missInCgroups(parent: number, name: number): number {
    if (names.isTooLong(name)) return fault.missing;
    for (let e = bounds.dentries + 1; e <= end; e++) {
      if (dentry.parent(e) === parent && dentry.name(e) === name) return fault.missing;
    }
    return fault.cgroup;
  }

  /** bpf_lookup of newer kernels lets a directory without any permission bit have dotted names. */
  const refusesDots = (parent: number): boolean =>
    is.dotCheck === 'at-lookup' &&
    edges.isBpf(parent) &&
    (is.bareDirectories === 'as-others' || !may.isBare(parent));

  return {
    isCgroupRoot,
    isOfCgroups,
    lookup(parent, name) {
      for (let e = 1; e <= end; e++) {
        if (dentry.parent(e) === parent && dentry.name(e) === name) return isRemoved(e) ? 0 : e;
      }
      return 0;
    },
    missFault(parent, name) {
      if (edges.isDead(parent)) return fault.missing;
      if (names.isDotted(name) && refusesDots(parent)) return fault.dotted;
      if (isOfCgroups(parent)) return missInCgroups(parent, name);
      return names.isTooLong(name) ? fault.nameTooLong : fault.missing;
    },
  };
}
