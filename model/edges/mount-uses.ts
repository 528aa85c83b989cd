/**
 * Who uses a mount, and what that does to its expiry mark (fs/namespace.c, do_umount and mntput; measured on 6.18.44).
 * A mount with a mark has nothing mounted in it and nobody in it, so a walk comes there from outside only.
 */
import { fault, type Place } from '../place.ts';
import { marks } from '../state/codes.ts';
import type { Tables } from '../state/tables.ts';
import type { Walk } from '../walk.ts';
import type { MountEdges } from './mounts.ts';

export interface MountUses {
  /** The same edges, but what is found to be covered counts as entered. */
  readonly watching: (edges: MountEdges) => MountEdges;
  /** The same walk, but where it ends counts as used. */
  readonly noting: (walk: Walk) => Walk;
  /** A call begins: nothing was entered or used. */
  begin(): void;
  /** umount2 lets go of what it found, and leaves the mark where it is (mntput_no_expire). */
  leaveUnused(m: number): void;
  /** What the call used loses its mark; what a walk only went through may have lost it. */
  end(): void;
  mark(m: number): void;
  isMarked(m: number): boolean;
  /** True if nobody can say whether it has a mark, or the world has no marks. */
  isInDoubt(m: number): boolean;
}

/**
 * A walk counts its mounts where it has to look something up in a directory, or ends: on the way through it
 * takes none, unless somebody mounts or renames meanwhile (RCU-walk). So does a walk that comes to a
 * directory that may not be searched, before 5.10, and one that has followed too many links.
 */
const endsUncounted = (place: Place): boolean =>
  place.fault === fault.denied || place.fault === fault.loop;

export function createMountUses({ mount, bounds }: Tables): MountUses {
  const { expiry = 0 } = bounds;
  const entered = new Uint16Array(bounds.mounts + 1);
  const used = new Uint8Array(bounds.mounts + 1);

  function ended(place: Place): Place {
    if (!endsUncounted(place)) used[place.mount] = 1;
    return place;
  }

  return {
    watching: (edges) =>
      expiry === 0
        ? edges
        : {
            ...edges,
            mountAt(n, parent, e) {
              const m = edges.mountAt(n, parent, e);
              entered[m] = (entered[m] ?? 0) + 1;
              return m;
            },
          },
    noting: (walk) =>
      expiry === 0
        ? walk
        : {
            ...walk,
            toEnd: (own, p, path, slash, last) => ended(walk.toEnd(own, p, path, slash, last)),
            toTop: (own, p, path) => ended(walk.toTop(own, p, path)),
            toParent: (own, p, path) => ended(walk.toParent(own, p, path)),
            // Whether an O_EXCL looks at the mount on the name differs from kernel to kernel.
            toMade(own, p, path, last) {
              const place = walk.toMade(own, p, path, last);
              return place.child === 0 ? ended(place) : place;
            },
          },
    begin() {
      if (expiry === 0) return;
      entered.fill(0);
      used.fill(0);
    },
    leaveUnused(m) {
      used[m] = 0;
      entered[m] = Math.max(0, (entered[m] ?? 0) - 1);
    },
    end() {
      for (let m = 1; expiry === 1 && m <= bounds.mounts; m++) {
        if (used[m] === 1) mount.mark.cells[m] = marks.none;
        else if (entered[m] !== 0 && mount.mark(m) === marks.set)
          mount.mark.cells[m] = marks.inDoubt;
      }
    },
    mark(m) {
      mount.mark.cells[m] = marks.set;
    },
    isMarked: (m) => mount.mark(m) === marks.set,
    isInDoubt: (m) => expiry === 0 || mount.mark(m) === marks.inDoubt,
  };
}
