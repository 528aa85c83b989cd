import type { Adapter } from '../adapters/contract/index.ts';
import type { Outcome, Step } from '../model/vocabulary/index.ts';
import type { AllowedOutcome } from './finding.ts';

/** A step of a trace, with its outcome if it was recorded. */
export interface RecordedStep {
  readonly step: Step;
  readonly outcome?: Outcome;
}

/** Something to replay a trace on. */
export interface ReplayTarget {
  readonly name: string;
  readonly adapter: Adapter;
}

/** A step as everybody answers it. */
export interface ReplayRow {
  readonly step: Step;
  readonly recorded: Outcome | null;
  /** Empty from where the model meets a bound. */
  readonly allowed: readonly AllowedOutcome[];
  /** In the order of the targets; null if there was no answer. */
  readonly answers: readonly (Outcome | null)[];
}

/** Whether a row of outcomes is one that the model allows. */
export interface ReplayVerdict {
  /** The target, or `trace` for the outcomes that were recorded. */
  readonly of: string;
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive';
  /** The step at which it was decided, from 0; null if every step conforms. */
  readonly at: number | null;
  /** The property that is broken there, if one is. */
  readonly property: string | null;
  /** The bound that was met, the call that is not declared, or what was found beside outcomes. */
  readonly reason: string;
  /** The step, from 0, from which on the target was not asked; null if it was asked for all. */
  readonly skippedFrom: number | null;
}

export interface ReplayResult {
  readonly rows: readonly ReplayRow[];
  /** The trace first, if it has outcomes, then the targets in their order. */
  readonly verdicts: readonly ReplayVerdict[];
}
