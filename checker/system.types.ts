/**
 * What the checker asks of a system: a current state that can be packed, unpacked and expanded. The
 * checker knows nothing else of it.
 */

/** Words of a packed state. */
export type Words = Uint32Array;

/** A labelled transition's label: which action with which arguments. Compared by value. */
export interface Action {
  /** Index into `System.actions`; an internal action too has a name there. */
  readonly action: number;
  readonly args: readonly [number, number, number, number, number];
}

/**
 * Called for every enabled transition while the system's current state is the successor. `action`
 * and the five arguments name the transition. The system restores the state afterwards.
 */
export type Visit = (action: number, a: number, b: number, c: number, d: number, e: number) => void;

/** Which failing calls are visited. */
export type Attempts = 'all' | 'changing';

export interface System {
  /** Names of the actions, for reports. */
  readonly actions: readonly string[];
  /** Words that a packed state takes; constant. */
  readonly words: number;
  /** How many bits of each word may be other than 0: the lowest ones. All may, if it is not given. */
  readonly widths?: readonly number[];
  /** Makes the initial state current. */
  reset(): void;
  /**
   * Writes the current state to into[at .. at + words). Equal states pack to equal words. So may states
   * that differ in nothing that matters: they are then searched as one, whichever of them was met.
   */
  pack(into: Words, at: number): void;
  /** Writes the current state itself, of a system that packs several states to the same words. */
  packAsIs?(into: Words, at: number): void;
  /** Makes the state at from[at .. at + words) current. */
  unpack(from: Words, at: number): void;
  /**
   * Visits every transition that is enabled in the current state, in a fixed order. A system may give
   * `repeat` those whose successor is that of the transition visited just before, still current.
   */
  expand(visit: Visit, repeat?: Visit): void;
  /** The same for one who will not ask which transition it is that is visited; `expand`, if it is not given. */
  expandUnasked?(visit: Visit, repeat: Visit): void;
  /**
   * Tries every call that fails in the current state and visits each right after it was tried,
   * with whatever the call left behind as the current state. Returns how many were tried. Where only
   * calls are asked for that changed something, a system need not visit the others.
   */
  attempt(visit: Visit, which: Attempts): number;
}

/** `always`: must hold in every state. Returns true where it holds. */
export interface AlwaysProperty {
  readonly kind: 'always';
  readonly id: string;
  readonly holds: () => boolean;
}

/** `sometimes`: a goal that some reachable state must meet, lest the model be vacuous. */
export interface SometimesProperty {
  readonly kind: 'sometimes';
  readonly id: string;
  readonly reached: () => boolean;
}

/**
 * `step`: relates a state, a transition and its successor. `before` is called once for a state,
 * before it is expanded; `holds` for each of its transitions, with the successor current.
 */
export interface StepProperty {
  readonly kind: 'step';
  readonly id: string;
  readonly before: () => void;
  readonly holds: Judge;
  /** Whether it also judges failing calls (`System.attempt`), and those that change nothing. */
  readonly failing: 'judged' | 'judged-if-changing' | 'skipped';
}

/**
 * `sometimes-step`: a goal that some transition must meet. `before` is called once for a state,
 * before it is expanded; `reached` for each of its transitions, with the successor current. Failing
 * calls do not count.
 */
export interface SometimesStepProperty {
  readonly kind: 'sometimes-step';
  readonly id: string;
  readonly before: () => void;
  readonly reached: Judge;
}

/**
 * `leads-to`: from every state, however far it went, some actions lead to where it should end. They do if
 * in every other state one of them is enabled, and each lowers a rank that is no negative number: then
 * taking them in any order comes to an end, and only there.
 */
export interface LeadsToProperty {
  readonly kind: 'leads-to';
  readonly id: string;
  /** Whether the current state is one to which the actions should lead. */
  readonly arrived: () => boolean;
  readonly rank: () => number;
  readonly helps: (action: number) => boolean;
}

export type Judge = (
  action: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
) => boolean;

export type CheckedProperty =
  AlwaysProperty | SometimesProperty | StepProperty | SometimesStepProperty | LeadsToProperty;

export interface Limits {
  readonly states: number;
  /** Bytes for the visited set and the frontier. */
  readonly memory: number;
  /** Asked now and then; true ends the search as inconclusive. The checker reads no clock. */
  readonly stop: () => boolean;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States that were found and not expanded yet. */
  readonly frontier: number;
  /** Bytes of the visited set, the frontier included. */
  readonly memory: number;
}

/**
 * A violated property with a shortest path to it from the initial state. The last action of a
 * violated step property is the offending transition, which may be a failing call.
 */
export interface Violation {
  readonly property: string;
  readonly path: readonly Action[];
}

/** A reached goal. */
export interface Witness {
  readonly property: string;
  /** The length of a shortest path to it, its transition included. */
  readonly steps: number;
  /** Looks for such a path, which takes as long as the search took until then. */
  readonly path: () => readonly Action[];
}

export interface SearchResult {
  /** `inconclusive`: a limit was hit; `limit` says which. */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly limit?: 'states' | 'memory' | 'stop';
  /** Distinct states, the initial one included. */
  readonly states: number;
  /** Enabled transitions, self-loops included. */
  readonly transitions: number;
  /** What the states took, with all that finds them again. */
  readonly bytes: number;
  /** Failing calls tried for the step properties; 0 if no property judges them. */
  readonly attempts: number;
  readonly depth: number;
  /**
   * At most so probable is it that a state was left out, with what can be reached through it alone; 0 unless
   * fingerprints were kept and no states.
   */
  readonly omission: number;
  /** Transitions per action, in the order of `System.actions`. */
  readonly taken: readonly number[];
  /** At most one for each property, in the order of the properties. */
  readonly violations: readonly Violation[];
  readonly witnesses: readonly Witness[];
  /** Goals that no state reached; they fail a search that was complete. */
  readonly unreached: readonly string[];
}
