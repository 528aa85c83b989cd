/**
 * The walk of an open(2) that may make a file (fs/namei.c, open_last_lookups, lookup_open): along the
 * symbolic links at its end, to a last name that need not be there.
 */
import { dot, dotDot, type InternedPath, type Names } from './names.ts';
import type { Permissions } from './permissions.ts';
import { fault, lastKind, type Place } from './place.ts';
import type { Tables } from './state/tables.ts';

/** MAXSYMLINKS. */
export const mostLinks = 40;

/** What a walk of process `p` is made of: each changes the place. */
export interface Steps {
  /** One component on, without following what is there; and along the links that are. */
  forward(place: Place, p: number, name: number): void;
  follow(place: Place, p: number, name: number): void;
  cross(place: Place): void;
  toRoot(place: Place, p: number): void;
  lookup(parent: number, name: number): number;
  missFault(parent: number, name: number): number;
  mustBeSearched(place: Place, p: number): void;
  isSymlink(dentry: number): boolean;
}

export type WalkToMake = (
  place: Place,
  p: number,
  path: InternedPath,
  last: 'followed' | 'kept',
) => void;

/** Goes on from where `place` is: where the path starts. */
export function createWalkToMake(
  w: Tables,
  names: Names,
  steps: Steps,
  may: Permissions,
): WalkToMake {
  const { inode, dentry } = w;

  function toParent(place: Place, p: number, components: readonly number[]): void {
    for (let k = 0; k < components.length - 1 && place.fault === fault.none; k++) {
      steps.follow(place, p, components[k] ?? 0);
    }
    steps.mustBeSearched(place, p);
  }

  function toTarget(place: Place, p: number, target: InternedPath): void {
    if (target.start === 'root') steps.toRoot(place, p);
    toMade(place, p, target, 'followed');
  }

  function toName(place: Place, p: number, name: number, last: 'followed' | 'kept'): void {
    const child = steps.lookup(place.dentry, name);
    if (child === 0) {
      place.childFault = steps.missFault(place.dentry, name);
    } else if (last === 'followed' && steps.isSymlink(child)) {
      place.links++;
      if (may.isProtected(p, place.dentry, child)) place.fault = fault.machine;
      else if (place.links > mostLinks) place.fault = fault.loop;
      else toTarget(place, p, names.path(inode.target(dentry.inode(child))));
    } else {
      place.dentry = child;
      steps.cross(place);
      place.child = place.dentry;
    }
  }

  function toMade(
    place: Place,
    p: number,
    { names: components, trailing, start }: InternedPath,
    last: 'followed' | 'kept',
  ): void {
    // A link in a bpffs that leads to an open file, or the open file itself.
    if (start === 'open-file' && (components.length === 0 || place.links > 0)) {
      place.fault = fault.outside;
      return;
    }
    place.child = 0;
    place.childFault = fault.none;
    place.trailing = 0;
    toParent(place, p, components);
    if (place.fault !== fault.none) return;
    const name = components.at(-1) ?? 0;
    const isName = name !== 0 && name !== dot && name !== dotDot;
    place.last = isName ? lastKind.name : lastKind.root;
    if (!isName) {
      if (name !== 0) steps.forward(place, p, name);
      place.child = place.dentry;
    } else if (trailing === 1) place.trailing = 1;
    else toName(place, p, name, last);
  }

  return toMade;
}
