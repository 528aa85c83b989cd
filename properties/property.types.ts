/**
 * What a property is: a named claim, judged by a pure predicate over observations. The checker takes
 * the observations from the model's state and conformance takes them from an adapter, so one
 * predicate judges both. Predicates are called for every state or step of a search: they read typed
 * arrays in plain loops and allocate nothing as long as the paths of the calls are watched verbatim.
 */
import type { Observation } from '../model/index.ts';
import type { Switches } from '../model/index.ts';
import type { Call, Outcome, Pid, SightField } from '../model/vocabulary/index.ts';

/** The watched paths of a world, with what predicates ask about them worked out once. */
export interface Watch {
  /** In the order of the paths of every observation. */
  readonly paths: readonly string[];
  /** The position of a path. The root of the host tree, which nothing can cover, is left out. */
  readonly index: ReadonlyMap<string, number>;
  /** [path] the position of its parent directory, or -1 where that is not watched. */
  readonly parent: Int32Array;
  /** [path * paths + other] 1 if the other path lies strictly below the path. */
  readonly below: Uint8Array;
}

/** One call by one process with its answer. Deferred effects are no steps. */
export interface StepView {
  readonly pid: Pid;
  readonly call: Call;
  readonly outcome: Outcome;
  readonly watch: Watch;
}

interface Claim {
  /** Permanent: reports, baselines and suppressions refer to it. */
  readonly id: string;
  /** One sentence, as reports print it. */
  readonly title: string;
  /** Without these fields the claim is not observable; it makes use of others if they are there. */
  readonly needs: readonly SightField[];
  /** The value of the switch `instance` under which the claim stands; under both if absent. */
  readonly instance?: Switches['instance'];
  /** Further switches that the claim asks for. */
  readonly under?: Partial<Switches>;
  /**
   * Kernels that are known to break it: a search shows how, and no implementation of them is blamed
   * for being like them.
   */
  readonly brokenUnder?: Partial<Switches>;
  /** Where the kernel does this, or which document promises it. */
  readonly source: string;
}

/** Holds in every state. */
export interface AlwaysProperty extends Claim {
  readonly kind: 'always';
  readonly holds: (o: Observation) => boolean;
}

/** Holds for every call. */
export interface StepProperty extends Claim {
  readonly kind: 'step';
  /** Whether it has something to say about calls that fail, and if so about those that change nothing. */
  readonly failing: 'judged' | 'judged-if-changing' | 'skipped';
  readonly holds: (before: Observation, step: StepView, after: Observation) => boolean;
}

/** Holds wherever no process runs and no deferred effect is outstanding. */
export interface QuiescenceProperty extends Claim {
  readonly kind: 'quiescence';
  readonly holds: (o: Observation) => boolean;
}

/**
 * However far a world went, what is there to end it leads to a state in which it has ended. A claim about
 * the model alone: of an implementation it is asked by waiting until it has settled.
 */
export interface LeadsToProperty extends Claim {
  readonly kind: 'leads-to';
  readonly arrived: (o: Observation) => boolean;
  /** Is lowered by every call, and every internal action, that helps. Not negative. */
  readonly rank: (o: Observation) => number;
  readonly helps: (call: string) => boolean;
}

/** A goal that some state of its scope reaches, lest the scope be vacuous. */
export interface StateGoal extends Claim {
  readonly kind: 'sometimes';
  readonly reached: (o: Observation, watch: Watch) => boolean;
}

/** A goal that some successful call of its scope reaches. */
export interface StepGoal extends Claim {
  readonly kind: 'sometimes-step';
  readonly reachedBy: (before: Observation, step: StepView, after: Observation) => boolean;
}

export type Property = AlwaysProperty | StepProperty | QuiescenceProperty | LeadsToProperty;
export type Goal = StateGoal | StepGoal;
