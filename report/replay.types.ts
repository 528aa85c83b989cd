/** What replaying a trace showed, as data. */
import type { AllowedReport } from './check.types.ts';

export interface ReplayRowReport {
  /** In the file, from 1. */
  readonly line: number;
  /** The call as a trace prints it. */
  readonly call: string;
  /** Null where the trace leaves it open. */
  readonly recorded: string | null;
  /** Empty from where the model meets a bound. */
  readonly allowed: readonly AllowedReport[];
  /** In the order of the targets; null if there was no answer. */
  readonly answers: readonly (string | null)[];
}

export interface ReplayVerdictReport {
  /** A target, or `trace` for the outcomes that were recorded. */
  readonly of: string;
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive';
  /** The row at which it was decided, from 0; null if all conform. */
  readonly row: number | null;
  /** The property that is broken there, if one is. */
  readonly property: string | null;
  /** The bound that was met, the call that is not declared, or what was found beside outcomes. */
  readonly reason: string;
  /** The row, from 0, from which on the target was not asked; null if it was asked for all. */
  readonly skippedFrom: number | null;
}

/** The shortest trace that was found to deviate as the one that was replayed. */
export interface ShrunkReport {
  /** As in a verdict. */
  readonly of: string;
  /** Its lines; null if there is none. */
  readonly trace: readonly string[] | null;
  /** Why there is none: the deviation did not come again, or nobody waited for that. */
  readonly notShrunk?: 'interrupted' | 'not-again';
  /** How many of them are calls. */
  readonly calls: number;
}

/** One trace under one profile. */
export interface ReplayReport {
  readonly file: string;
  readonly title: string | null;
  readonly profile: string;
  readonly targets: readonly string[];
  readonly rows: readonly ReplayRowReport[];
  readonly verdicts: readonly ReplayVerdictReport[];
  /** One for each verdict that it deviates, if that was asked for. */
  readonly shrunk?: readonly ShrunkReport[];
}
