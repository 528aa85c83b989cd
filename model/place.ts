/** Where a walk came to, and why it stopped there. */

/** Why a walk stopped. */
export const fault = {
  none: 0,
  missing: 1,
  notDirectory: 2,
  dotted: 3,
  nameTooLong: 4,
  loop: 5,
  unknown: 6, // perhaps a file of a cgroup
} as const;

/** What the last component of a path is, to the calls that create or remove a name. */
export const lastKind = { name: 0, root: 1, dot: 2, dotDot: 3 } as const;

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
