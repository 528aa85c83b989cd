import type { Explanation } from '../conformance/index.ts';

/** A log under a profile. */
export interface ExplainReport {
  /** As it was named; several files of one log are told together. */
  readonly log: string;
  readonly explanation: Explanation;
}
