/** What verifying a scope found, as data. */

/** `time` and `interrupt` end a search at a point that differs from run to run. */
export type SearchLimit = 'states' | 'memory' | 'time' | 'interrupt';

export interface SearchCounts {
  /** Distinct states, the initial one included. */
  readonly states: number;
  /** Calls and internal actions that succeed, self-loops included. */
  readonly transitions: number;
  /** Failing calls that were tried. */
  readonly attempts: number;
  /** Steps to the state that is farthest from the initial one. */
  readonly depth: number;
}

/** A violated property with a shortest trace that shows it. */
export interface ViolationReport {
  readonly property: string;
  readonly title: string;
  readonly steps: number;
  /** A trace in the text form, line by line; it can be replayed. */
  readonly trace: readonly string[];
}

/** A goal and how many steps it takes to reach it; null if the search did not come upon it. */
export interface GoalReport {
  readonly goal: string;
  readonly steps: number | null;
}

/** How much of the model a search runs. */
export interface CoverageReport {
  /** Clauses of the scope's calls that stopped one. */
  readonly clauses: { readonly reached: number; readonly of: number };
  /** The others, by id. */
  readonly unreached: readonly string[];
  /** Transitions of all charts. */
  readonly transitions: { readonly reached: number; readonly of: number };
}

/** What became of the traces that take every transition of a scope. */
export type CoveringReport =
  | {
      readonly kind: 'complete';
      readonly traces: number;
      /** In all of them together. */
      readonly calls: number;
      /** Transitions that differ in their call, or effect, or in one of their two states. */
      readonly distinct: number;
    }
  /** Not all were found. */
  | { readonly kind: 'limit'; readonly limit: SearchLimit }
  /** Not all could be written. */
  | { readonly kind: 'unwritable'; readonly reason: string };

/** One scope under one profile. */
export interface ScopeReport {
  readonly scope: string;
  readonly profile: string;
  /** The profile whose search came out the same, if this one was not made for itself. */
  readonly searchedAs: string | null;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** What ended an inconclusive search; null for a complete one. */
  readonly limit: SearchLimit | null;
  /** `on`: states that differ in numbers only count as one, ... */
  readonly symmetry: 'on' | 'off';
  /** ... but for these: what is told apart all the same, and why. */
  readonly restrictions: readonly string[];
  /**
   * Present if states were known by fingerprints only: at most so probable is it that one was left out, with what
   * can be reached through it alone.
   */
  readonly omission?: number;
  readonly counts: SearchCounts;
  /** The properties that stand under the profile, by id. */
  readonly properties: readonly string[];
  readonly violations: readonly ViolationReport[];
  readonly goals: readonly GoalReport[];
  /** Goals that a search to the end did not come upon. */
  readonly unreached: readonly string[];
  /** Calls and internal actions of the scope that succeeded nowhere. */
  readonly neverTaken: readonly string[];
  /** Null unless it was asked for. */
  readonly coverage: CoverageReport | null;
  /** Present if such traces were asked for, and the search was not interrupted. */
  readonly covering?: CoveringReport;
}
