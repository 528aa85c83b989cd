/** What is known of a switch: the shape of the facts of which docs/switches.md is made. */

import type { SwitchName, Switches } from '../switches.ts';

/** What made a change, and how well that is known. */
export type Origin =
  | { readonly kind: 'commit'; readonly id: string; readonly note?: string }
  /** A commit whose id is from memory. */
  | { readonly kind: 'remembered'; readonly id: string }
  | { readonly kind: 'told'; readonly text: string }
  /** What made it was not looked for, or not found. */
  | { readonly kind: 'not-confirmed' };

export interface Change<Value extends string> {
  readonly to: Value;
  /** A release, `4.7`; or between which two: `after 4.6` is known to be older, `by 4.6` to have it. */
  readonly in: string;
  readonly origin: Origin;
}

/** Two values that no trace tells apart: anywhere, or between two neighbouring profiles. */
export interface Untold<Value extends string> {
  readonly values: readonly [Value, Value];
  /** Why none can, or that none is known, as sentences. */
  readonly why: string;
}

/** Where another switch has a value that leaves nothing to differ, this one is said to have `as`. */
export type Implication<Value extends string> = {
  readonly [Other in SwitchName]: {
    readonly switch: Other;
    readonly is: Switches[Other];
    readonly as: Value;
  };
}[SwitchName];

export interface Facts<Value extends string> {
  /** What is to be said beyond the sentence of the switch itself. */
  readonly means: string;
  /** What each value says, as a clause. */
  readonly values: Readonly<Record<Value, string>>;
  /** The value of the first bpffs, and what became of it. A value outside of this is no kernel's. */
  readonly first: Value;
  readonly changes: readonly Change<Value>[];
  /** Files of traces/corpus/, without their ending, that show it; the best first. */
  readonly traces: readonly string[];
  /** More of them, to whose calls all values answer the same: only counts of references tell. */
  readonly countTraces?: readonly string[];
  readonly implied?: readonly Implication<Value>[];
  /** Where a value shows now and then only: how many plays without it are taken for its absence. */
  readonly plays?: number;
  /** Where more is to be seen, as a sentence. */
  readonly more?: string;
  readonly untold?: readonly Untold<Value>[];
  /** Where a kernel does it, and how it is known: "observed" and "measured" as on docs/kernels.md. */
  readonly source: string;
}

/** The facts of every switch. */
export type AllFacts = { readonly [Name in SwitchName]: Facts<Switches[Name]> };
