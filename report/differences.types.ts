/** What neighbouring profiles differ in, as data. */

export interface TellingTrace {
  /** In traces/corpus/. */
  readonly file: string;
  /** The profile that it conforms to. */
  readonly conforms: string;
  /** The first line whose call the other profile answers differently, from 1. */
  readonly line: number;
  /** The call as a trace prints it. */
  readonly call: string;
  /** By profile, what it may answer there. */
  readonly answers: Readonly<Record<string, string>>;
}

/** One switch that two profiles have different values of. */
export interface SwitchDifference {
  readonly switch: string;
  readonly older: string;
  readonly newer: string;
  /** Null if none is known. */
  readonly trace: TellingTrace | null;
  /** Why none is known, as sentences; null if one is. */
  readonly why: string | null;
}

export interface NeighboursReport {
  readonly older: string;
  readonly newer: string;
  readonly switches: readonly SwitchDifference[];
}
