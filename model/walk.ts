/**
 * Path walks. A walk stops at the first fault and keeps where it came to in a place (path_resolution(7);
 * fs/namei.c, link_path_walk; kernel/bpf/inode.c, bpf_lookup).
 */
import type { MountEdges } from './edges/mounts.ts';
import { fault } from './faults.ts';
import { dot, dotDot, type Names } from './names.ts';
import { createLookup } from './lookup.ts';
import { wants, type Permissions } from './permissions.ts';
import type { Switches } from './profiles/index.ts';
import type { Tables } from './state/tables.ts';
import { inodeKinds } from './state/schema.ts';

const mostLinks = 40; // MAXSYMLINKS

export { fault } from './faults.ts';

/** What the last component of a path is, to the calls that create or remove a name. */
export const lastKind = { name: 0, root: 1, dot: 2, dotDot: 3 } as const;

export type Slash = 'checked' | 'ignored';
export type AtLast = 'followed' | 'kept';

/** Where a walk came to: registers, written by `find` rows only. */
export interface Place {
  fault: number;
  mount: number;
  dentry: number;
  /** Of a walk to the parent: the kind and the name id of the last component. */
  last: number;
  name: number;
  /** The dentry with that name, 0 if there is none, and why its lookup failed. */
  child: number;
  childFault: number;
  trailing: number;
  /** Symbolic links followed so far. */
  links: number;
}

export interface Walk {
  /**
   * Follows the whole path of process `p`, and a symbolic link at its end if it is to be. `slash`:
   * whether what a trailing slash stands behind has to be a directory. Returns where it came to:
   * `own`, filled, or a place that may only be read.
   */
  toEnd(own: Place, p: number, path: number, slash: Slash, last: AtLast): Place;
  /** As `toEnd`, and on to the topmost mount there, as attaching a mount does (lock_mount). */
  toTop(own: Place, p: number, path: number): Place;
  /** Follows all but the last component and looks that one up without crossing a mount or a link. */
  toParent(own: Place, p: number, path: number): Place;
  isDirectory(dentry: number): boolean;
  /** True for the directory that has the cgroups below it; for the one that has that; for it and them. */
  isCgroupRoot(dentry: number): boolean;
  holdsCgroups(dentry: number): boolean;
  isOfCgroups(dentry: number): boolean;
}

const hasFailed = (place: Place): boolean => place.fault !== fault.none;

/** A register that holds a place. */
export interface Here {
  at: Place;
}

export const newHere = (): Here => ({ at: newPlace() });

export const newPlace = (): Place => ({
  fault: 0,
  mount: 0,
  dentry: 0,
  last: 0,
  name: 0,
  child: 0,
  childFault: 0,
  trailing: 0,
  links: 0,
});

export function createWalk(
  w: Tables,
  names: Names,
  edges: MountEdges,
  is: Switches,
  may: Permissions,
): Walk {
  const { process, inode, dentry, mount, bounds } = w;
  const hostRoot = bounds.dentries + 1;

  const isDirectory = (e: number): boolean => inode.kind(dentry.inode(e)) === inodeKinds.directory;
  const { isCgroupRoot, isOfCgroups, lookup, missFault } = createLookup(w, names, edges, is, may);

  function cross(place: Place, n: number): void {
    for (;;) {
      const m = edges.mountAt(n, place.mount, place.dentry);
      if (m === 0) return;
      place.mount = m;
      place.dentry = mount.root(m);
    }
  }

  function up(place: Place, n: number): void {
    while (place.mount !== 0 && place.dentry === mount.root(place.mount)) {
      place.dentry = mount.at(place.mount);
      place.mount = mount.parent(place.mount);
    }
    if (place.dentry !== hostRoot) place.dentry = dentry.parent(place.dentry);
    cross(place, n);
  }

  function start(place: Place): void {
    place.fault = fault.none;
    place.mount = 0;
    place.dentry = hostRoot;
    place.links = 0;
  }

  /** What is not a directory, or may not be searched, leads no further (link_path_walk, may_lookup). */
  function mustBeSearched(place: Place, p: number): void {
    mustBeDirectory(place, 1);
    if (hasFailed(place) || may.allow(p, place.dentry, wants.toExecute)) return;
    place.fault = fault.denied;
  }

  /** One component on, without following what is there; on a fault the place stays where it was. */
  function forward(place: Place, p: number, name: number): void {
    const n = process.namespace(p);
    mustBeSearched(place, p);
    if (hasFailed(place)) return;
    if (name === dotDot) up(place, n);
    else if (name !== dot) {
      const child = lookup(place.dentry, name);
      if (child === 0) place.fault = missFault(place.dentry, name);
      else {
        place.dentry = child;
        cross(place, n);
      }
    }
  }

  const isSymlink = (e: number): boolean => inode.kind(dentry.inode(e)) === inodeKinds.symlink;

  /** One component on, and on along whatever symbolic links are there. */
  function followLink(place: Place, p: number, name: number): void {
    const mountBefore = place.mount;
    const dentryBefore = place.dentry;
    forward(place, p, name);
    if (hasFailed(place) || !isSymlink(place.dentry)) return;
    if (may.isProtected(p, dentryBefore, place.dentry)) {
      place.fault = fault.machine;
      return;
    }
    place.links++;
    if (place.links > mostLinks) {
      place.fault = fault.loop;
      return;
    }
    const target = names.path(inode.target(dentry.inode(place.dentry)));
    place.mount = target.start === 'root' ? 0 : mountBefore;
    place.dentry = target.start === 'root' ? hostRoot : dentryBefore;
    for (const component of target.names) {
      if (hasFailed(place)) return;
      follow(place, p, component);
    }
    mustBeDirectory(place, target.trailing);
  }

  const follow = bounds.symlinks === 1 ? followLink : forward;

  function mustBeDirectory(place: Place, asked: number): void {
    if (place.fault === fault.none && asked === 1 && !isDirectory(place.dentry)) {
      place.fault = fault.notDirectory;
    }
  }

  function toEnd(place: Place, p: number, path: number, slash: Slash, last: AtLast): Place {
    const { names: components, trailing } = names.path(path);
    start(place);
    const count = components.length;
    for (let k = 0; k < count && place.fault === fault.none; k++) {
      if (k < count - 1 || last === 'followed' || trailing === 1) {
        follow(place, p, components[k] ?? 0);
      } else forward(place, p, components[k] ?? 0);
    }
    mustBeDirectory(place, slash === 'checked' ? trailing : 0);
    return place;
  }

  function toParent(place: Place, p: number, path: number): Place {
    const { names: components, trailing } = names.path(path);
    const count = components.length - 1;
    start(place);
    place.trailing = trailing;
    place.name = 0;
    place.child = 0;
    place.childFault = fault.none;
    place.last = lastKind.root;
    if (count < 0) return place;
    for (let k = 0; k < count && place.fault === fault.none; k++) {
      follow(place, p, components[k] ?? 0);
    }
    mustBeSearched(place, p);
    const name = components[count] ?? 0;
    place.name = name;
    place.last = name === dot ? lastKind.dot : name === dotDot ? lastKind.dotDot : lastKind.name;
    if (place.fault !== fault.none || place.last !== lastKind.name) return place;
    place.child = lookup(place.dentry, name);
    if (place.child === 0) place.childFault = missFault(place.dentry, name);
    return place;
  }

  return {
    isDirectory,
    isCgroupRoot,
    holdsCgroups: (e) => w.cgroupRoot !== 0 && e === hostRoot,
    isOfCgroups,
    toEnd,
    toParent,
    toTop(place, p, path) {
      toEnd(place, p, path, 'checked', 'followed');
      if (place.fault === fault.none) cross(place, process.namespace(p));
      return place;
    },
  };
}
