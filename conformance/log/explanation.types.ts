/** What is found out about a log. */

/** A line of the log, and who made the call there: `tc (17098)`. */
export interface LogPlace {
  readonly line: number;
  readonly by: string;
}

export interface LogAllowed {
  readonly answer: string;
  readonly clause: string;
  readonly source: string | null;
}

/** Whether the profile explains every answer that the log shows. */
export type LogVerdict =
  | { readonly verdict: 'conforms' }
  | {
      readonly verdict: 'deviates';
      readonly place: LogPlace;
      readonly call: string;
      readonly answer: string;
      readonly allowed: readonly LogAllowed[];
      readonly clause: string;
    }
  | { readonly verdict: 'inconclusive'; readonly line: number; readonly reason: string };

/** A moment at which the holders of an object changed. */
export interface LifeStep {
  readonly place: LogPlace;
  readonly event: string;
  /** Who holds it from then on, as far as the log shows. */
  readonly holders: readonly string[];
  /** Who may hold it besides. */
  readonly possible: readonly string[];
}

/** The time in which the object was held by descriptors only, although it was pinned before or after. */
export interface DangerWindow {
  readonly from: number;
  readonly to: number;
  readonly why: 'between create and pin' | 'between unlink and pin';
  readonly holders: readonly string[];
}

export interface ObjectLife {
  /** `map counters`. */
  readonly label: string;
  readonly type: string;
  readonly created: LogPlace;
  /** `created`, or how it came into sight if it was there before the log. */
  readonly origin: string;
  readonly steps: readonly LifeStep[];
  /** Steps that are left out. */
  readonly more: number;
  /** When the last descriptor went while a pin kept it; the first time only. */
  readonly outlived: { readonly place: LogPlace; readonly paths: readonly string[] } | null;
  readonly windows: readonly DangerWindow[];
  readonly end:
    | { readonly kind: 'died'; readonly place: LogPlace; readonly of: string }
    | { readonly kind: 'held'; readonly holders: readonly string[] }
    | { readonly kind: 'possibly-held'; readonly possible: readonly string[] };
}

/** A bpffs that was mounted in the log. */
export interface MountLife {
  readonly path: string;
  readonly mounted: LogPlace;
  /** Null if it was still there at the end. */
  readonly unmounted: LogPlace | null;
}

/** A name that was given to another object. */
export interface ReplacedPin {
  readonly path: string;
  readonly place: LogPlace;
  readonly before: string;
  readonly after: string;
}

export interface Explanation {
  readonly profile: string;
  readonly verdict: LogVerdict;
  /** Answers that were compared with the model. */
  readonly judged: number;
  readonly objects: readonly ObjectLife[];
  /** Objects that were never pinned, passed on or attached: probes, mostly. */
  readonly shortLived: number;
  /** Objects that are left out, as there are too many. */
  readonly moreObjects: number;
  readonly mounts: readonly MountLife[];
  readonly replaced: readonly ReplacedPin[];
  /** Pins that are there at the end, with what they hold. */
  readonly left: readonly { readonly path: string; readonly object: string }[];
  readonly assumptions: readonly { readonly line: number; readonly text: string }[];
  readonly remarks: readonly { readonly line: number; readonly text: string }[];
}
