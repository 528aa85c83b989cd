import type { Outcome, Step } from '../model/vocabulary/index.ts';

/** A header line `#: key: value`, as written. What the keys mean is in header.ts. */
export interface HeaderEntry {
  /** Counted from 1; 0 for an entry that was not read from a text. */
  readonly line: number;
  readonly key: string;
  readonly value: string;
}

/** One call by one process, and what it answered. */
export interface TraceEvent {
  /** Where it stands in the text, counted from 1; 0 for an event that was not read from a text. */
  readonly line: number;
  /** The comments above it, one a line, without their `#`. */
  readonly comments?: readonly string[];
  readonly step: Step;
  /** Absent where the trace leaves the result open. */
  readonly outcome?: Outcome;
}

/** A sequence of calls by processes, with or without their outcomes. */
export interface Trace {
  readonly header: readonly HeaderEntry[];
  readonly events: readonly TraceEvent[];
  /** The comments after the last event. */
  readonly closing?: readonly string[];
}

/** Why a line cannot be read: one sentence that says what was found and what was expected. */
export interface TraceError {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
}

export type ParseResult =
  | { readonly ok: true; readonly trace: Trace }
  | { readonly ok: false; readonly errors: readonly TraceError[] };
