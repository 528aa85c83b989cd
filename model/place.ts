/** Where walks come to, and why they stop: the registers of what looks a path up. */

export { fault } from './faults.ts';

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
  /** Whose mounts it sees; 0 in a mount that is in no namespace any more. */
  namespace: number;
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
  namespace: 0,
});

/** Whether two places are seen through one mount: the host tree's is another in each namespace. */
export const isSameMount = (a: Place, b: Place): boolean =>
  a.mount === b.mount && (a.mount !== 0 || a.namespace === b.namespace);
