/** What checking a target found, as data. */
import type { CampaignResult } from '../conformance/index.ts';

/** An outcome that the specification allows, as texts. */
export interface AllowedReport {
  readonly answer: string;
  /** The clause it comes from. */
  readonly clause: string;
  readonly source: string | null;
}

/** A distinct deviation. */
export interface DeviationReport {
  /** The property that is broken, or else the clause that was not met. */
  readonly id: string;
  readonly of: 'property' | 'clause';
  /** The property's title; null for a clause. */
  readonly title: string | null;
  readonly kind: string;
  readonly text: string;
  /** The call that deviates as a trace prints it; null if it takes a settled system to see it. */
  readonly call: string | null;
  readonly answer: string | null;
  readonly allowed: readonly AllowedReport[];
  /** In how many runs it was seen. */
  readonly runs: number;
  readonly calls: number;
  readonly repeatable: 'yes' | 'no' | 'untried';
  /** A trace in the text form, line by line; it can be replayed. */
  readonly trace: readonly string[];
  /** Where the trace was written; null where it was not. */
  readonly file: string | null;
}

/** How the profile was found. */
export type ProfileOrigin = 'given' | 'detected' | 'its own';

export interface CheckReport {
  readonly target: string;
  readonly profile: string;
  readonly profileOrigin: ProfileOrigin;
  /** Why this profile and no other, one line each; empty unless it was detected. */
  readonly reasons: readonly string[];
  /** What was done otherwise than usual, one line each; absent if nothing was. */
  readonly remarks?: readonly string[];
  readonly campaign: CampaignResult;
  readonly deviations: readonly DeviationReport[];
}

/** A target that cannot be checked on this machine, and why. */
export interface SkippedCheck {
  readonly target: string;
  readonly skipped: string;
}

/** A target whose check broke down on our side, and how. */
export interface BrokenCheck {
  readonly target: string;
  readonly broken: string;
}
