/**
 * Path walks. A walk stops at the first fault and keeps where it came to in a place (path_resolution(7);
 * fs/namei.c, link_path_walk; kernel/bpf/inode.c, bpf_lookup).
 */
import type { DescriptorEdges } from './edges/descriptors.ts';
import type { MountEdges } from './edges/mounts.ts';
import { createLookup } from './lookup.ts';
import { dot, dotDot, type Names } from './names.ts';
import { wants, type Permissions } from './permissions.ts';
import { fault, lastKind, type Place } from './place.ts';
import type { Switches } from './profiles/index.ts';
import { inodeKinds } from './state/codes.ts';
import type { Tables } from './state/tables.ts';
import { createWalkStart } from './walk-start.ts';
import { createWalkToMake, mostLinks } from './walk-to-make.ts';

export * from './place.ts';

export type Slash = 'checked' | 'ignored';
export type AtLast = 'followed' | 'kept';

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
  /** Where what a descriptor has open is: only what is a directory or a place is anywhere. */
  toDescriptor(own: Place, p: number, fd: number): Place;
  /**
   * To where open(2) would make a file: along symbolic links to a last name that need not be there, or
   * to it alone (`kept`). `child`, if it was found, is where the walk came to, across mounts.
   */
  toMade(own: Place, p: number, path: number, last: AtLast): Place;
  isDirectory(dentry: number): boolean;
  /** True for the directory that has the cgroups below it; for the one that has that; for it and them. */
  isCgroupRoot(dentry: number): boolean;
  holdsCgroups(dentry: number): boolean;
  isOfCgroups(dentry: number): boolean;
}

const hasFailed = (place: Place): boolean => place.fault !== fault.none;

export function createWalk(
  w: Tables,
  names: Names,
  edges: MountEdges,
  descriptors: DescriptorEdges,
  is: Switches,
  may: Permissions,
): Walk {
  const { inode, dentry, mount, bounds } = w;
  const hostRoot = bounds.dentries + 1;

  const isDirectory = (e: number): boolean => inode.kind(dentry.inode(e)) === inodeKinds.directory;
  const { isCgroupRoot, isOfCgroups, lookup, missFault } = createLookup(w, names, edges, is, may);
  const { toRoot, inMount, atDescriptor, start } = createWalkStart(
    w,
    names,
    descriptors,
    isDirectory,
  );

  function cross(place: Place): void {
    for (;;) {
      const m = edges.mountAt(place.namespace, place.mount, place.dentry);
      if (m === 0) return;
      place.mount = m;
      place.dentry = mount.root(m);
    }
  }

  /** The root of a mount that is nowhere attached has nothing above it. */
  function up(place: Place): void {
    while (place.mount !== 0 && place.dentry === mount.root(place.mount)) {
      if (mount.namespace(place.mount) === 0) return;
      place.dentry = mount.at(place.mount);
      place.mount = mount.parent(place.mount);
    }
    if (place.dentry !== hostRoot) place.dentry = dentry.parent(place.dentry);
    cross(place);
  }

  /** What is not a directory, or may not be searched, leads no further (link_path_walk, may_lookup). */
  function mustBeSearched(place: Place, p: number): void {
    mustBeDirectory(place, 1);
    if (hasFailed(place) || may.allow(p, place.dentry, wants.toExecute)) return;
    place.fault = fault.denied;
  }

  /** One component on, without following what is there; on a fault the place stays where it was. */
  function forward(place: Place, p: number, name: number): void {
    mustBeSearched(place, p);
    if (hasFailed(place)) return;
    if (name === dotDot) up(place);
    else if (name !== dot) {
      const child = lookup(place.dentry, name);
      if (child === 0) place.fault = missFault(place.dentry, name);
      else {
        place.dentry = child;
        cross(place);
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
    if (target.start === 'open-file') place.fault = fault.outside;
    else if (target.start === 'root') toRoot(place, p);
    else inMount(place, mountBefore, dentryBefore);
    for (const component of target.names) {
      if (hasFailed(place)) return;
      follow(place, p, component);
    }
    mustBeDirectory(place, target.trailing);
  }

  const follow = bounds.symlinks === 1 ? followLink : forward;

  /** What is mounted there is no part of any tree. */
  function mustBeInTree(place: Place): Place {
    if (place.fault === fault.none && mount.file(place.mount) !== 0)
      place.fault = fault.namespaceFile;
    return place;
  }

  function mustBeDirectory(place: Place, asked: number): void {
    if (place.fault === fault.none && asked === 1 && !isDirectory(place.dentry)) {
      place.fault = fault.notDirectory;
    }
  }

  function toEnd(place: Place, p: number, path: number, slash: Slash, last: AtLast): Place {
    const { names: components, trailing, start: from } = names.path(path);
    start(place, p, path);
    const count = components.length;
    // The link in /proc itself.
    if (from === 'open-file' && last === 'kept' && count === 0) place.fault = fault.outside;
    for (let k = 0; k < count && place.fault === fault.none; k++) {
      if (k < count - 1 || last === 'followed' || trailing === 1) {
        follow(place, p, components[k] ?? 0);
      } else forward(place, p, components[k] ?? 0);
    }
    mustBeDirectory(place, slash === 'checked' ? trailing : 0);
    return mustBeInTree(place);
  }

  function toParent(place: Place, p: number, path: number): Place {
    const { names: components, trailing, start: from } = names.path(path);
    const count = components.length - 1;
    start(place, p, path);
    place.trailing = trailing;
    place.name = 0;
    place.child = 0;
    place.childFault = fault.none;
    place.last = lastKind.root;
    if (count < 0) {
      if (from === 'open-file') place.fault = fault.outside;
      return place;
    }
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

  const steps = { forward, follow, cross, toRoot, lookup, missFault, mustBeSearched, isSymlink };
  const make = createWalkToMake(w, names, steps, may);

  return {
    isDirectory,
    isCgroupRoot,
    holdsCgroups: (e) => w.cgroupRoot !== 0 && e === hostRoot,
    isOfCgroups,
    toEnd,
    toParent,
    toMade(place, p, path, last) {
      start(place, p, path);
      if (!hasFailed(place)) make(place, p, names.path(path), last);
      return mustBeInTree(place);
    },
    toTop(place, p, path) {
      toEnd(place, p, path, 'checked', 'followed');
      if (place.fault === fault.none) cross(place);
      return place;
    },
    toDescriptor(place, p, fd) {
      place.fault = fault.none;
      toRoot(place, p);
      atDescriptor(place, p, fd);
      return mustBeInTree(place);
    },
  };
}
