/** What an oracle is asked, and answers. */
import type { World } from '../model/index.ts';
import type { Call, Outcome, Pid } from '../model/vocabulary/index.ts';

/** An outcome that the model allows, and the row of the call's table that it comes from. */
export interface Allowed {
  readonly outcome: Outcome;
  readonly row: string;
}

/** What an answer says about the states that are still possible. */
export type OracleVerdict =
  | { readonly kind: 'consistent'; readonly row: string }
  | { readonly kind: 'deviation'; readonly allowed: readonly Allowed[] }
  /** `reason`: the row of the bound that was met, or `oracle.states` if states are missing. */
  | { readonly kind: 'inconclusive'; readonly reason: string };

/** Whether an answer is what a state predicts. */
export type Matches = (call: Call, predicted: Outcome, answered: Outcome) => boolean;

/** What a test makes of a state; `never`: nor of what deferred effects may still make of it. */
export type Trial = 'passes' | 'not-yet' | 'never';

/**
 * The states of a model that are consistent with everything answered so far. The model's deferred
 * effects may take place between any two steps, in any order: n of them make 2^n states, at any
 * time. Nearly always nobody can tell whether one took place, and it is taken as late as the answers
 * allow: the oracle keeps the states from which all the others come by deferred effects, most often
 * one, and looks for effects only where an answer asks for some. That loses nothing: where a call
 * cannot tell whether an effect came before it, the effect may come behind it as well. Choices that nobody
 * makes are not like that: of them both ways are kept.
 */
export interface Oracle {
  readonly world: World;
  /** Begins a new run: the initial state is the only one. */
  reset(): void;
  /** Keeps the states that a call leads to with this answer; a deviation leaves the set unusable. */
  step(pid: Pid, call: Call, answered: Outcome): OracleVerdict;
  /** What a call may answer now; changes nothing. */
  allowed(pid: Pid, call: Call): readonly Allowed[];
  /**
   * Keeps the states that pass a test, which sees each as the world's current state; deferred
   * effects take place as far as it takes to pass it. If no state passes, the set stays as it was
   * and the answer is `none`, or `unknown` if states are missing.
   */
  keep(test: () => Trial): 'kept' | 'none' | 'unknown';
  /** True if every state passes a test that deferred effects do not undo. */
  every(test: () => boolean): boolean;
  /** What can be told of a possible state once nothing is outstanding in it; changes nothing. */
  eventually<T>(look: () => T): T;
  /** Takes every deferred effect: what is left are the states in which none is outstanding. */
  quiesce(): void;
  /**
   * Lets go of what is gone, and of how the run came here: its length costs no memory then. Numbers
   * of processes and objects that are gone are given again.
   */
  forget(): void;
  /** How many states are kept. */
  size(): number;
}
