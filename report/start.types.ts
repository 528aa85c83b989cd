/** What `start` found, as data. */
import type { BrokenCheck, CheckReport, SkippedCheck } from './check.types.ts';
import type { ScopeReport } from './verify.types.ts';

export interface StartReport {
  readonly searches: readonly ScopeReport[];
  readonly reference: readonly CheckReport[];
  readonly linux: CheckReport | SkippedCheck | BrokenCheck;
}
