/** What a survey found, as data. */
import type { Likeness, SwitchFinding } from '../conformance/index.ts';

/** One target, with every switch. */
export interface TargetSurvey {
  readonly target: string;
  readonly implementation: { readonly name: string; readonly version: string };
  /** The profiles that differ least, from the oldest on: several are a tie, none if nothing is decided. */
  readonly closest: readonly string[];
  readonly profiles: readonly Likeness[];
  readonly switches: readonly SwitchFinding[];
}

/** A target of which nothing is known. */
export interface NotSurveyed {
  readonly target: string;
  /** Why it could not be started, or what broke on our side. */
  readonly reason: string;
}

/** A switch of which two targets have different values. */
export interface ValueDifference {
  readonly switch: string;
  /** As texts, in the order of the two targets. */
  readonly values: readonly [string, string];
}

export interface TargetsDifference {
  readonly between: readonly [string, string];
  readonly switches: readonly ValueDifference[];
}

export interface SurveyReport {
  readonly targets: readonly TargetSurvey[];
  readonly notSurveyed: readonly NotSurveyed[];
  /** Of every two targets of which something was decided, in their order. */
  readonly differences: readonly TargetsDifference[];
}
