/**
 * The walk of an open(2) that may make a file (fs/namei.c, open_last_lookups, lookup_open): along the
 * symbolic links at its end, to a last name that need not be there.
 */
import { dot, dotDot, type InternedPath, type Names } from './names.ts';
import { fault, lastKind, type Place } from './place.ts';
import type { Tables } from './state/tables.ts';

/** MAXSYMLINKS. */
export const mostLinks = 40;

/** What a walk is made of: each changes the place, in the mount namespace `n`. */
export interface Steps {
  /** One component on, without following what is there; and along the links that are. */
  forward(place: Place, n: number, name: number): void;
  follow(place: Place, n: number, name: number): void;
  cross(place: Place, n: number): void;
  lookup(parent: number, name: number): number;
  missFault(parent: number, name: number): number;
  isDirectory(dentry: number): boolean;
  isSymlink(dentry: number): boolean;
}

export type WalkToMake = (
  place: Place,
  n: number,
  path: InternedPath,
  last: 'followed' | 'kept',
) => void;

/** Goes on from where `place` is, unless the path starts at the root: then from there. */
export function createWalkToMake(w: Tables, names: Names, steps: Steps): WalkToMake {
  const { inode, dentry, bounds } = w;

  function toParent(place: Place, n: number, components: readonly number[]): void {
    for (let k = 0; k < components.length - 1 && place.fault === fault.none; k++) {
      steps.follow(place, n, components[k] ?? 0);
    }
    const isFine = place.fault === fault.none;
    if (isFine && !steps.isDirectory(place.dentry)) place.fault = fault.notDirectory;
  }

  function toName(place: Place, n: number, name: number, last: 'followed' | 'kept'): void {
    const child = steps.lookup(place.dentry, name);
    if (child === 0) {
      place.childFault = steps.missFault(place.dentry, name);
    } else if (last === 'followed' && steps.isSymlink(child)) {
      place.links++;
      if (place.links > mostLinks) place.fault = fault.loop;
      else toMade(place, n, names.path(inode.target(dentry.inode(child))), last);
    } else {
      place.dentry = child;
      steps.cross(place, n);
      place.child = place.dentry;
    }
  }

  function toMade(
    place: Place,
    n: number,
    { names: components, trailing, start }: InternedPath,
    last: 'followed' | 'kept',
  ): void {
    if (start === 'root') {
      place.mount = 0;
      place.dentry = bounds.dentries + 1;
    }
    place.child = 0;
    place.childFault = fault.none;
    place.trailing = 0;
    toParent(place, n, components);
    if (place.fault !== fault.none) return;
    const name = components.at(-1) ?? 0;
    const isName = name !== 0 && name !== dot && name !== dotDot;
    place.last = isName ? lastKind.name : lastKind.root;
    if (!isName) {
      if (name !== 0) steps.forward(place, n, name);
      place.child = place.dentry;
    } else if (trailing === 1) place.trailing = 1;
    else toName(place, n, name, last);
  }

  return toMade;
}
