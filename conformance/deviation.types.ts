import type { Outcome, Step } from '../model/vocabulary/index.ts';
import type { AllowedOutcome, Finding } from './finding.ts';

/** A step of a deviation's trace: what the model allows there, and what was answered. */
export interface TraceRow {
  readonly step: Step;
  readonly allowed: readonly AllowedOutcome[];
  /** Null if there was no answer. */
  readonly answer: Outcome | null;
}

/** A distinct way in which an implementation deviates, with the shortest trace found for it. */
export interface Deviation extends Finding {
  /** Equal for the same deviation in other runs and campaigns (`findingKey`). */
  readonly key: string;
  /** From the campaign's initial world on; `finding.at` is the last step that matters. */
  readonly trace: readonly TraceRow[];
  /** In how many runs it was seen. */
  readonly runs: number;
  /** `settled`: it takes a settled system after the last step to see it. */
  readonly seen: 'at-once' | 'settled';
  /**
   * `no`: it was seen once and not again when the same run was repeated; `untried`: nothing could be
   * repeated.
   */
  readonly repeatable: 'yes' | 'no' | 'untried';
}
