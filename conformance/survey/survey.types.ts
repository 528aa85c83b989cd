/** What a survey asks, and what it finds. */
import type { Bounds, SwitchName, Switches } from '../../model/index.ts';
import type { ValueKind } from '../call-facts.ts';
import type { RecordedStep } from '../replay.types.ts';

/** A step of a probing trace, with its outcome where the trace records one. */
export interface ProbeStep extends RecordedStep {
  /** Where it stands in the trace, from 1 on. */
  readonly line: number;
  /** What an update writes, in a long trace; a word if absent. */
  readonly value?: ValueKind;
}

/** A trace that is played to decide a switch. */
export interface Probe {
  readonly name: string;
  /** `counts`: all values answer alike, and the counts that a target shows tell. */
  readonly by: 'answers' | 'counts';
  /** `long`: played only for what the others leave open. */
  readonly length: 'short' | 'long';
  readonly host: readonly string[];
  readonly bounds: Bounds;
  readonly steps: readonly ProbeStep[];
}

/** The traces of a switch. */
export type Probes = (name: SwitchName) => readonly Probe[];

/** What a target is compared with: a profile, maybe with switches changed. */
export interface Candidate {
  readonly label: string;
  readonly switches: Switches;
}

/** Why a value is none of the target's. */
export type RuledOut = { readonly value: string } & (
  | {
      /** No kernel with that value answers, or counts, so. */
      readonly by: 'answer';
      readonly trace: string;
      readonly line: number;
      /** As a trace writes it. */
      readonly call: string;
      readonly answer: string;
    }
  | {
      /** A kernel with that value would have shown it now and then. */
      readonly by: 'absence';
      readonly trace: string;
      readonly plays: number;
    }
  | {
      /** Another switch has a value that leaves nothing to differ. */
      readonly by: 'implication';
      readonly switch: SwitchName;
      readonly is: string;
    }
);

/** What was found of a switch. */
export type SwitchFinding = {
  readonly switch: SwitchName;
  readonly ruledOut: readonly RuledOut[];
} & (
  | { readonly kind: 'decided'; readonly value: string }
  /** `left`: the values that were not ruled out; none if each was. */
  | { readonly kind: 'undecided'; readonly left: readonly string[]; readonly why: string }
);

/** How a candidate compares with what was found. */
export interface Likeness {
  readonly label: string;
  readonly agree: readonly SwitchName[];
  /** Also where the value is undecided, but is not the candidate's. */
  readonly differ: readonly SwitchName[];
  /** Where it has another value only because another switch, in which it differs, implies one. */
  readonly follow: readonly SwitchName[];
  readonly undecided: readonly SwitchName[];
}

export interface Survey {
  readonly findings: readonly SwitchFinding[];
  /** In the order of the candidates. */
  readonly likenesses: readonly Likeness[];
  /** The candidates that differ least, in their order; several are a tie. None if nothing is decided. */
  readonly closest: readonly string[];
}
